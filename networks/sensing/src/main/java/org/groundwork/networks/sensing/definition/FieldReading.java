package org.groundwork.networks.sensing.definition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.groundwork.networks.sensing.wire.Field;

/** One {@code [fields.NAME]}: what is measured, in which unit, and the checks on it. */
final class FieldReading {
  static final List<String> KEYS =
      List.of(
          "unit", "decimals", "min", "max", "type", "max_step", "stuck_after", "neighbours_within");

  private static final Pattern UNIT = Pattern.compile("[!-~][ -~]{0," + (Field.MAX_UNIT - 1) + "}");
  private static final BigInteger MOST = BigInteger.valueOf(Field.MAX_VALUE);

  private final Section section;
  private final String name;
  private final Optional<Long> cadence;
  private int decimals;

  FieldReading(Section section, String name, Optional<Long> cadence) {
    this.section = section;
    this.name = name;
    this.cadence = cadence;
  }

  /** The field; empty if something is wrong with it, which is said then. */
  Optional<Field> read() {
    checkName();
    section.only(KEYS);
    Optional<String> unit = unit();
    decimals =
        section
            .whole(
                "decimals",
                0,
                Field.MAX_DECIMALS,
                "Readings are kept as whole numbers of 1/10^decimals of the unit.")
            .orElse(0);
    Optional<Field.Type> type = type();
    Optional<Long> min = bound("min", unit);
    Optional<Long> max = bound("max", unit);
    boolean ordered = ordered(min, max);
    Optional<Long> range =
        min.isPresent() && max.isPresent() && ordered
            ? Optional.of(max.get() - min.get())
            : Optional.empty();
    Optional<Long> step = tolerance("max_step", range);
    Optional<Long> neighbours = tolerance("neighbours_within", range);
    Optional<Long> stuck = stuck();
    type.ifPresent(known -> checkType(known, min, max));
    if (unit.isEmpty() || type.isEmpty() || range.isEmpty() || section.isFaulty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Field(
            name,
            unit.get(),
            decimals,
            min.orElseThrow(),
            max.orElseThrow(),
            step.orElse(0L),
            stuck.orElse(0L),
            neighbours.orElse(0L),
            type.get()));
  }

  private void checkName() {
    if (!Names.isField(name)) {
      section
          .mistakes()
          .add(
              section.position(),
              section.path(),
              "\"" + name + "\" cannot be a field's name",
              "Take \"" + Names.likely(name) + "\": small letters, digits and _, 32 at most.");
    }
  }

  private Optional<String> unit() {
    if (!section.has("unit")) {
      section.missing("unit", "Add unit = \"" + KnownUnit.usual(name) + "\", or what it is.");
      return Optional.empty();
    }
    return section.value(
        "unit",
        "a unit of 1 to " + Field.MAX_UNIT + " plain letters in quotes",
        "Write it in ASCII and short: \"" + KnownUnit.usual(name) + "\".",
        value ->
            value instanceof String text && UNIT.matcher(text).matches()
                ? Optional.of(text)
                : Optional.empty());
  }

  private Optional<Field.Type> type() {
    if (!section.has("type")) {
      return Optional.of(Field.Type.LINEAR);
    }
    return section.value(
        "type",
        "\"linear\", \"angle\" or \"counter\"",
        "A direction that wraps at 360 is an angle; a total that only grows is a counter.",
        value -> {
          for (Field.Type type : Field.Type.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(value)) {
              return Optional.of(type);
            }
          }
          return Optional.empty();
        });
  }

  /** An end of the range, scaled. */
  private Optional<Long> bound(String key, Optional<String> unit) {
    if (!section.has(key)) {
      section.missing(key, "Say between which values a reading can be at all.");
      return Optional.empty();
    }
    Optional<BigDecimal> value = section.number(key, "Write a number such as -40 or 0.5.");
    Optional<KnownUnit> known = unit.flatMap(KnownUnit::named);
    if (value.isPresent() && known.isPresent() && !known.get().allows(value.get())) {
      section.wrong(
          key, "cannot be " + value.get().toPlainString() + " " + unit.get(), known.get().hint());
    }
    return value.flatMap(number -> scaled(key, number));
  }

  private Optional<Long> scaled(String key, BigDecimal value) {
    Optional<BigInteger> whole = Texts.scaled(value, decimals);
    if (whole.isEmpty()) {
      section.wrong(
          key,
          value.toPlainString() + " has more than " + decimals + " decimals",
          "Round it, or set decimals = " + Math.min(value.scale(), Field.MAX_DECIMALS) + ".");
      return Optional.empty();
    }
    if (whole.get().abs().compareTo(MOST) > 0) {
      section.wrong(
          key,
          "is too large: with its decimals it may have 12 digits and no more",
          "Use fewer decimals or a larger unit.");
      return Optional.empty();
    }
    return Optional.of(whole.get().longValueExact());
  }

  private boolean ordered(Optional<Long> min, Optional<Long> max) {
    if (min.isEmpty() || max.isEmpty() || min.get() < max.get()) {
      return true;
    }
    section.wrong(
        "max",
        "is not above min: no reading could ever be in range",
        min.get().equals(max.get()) ? "Widen the range." : "Swap min and max.");
    return false;
  }

  /** A check's distance, which must lie within the range to find anything. */
  private Optional<Long> tolerance(String key, Optional<Long> range) {
    Optional<Long> scaled =
        section
            .number(key, "Write a number in the field's unit, or leave the key out for no check.")
            .flatMap(value -> scaled(key, value));
    if (scaled.isEmpty()) {
      return scaled;
    }
    if (scaled.get() <= 0) {
      section.wrong(
          key, "is not above zero", "Leave the key out for no check; else say how far is too far.");
    } else if (range.isPresent() && scaled.get() >= range.get()) {
      section.wrong(
          key,
          "is as large as the whole range, so that the check finds nothing",
          "Make it smaller than max - min, or leave it out.");
    }
    return scaled.filter(value -> value > 0);
  }

  private Optional<Long> stuck() {
    Optional<Long> seconds =
        section.duration(
            "stuck_after", "Say after how long an unchanged value is a fault, such as \"4h\".");
    if (seconds.isEmpty() || cadence.isEmpty()) {
      return Optional.empty();
    }
    return Steps.of(section, "stuck_after", seconds.get(), cadence.get(), 2, Field.MAX_STUCK_STEPS);
  }

  private void checkType(Field.Type type, Optional<Long> min, Optional<Long> max) {
    if (type == Field.Type.COUNTER && min.filter(least -> least != 0).isPresent()) {
      section.wrong("min", "of a counter is not 0", "A counter starts at 0 and resets to 0.");
    }
    if (type == Field.Type.ANGLE
        && (min.filter(least -> least < 0).isPresent()
            || max.filter(this::isMoreThanATurn).isPresent())) {
      section.wrong("type", "an angle lies between 0 and 360", "Set min = 0 and max = 360.");
    }
  }

  private boolean isMoreThanATurn(long most) {
    return BigDecimal.valueOf(most, decimals).compareTo(BigDecimal.valueOf(360)) > 0;
  }
}
