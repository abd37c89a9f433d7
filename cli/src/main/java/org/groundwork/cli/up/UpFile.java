package org.groundwork.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.groundwork.cli.daemon.ConfigFile;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The file {@code groundwork.toml} of a folder. */
public final class UpFile {
  public static final String NAME = "groundwork.toml";

  private static final int MAX_BYTES = 1 << 20;

  private UpFile() {}

  /** What a folder's file says; the standard where there is none. */
  public static UpSetup read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return UpSetup.STANDARD;
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is too long for a configuration");
    }
    return parse(Files.readAllBytes(file), file.toString());
  }

  /**
   * Reads a configuration that errors call by this name.
   *
   * @throws IOException with one sentence that names the line and what is wrong with it
   */
  static UpSetup parse(byte[] content, String name) throws IOException {
    TomlParseResult toml;
    try {
      toml =
          Toml.parse(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      throw new IOException(name + " cannot be read: it is not UTF-8", e);
    }
    if (toml.hasErrors()) {
      TomlParseError first = toml.errors().getFirst();
      throw new IOException(
          name + ":" + first.position().line() + ": " + String.valueOf(first.getMessage()));
    }
    ObjectNode merged = ConfigFile.tree(UpSetup.STANDARD);
    merge(toml, merged, "", name);
    return ConfigFile.of(merged, UpSetup.class, name);
  }

  private static void merge(TomlTable table, ObjectNode into, String path, String name)
      throws IOException {
    for (String key : table.keySet()) {
      TomlPosition at = table.inputPositionOf(List.of(key));
      String place = name + ":" + (at == null ? 1 : at.line()) + ": ";
      JsonNode known = into.get(key);
      if (known == null) {
        throw new IOException(
            place
                + "\""
                + path
                + key
                + "\" is no key that is known here"
                + ConfigFile.nearest(
                    into.properties().stream().map(e -> e.getKey()).toList(), key));
      }
      Object value = Objects.requireNonNull(table.get(List.of(key)));
      if (known instanceof ObjectNode section && value instanceof TomlTable inner) {
        merge(inner, section, path + key + ".", name);
      } else {
        into.set(key, converted(known, value, place + "\"" + path + key + "\""));
      }
    }
  }

  /** A value as JSON, which has to be of the kind of the standard one. */
  private static JsonNode converted(JsonNode known, Object value, String what) throws IOException {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (known.isObject()) {
      throw new IOException(what + " is a section: write it as [" + "...]");
    }
    if (known.isIntegralNumber() && value instanceof Long number) {
      return json.numberNode(number);
    }
    if (known.isBoolean() && value instanceof Boolean flag) {
      return json.booleanNode(flag);
    }
    if (known.isTextual() && value instanceof String text) {
      return json.textNode(text);
    }
    String kind =
        known.isIntegralNumber()
            ? "a whole number"
            : known.isBoolean() ? "true or false" : "a text";
    throw new IOException(what + " is " + kind + (known.isTextual() ? " in quotes" : ""));
  }

  /** Writes the commented file of a new folder, which only its owner can read. */
  static void write(Path folder, UpSetup setup) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(NAME);
    String text = template();
    text = set(text, "slot_seconds", setup.network().slotSeconds());
    text = set(text, "slots_per_epoch", setup.network().slotsPerEpoch());
    text = set(text, "commit_slots", setup.network().commitSlots());
    text = set(text, "host", "\"" + setup.addresses().host() + "\"");
    if (!setup.parts().storage()) {
      text = text.replace("storage = true", "storage = false");
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }

  private static String set(String text, String key, Object value) {
    return text.replaceFirst("(?m)^" + key + " = .*$", key + " = " + value);
  }

  /** The file with every key and its standard value. */
  static String template() throws IOException {
    try (InputStream in = UpFile.class.getResourceAsStream(NAME)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
