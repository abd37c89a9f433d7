package org.groundwork.cli.daemon;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Configuration files: one JSON object, whose keys are all known. */
public final class ConfigFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private ConfigFile() {}

  /**
   * Reads a configuration.
   *
   * @throws IOException with one sentence for the operator if a key is unknown or missing
   */
  public static <T extends Record> T read(Path file, Class<T> type) throws IOException {
    try {
      return parse(Files.readAllBytes(file), type, file.toString());
    } catch (NoSuchFileException e) {
      throw new IOException("there is no configuration file " + file, e);
    }
  }

  /**
   * The same, where keys may be left out.
   *
   * @param defaults for those
   */
  @SuppressWarnings("unchecked")
  static <T extends Record> T read(Path file, T defaults) throws IOException {
    byte[] content = Files.readAllBytes(file);
    ObjectNode all = tree(defaults);
    try {
      if (JSON.readTree(content) instanceof ObjectNode given) {
        content = JSON.writeValueAsBytes(all.setAll(given));
      }
    } catch (JsonProcessingException e) {
      // The reading below says what is wrong.
    }
    return parse(content, (Class<T>) defaults.getClass(), file.toString());
  }

  /** Reads a configuration that errors call by this name. */
  static <T extends Record> T parse(byte[] content, Class<T> type, String name) throws IOException {
    T config;
    try {
      config = JSON.readValue(content, type);
    } catch (UnrecognizedPropertyException e) {
      String nearest =
          nearest(
              e.getKnownPropertyIds().stream().map(Object::toString).toList(), e.getPropertyName());
      throw new IOException(
          name + " has an unknown key \"" + e.getPropertyName() + "\"" + nearest, e);
    } catch (JsonProcessingException e) {
      throw new IOException(name + " cannot be read: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IOException(name + " cannot be read: " + e.getMessage(), e);
    }
    // What the JSON null is read as.
    return Optional.ofNullable(config)
        .orElseThrow(() -> new IOException(name + " cannot be read: it is no JSON object"));
  }

  /** A configuration as JSON, with the keys that files have. */
  public static ObjectNode tree(Record config) {
    return JSON.valueToTree(config);
  }

  /** Reads what another form of file said, checked as {@link #read} does it. */
  public static <T extends Record> T of(ObjectNode content, Class<T> type, String name)
      throws IOException {
    try {
      return JSON.treeToValue(content, type);
    } catch (ValueInstantiationException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new IOException(name + " cannot be used: " + why.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IOException(name + " cannot be used: " + e.getOriginalMessage(), e);
    }
  }

  /** A question that names the known key which is most like one; empty if none is known. */
  public static String nearest(Collection<String> known, String key) {
    return known.stream()
        .min(Comparator.comparingInt(each -> distance(each, key)))
        .map(each -> "; did you mean \"" + each + "\"?")
        .orElse("");
  }

  public static void write(Path file, Record config) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
