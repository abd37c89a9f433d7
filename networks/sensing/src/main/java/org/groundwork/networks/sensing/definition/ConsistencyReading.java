package org.groundwork.networks.sensing.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.groundwork.networks.sensing.wire.Consistency;
import org.groundwork.networks.sensing.wire.Field;

/** One {@code [[consistency]]}: a check between two fields. */
final class ConsistencyReading {
  static final List<String> KEYS = List.of("check", "field", "other", "limit", "lasting");

  private final Section section;
  private final List<String> names;
  private final List<Field> fields;
  private final Optional<Long> cadence;

  /**
   * A check to read.
   *
   * @param names of all fields of the file
   * @param fields those among them that are right
   */
  ConsistencyReading(
      Section section, List<String> names, List<Field> fields, Optional<Long> cadence) {
    this.section = section;
    this.names = names;
    this.fields = fields;
    this.cadence = cadence;
  }

  /** The check; empty if something is wrong with it, which is said then. */
  Optional<Consistency> read() {
    section.only(KEYS);
    Optional<Consistency.Kind> kind = kind();
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Optional<Field> field = field("field");
    boolean paired = kind.get() != Consistency.Kind.SATURATED;
    unused("other", !paired, kind.get());
    Optional<Field> other = paired ? field("other") : field;
    boolean limited = kind.get() != Consistency.Kind.BOTH_FIXED;
    unused("limit", !limited, kind.get());
    Optional<Long> limit = limited ? limit(kind.get(), field, other) : Optional.of(0L);
    boolean lasts = paired && kind.get() != Consistency.Kind.NOT_ABOVE;
    unused("lasting", !lasts, kind.get());
    Optional<Long> steps = lasts ? lasting() : Optional.of(0L);
    if (field.isPresent() && paired && field.equals(other)) {
      section.wrong("other", "is the same field as \"field\"", "Name two fields.");
    }
    if (kind.get() == Consistency.Kind.NOT_ABOVE && decimalsDiffer(field, other)) {
      section.wrong(
          "other",
          "has other decimals than \"field\", so that they cannot be compared",
          "Give both fields the same decimals.");
    }
    if (field.isEmpty()
        || other.isEmpty()
        || limit.isEmpty()
        || steps.isEmpty()
        || section.isFaulty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Consistency(
            kind.get(),
            names.indexOf(field.get().name()),
            names.indexOf(other.get().name()),
            limit.get(),
            steps.get()));
  }

  static String name(Consistency.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Optional<Consistency.Kind> kind() {
    List<String> known = Stream.of(Consistency.Kind.values()).map(it -> name(it)).toList();
    String all = known.stream().collect(Collectors.joining("\", \"", "\"", "\""));
    if (!section.has("check")) {
      section.missing("check", "Take one of " + all + ".");
      return Optional.empty();
    }
    String near =
        section.table().get(List.of("check")) instanceof String text
            ? Nearest.of(text, known).map(it -> "Did you mean \"" + it + "\"? ").orElse("")
            : "";
    return section.value(
        "check",
        "a check that is known",
        near + "There are " + all + ".",
        value ->
            Stream.of(Consistency.Kind.values()).filter(it -> name(it).equals(value)).findFirst());
  }

  private Optional<Field> field(String key) {
    if (!section.has(key)) {
      section.missing(key, "Name a field: " + String.join(", ", names) + ".");
      return Optional.empty();
    }
    Optional<String> name = section.text(key, "Name a field of this file.");
    if (name.isPresent() && !names.contains(name.get())) {
      section.wrong(
          key,
          "names \"" + name.get() + "\", which is no field of this network",
          Nearest.of(name.get(), names)
              .map(near -> "Did you mean \"" + near + "\"?")
              .orElse("Fields are " + String.join(", ", names) + "."));
    }
    return name.flatMap(
        known -> fields.stream().filter(field -> field.name().equals(known)).findFirst());
  }

  private Optional<Long> limit(
      Consistency.Kind kind, Optional<Field> field, Optional<Field> other) {
    if (!section.has("limit") && kind != Consistency.Kind.NOT_ABOVE) {
      section.missing("limit", "Say beyond which value the check holds.");
      return Optional.empty();
    }
    Optional<Field> scale =
        switch (kind) {
          case VANE_FIXED_WHILE_WIND, WIND_FIXED_WHILE_VANE -> other;
          case SATURATED, NOT_ABOVE, BOTH_FIXED -> field;
        };
    if (scale.isEmpty()) {
      return Optional.empty();
    }
    return section.has("limit")
        ? section
            .number("limit", "Write a number in " + scale.get().unit() + ".")
            .flatMap(value -> scaled(value, kind, scale.get()))
        : Optional.of(0L);
  }

  private Optional<Long> scaled(java.math.BigDecimal value, Consistency.Kind kind, Field scale) {
    Optional<Long> scaled =
        Texts.scaled(value, scale.decimals())
            .filter(it -> it.bitLength() < Long.SIZE)
            .map(it -> it.longValueExact());
    if (scaled.isEmpty()) {
      section.wrong(
          "limit",
          "has more than the %d decimals of \"%s\"".formatted(scale.decimals(), scale.name()),
          "Round it.");
      return Optional.empty();
    }
    boolean within = scaled.get() >= scale.min() && scaled.get() <= scale.max();
    boolean turns =
        kind == Consistency.Kind.WIND_FIXED_WHILE_VANE || kind == Consistency.Kind.NOT_ABOVE;
    if ((!within && !turns) || Math.abs(scaled.get()) > Field.MAX_VALUE) {
      section.wrong(
          "limit",
          "lies outside of the range of \"" + scale.name() + "\", so that the check finds nothing",
          "Take a value between its min and max.");
      return Optional.empty();
    }
    return scaled;
  }

  private Optional<Long> lasting() {
    if (!section.has("lasting")) {
      section.missing("lasting", "Say for how long, such as \"1h\".");
      return Optional.empty();
    }
    Optional<Long> seconds = section.duration("lasting", "Say for how long, such as \"1h\".");
    return seconds.isPresent() && cadence.isPresent()
        ? Steps.of(section, "lasting", seconds.get(), cadence.get(), 2, Field.MAX_STUCK_STEPS)
        : Optional.empty();
  }

  private void unused(String key, boolean unused, Consistency.Kind kind) {
    if (unused && section.has(key)) {
      section.wrong(key, "means nothing for \"" + name(kind) + "\"", "Leave it out.");
    }
  }

  private static boolean decimalsDiffer(Optional<Field> field, Optional<Field> other) {
    return field.isPresent()
        && other.isPresent()
        && field.get().decimals() != other.get().decimals();
  }
}
