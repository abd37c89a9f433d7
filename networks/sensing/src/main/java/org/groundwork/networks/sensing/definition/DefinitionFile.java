package org.groundwork.networks.sensing.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.sensing.wire.Consistency;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Hash;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads a definition file, and says everything that is wrong with it at once. */
public final class DefinitionFile {
  /** The longest file, in bytes; a network on chain is far smaller. */
  public static final int MAX_BYTES = 256 << 10;

  /** The kind of network that files define. */
  public static final String KIND = "sensing";

  static final List<String> SECTIONS =
      List.of(
          "network",
          "reports",
          "cells",
          "fields",
          "consistency",
          "references",
          "products",
          "trust",
          "bootstrap");
  static final List<String> NETWORK = List.of("name", "kind");
  static final List<String> REPORTS = List.of("cadence", "window", "minimum_score");

  private static final long HOUR = 3_600;
  private static final int DEFAULT_MINIMUM = 5_000;

  private final Mistakes mistakes = new Mistakes();
  private final Section root;

  private DefinitionFile(String text) {
    TomlParseResult parsed = Toml.parse(text);
    for (TomlParseError error : parsed.errors()) {
      mistakes.syntax(error);
    }
    root = new Section(parsed, "", null, mistakes);
  }

  /** Reads a file's text. */
  public static Checked read(String text) {
    if (text.length() > MAX_BYTES) {
      return new Checked(
          Optional.empty(),
          List.of(
              new Mistake(
                  1, 1, "", "the file is longer than " + MAX_BYTES + " bytes", "Shorten it.")));
    }
    DefinitionFile file = new DefinitionFile(text);
    Optional<FounderDefinition> definition = file.definition();
    return file.mistakes.isEmpty()
        ? new Checked(definition, List.of())
        : new Checked(Optional.empty(), file.mistakes.list());
  }

  /** The JSON schema of such files, for editors. */
  public static String schema() {
    return resource("network.schema.json");
  }

  /** A commented definition of an air-quality network under another name. */
  public static String template(String name) {
    return resource("template.toml").replace("@NAME@", name);
  }

