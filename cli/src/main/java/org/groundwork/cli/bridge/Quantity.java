package org.groundwork.cli.bridge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.groundwork.networks.sensing.wire.Field;

/**
 * What stations measure: under which names of their forms, in which unit, and how that becomes
 * another unit: {@code (value + offset) * numerator / denominator}, exact in decimals, rounded once
 * (half to even) to a field's decimals.
 */
final class Quantity {
  /** What consoles send where a sensor is missing. */
  private static final BigDecimal MISSING = new BigDecimal("-999");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,7}(\\.[0-9]{1,6})?");

  private record Conversion(BigDecimal offset, BigDecimal numerator, BigDecimal denominator) {
    static Conversion of(String offset, String numerator, String denominator) {
      return new Conversion(
          new BigDecimal(offset), new BigDecimal(numerator), new BigDecimal(denominator));
    }

    BigDecimal apply(BigDecimal value, int decimals) {
      return value
          .add(offset)
          .multiply(numerator)
          .divide(denominator, decimals, RoundingMode.HALF_EVEN);
    }
  }

  private static final Conversion SAME = Conversion.of("0", "1", "1");
  private static final Map<String, Conversion> FAHRENHEIT =
      Map.of("degC", Conversion.of("-32", "5", "9"), "degF", SAME);

  /** The conventional inch of mercury is 3386.389 Pa (NIST SP 811). */
  private static final Map<String, Conversion> INCHES_OF_MERCURY =
      Map.of("hPa", Conversion.of("0", "33.86389", "1"), "inHg", SAME);

  /** A mile is 1609.344 m. */
  private static final Map<String, Conversion> MILES_PER_HOUR =
      Map.of(
          "m/s",
          Conversion.of("0", "1609.344", "3600"),
          "km/h",
          Conversion.of("0", "1.609344", "1"),
          "mph",
          SAME);

  private static final Map<String, Conversion> INCHES =
      Map.of("mm", Conversion.of("0", "25.4", "1"), "in", SAME);

  /** Consoles measure lux and divide by 126.7 (Ecowitt's own factor). */
  private static final Map<String, Conversion> SUNLIGHT =
      Map.of("W/m2", SAME, "lux", Conversion.of("0", "126.7", "1"));

  /** By the name that a network's definition gives the field. */
  private static final Map<String, Quantity> BY_FIELD =
      Map.ofEntries(
          Map.entry("temperature", new Quantity(FAHRENHEIT, "tempf")),
          Map.entry("dew_point", new Quantity(FAHRENHEIT, "dewptf")),
          Map.entry("humidity", new Quantity(Map.of("%", SAME), "humidity")),
          Map.entry("pressure", new Quantity(INCHES_OF_MERCURY, "baromabsin", "absbaromin")),
          Map.entry("pressure_sea_level", new Quantity(INCHES_OF_MERCURY, "baromrelin", "baromin")),
          Map.entry("wind_speed", new Quantity(MILES_PER_HOUR, "windspeedmph")),
          Map.entry("wind_gust", new Quantity(MILES_PER_HOUR, "windgustmph")),
          Map.entry("wind_direction", new Quantity(Map.of("deg", SAME), "winddir")),
          Map.entry("solar_radiation", new Quantity(SUNLIGHT, "solarradiation")),
          Map.entry("illuminance", new Quantity(SUNLIGHT, "solarradiation")),
          Map.entry(
              "precipitation_accumulated",
              new Quantity(INCHES, "totalrainin", "yearlyrainin", "dailyrainin")),
          Map.entry("pm25", new Quantity(Map.of("ug/m3", SAME), "pm25_ch1", "AqPM2.5")),
          Map.entry("uv", new Quantity(Map.of("", SAME, "index", SAME), "uv", "UV")));

  private final Map<String, Conversion> units;
  private final List<String> names;

  private Quantity(Map<String, Conversion> units, String... names) {
    this.units = units;
    this.names = List.of(names);
  }

  /** Names of fields that stations can measure, with the units that they may have. */
  static boolean knows(Field field) {
    Quantity quantity = BY_FIELD.get(field.name());
    return quantity != null && quantity.units.containsKey(field.unit());
  }

  /** The scaled value of a field; empty if the station does not say it, or not as a number. */
  static OptionalLong read(Field field, StationForm form) {
    Quantity quantity = BY_FIELD.get(field.name());
    if (quantity == null) {
      return OptionalLong.empty();
    }
    Conversion conversion = quantity.units.get(field.unit());
    Optional<String> text =
        quantity.names.stream().map(form::value).flatMap(Optional::stream).findFirst();
    if (conversion == null || text.isEmpty() || !NUMBER.matcher(text.get()).matches()) {
      return OptionalLong.empty();
    }
    BigDecimal value = new BigDecimal(text.get());
    if (value.compareTo(MISSING) <= 0) {
      return OptionalLong.empty();
    }
    BigDecimal converted = conversion.apply(value, field.decimals());
    return OptionalLong.of(converted.movePointRight(field.decimals()).longValueExact());
  }
}