  private static String resource(String name) {
    try (InputStream in = DefinitionFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<FounderDefinition> definition() {
    root.only(SECTIONS);
    Optional<String> name = needed("network").flatMap(this::name);
    Optional<Section> reports = needed("reports");
    Optional<Long> cadence = reports.flatMap(this::cadence);
    Optional<Long> window = reports.flatMap(section -> window(section, cadence));
    Optional<Integer> minimum = reports.map(DefinitionFile::minimumScore);
    Optional<CellsReading.Cells> cells = needed("cells").flatMap(it -> new CellsReading(it).read());
    List<String> names = new ArrayList<>();
    List<Field> fields = fields(cadence, names);
    List<Consistency> checks = checks(names, fields, cadence);
    List<Hash> references = references();
    Optional<ProductsReading.Prices> prices =
        needed("products").flatMap(section -> new ProductsReading(section).read());
    Trust trust =
        root.section("trust").map(section -> new TrustReading(section).read()).orElse(Trust.FULL);
    Optional<FounderDefinition.BootstrapTerms> bootstrap =
        root.section("bootstrap").flatMap(section -> new BootstrapReading(section).read());
    if (!mistakes.isEmpty()) {
      return Optional.empty();
    }
    // The bounds of all its parts keep it below SensingDefinition.MAX_SIZE.
    SensingDefinition rules =
        new SensingDefinition(
            name.orElseThrow(),
            cadence.orElseThrow(),
            window.orElseThrow().intValue(),
            cells.orElseThrow().resolution(),
            cells.orElseThrow().devices(),
            cells.orElseThrow().regions(),
            new BasisPoints(minimum.orElseThrow()),
            prices.orElseThrow().all(),
            fields,
            checks,
            references,
            trust,
            prices.orElseThrow().alone());
    return Optional.of(new FounderDefinition(rules, bootstrap));
  }

  private Optional<Section> needed(String key) {
    if (!root.has(key)) {
      root.missing(key, "Add a section [" + key + "]; \"groundwork init\" writes one.");
    }
    return root.section(key);
  }

  private Optional<String> name(Section section) {
    section.only(NETWORK);
    Optional<String> kind = section.text("kind", "Write kind = \"" + KIND + "\".");
    if (!section.has("kind")) {
      section.missing("kind", "Write kind = \"" + KIND + "\".");
    } else if (kind.filter(it -> !it.equals(KIND)).isPresent()) {
      section.wrong(
          "kind",
          "\"" + kind.get() + "\" cannot be defined by a file",
          "Write kind = \"" + KIND + "\"; other kinds are modules: groundwork init NAME --java.");
    }
    if (!section.has("name")) {
      section.missing("name", "Write name = \"air-quality\".");
    }
    Optional<String> name = section.text("name", "Write name = \"air-quality\".");
    if (name.filter(it -> !Names.isNetwork(it)).isPresent()) {
      section.wrong(
          "name",
          "\"" + name.get() + "\" cannot be a network's name",
          "Take \"%s\": small letters, digits and -, 32 at most."
              .formatted(Names.likelyNetwork(name.get())));
      return Optional.empty();
    }
    return name;
  }

  private Optional<Long> cadence(Section section) {
    section.only(REPORTS);
    if (!section.has("cadence")) {
      section.missing("cadence", "Say how often a device reports: cadence = \"1m\".");
    }
    Optional<Long> cadence = section.duration("cadence", "Write cadence = \"1m\".");
    if (cadence.filter(it -> it > SensingDefinition.MAX_CADENCE_SECONDS).isPresent()) {
      section.wrong("cadence", "is longer than a day", "Take at most \"1d\".");
      return Optional.empty();
    }
    return cadence;
  }

  private Optional<Long> window(Section section, Optional<Long> cadence) {
    if (cadence.isEmpty()) {
      return Optional.empty();
    }
    long step = cadence.get();
    if (!section.has("window")) {
      return Optional.of((long) Math.clamp(HOUR / step, 1, SensingDefinition.MAX_WINDOW_STEPS));
    }
    return section
        .duration("window", "Readings are judged by the hour: window = \"1h\".")
        .flatMap(seconds ->
            Steps.of(section, "window", seconds, step, 1, SensingDefinition.MAX_WINDOW_STEPS));
  }

  private static int minimumScore(Section section) {
    return section
        .percent("minimum_score", "Half is usual: minimum_score = \"50%\".")
        .orElse(DEFAULT_MINIMUM);
  }

  /** The fields that are right; {@code names} gets those of all, so that checks know them. */
  private List<Field> fields(Optional<Long> cadence, List<String> names) {
    Optional<Section> section = needed("fields");
    if (section.isEmpty()) {
      return List.of();
    }
    names.addAll(section.get().table().keySet());
    if (names.isEmpty() || names.size() > SensingDefinition.MAX_FIELDS) {
      root.wrong(
          "fields",
          "there are %d fields, allowed are 1 to %d"
              .formatted(names.size(), SensingDefinition.MAX_FIELDS),
          "Write a section [fields.NAME] for each quantity that a device measures.");
    }
    List<Field> fields = new ArrayList<>();
    for (String name : names) {
      section
          .get()
          .section(name)
          .flatMap(field -> new FieldReading(field, name, cadence).read())
          .ifPresent(fields::add);
    }
    return fields;
  }

  private List<Consistency> checks(List<String> names, List<Field> fields, Optional<Long> cadence) {
    List<Consistency> checks = new ArrayList<>();
    for (Section section : tables("consistency", Consistency.MAX_CHECKS)) {
      new ConsistencyReading(section, names, fields, cadence).read().ifPresent(checks::add);
    }
    return checks;
  }

  private List<Hash> references() {
    List<Hash> hashes = new ArrayList<>();
    String fix = "Write the 64 digits that \"sha256sum FILE\" prints, in quotes.";
    for (Section section : tables("references", SensingDefinition.MAX_REFERENCES)) {
      section.only(List.of("sha256"));
      if (!section.has("sha256")) {
        section.missing("sha256", fix);
      }
      Optional<Hash> hash =
          section.value(
              "sha256",
              "the SHA-256 of a reference series",
              fix,
              value ->
                  value instanceof String text && text.matches("(0x)?[0-9a-f]{64}")
                      ? Optional.of(Hash.fromHex(text.startsWith("0x") ? text : "0x" + text))
                      : Optional.empty());
      if (hash.filter(hashes::contains).isPresent()) {
        section.wrong("sha256", "is there twice", "Drop one of the two.");
      }
      hash.ifPresent(hashes::add);
    }
    return hashes.stream().sorted((a, b) -> a.bytes().compareTo(b.bytes())).toList();
  }

  /** The tables of an array of tables. */
  private List<Section> tables(String key, int most) {
    Optional<TomlArray> array =
        root.value(
            key,
            "a list of sections",
            "Write each as a section of its own under [[" + key + "]].",
            value -> value instanceof TomlArray list ? Optional.of(list) : Optional.empty());
    List<Section> sections = new ArrayList<>();
    int count = array.map(TomlArray::size).orElse(0);
    if (count > most) {
      root.wrong(key, "there are %d, allowed are %d".formatted(count, most), "Drop some.");
    }
    for (int i = 0; i < Math.min(count, most); i++) {
      if (array.get().get(i) instanceof TomlTable table) {
        sections.add(
            new Section(
                table, key + "[" + (i + 1) + "]", array.get().inputPositionOf(i), mistakes));
      } else {
        root.wrong(key, "has an entry that is no section", "Write [[" + key + "]] above it.");
      }
    }
    return sections;
  }
}
