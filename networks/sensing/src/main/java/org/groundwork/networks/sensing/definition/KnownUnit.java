package org.groundwork.networks.sensing.definition;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A unit of which something is known that catches mistakes. Other units are as good; nothing is
 * checked of them.
 *
 * @param least below it nothing can be; empty if anything can
 * @param most above it a value is one of another unit
 * @param hint what a value out of these bounds probably is
 */
record KnownUnit(
    List<String> names, Optional<BigDecimal> least, Optional<BigDecimal> most, String hint) {
  private static final List<KnownUnit> ALL =
      List.of(
          of(
              "-273.15",
              "2000",
              "In degC absolute zero is -273.15; kelvins have the unit \"K\".",
              "degC",
              "°C",
              "C",
              "celsius"),
          of("-459.67", "3600", "In degF absolute zero is -459.67.", "degF", "°F", "F"),
          of("0", "", "Kelvins start at 0; degrees Celsius have the unit \"degC\".", "K"),
          of("0", "100", "Per cent go from 0 to 100.", "%", "percent", "%RH"),
          of("0", "360", "Degrees of a direction go from 0 to 360.", "deg", "°", "degrees"),
          of("0", "2000", "Air has about 1013 hPa; pascals have the unit \"Pa\".", "hPa", "mbar"),
          of("0", "", "There is no negative pressure.", "Pa", "kPa"),
          of("0", "150", "A speed is not negative, and no wind is faster than 150 m/s.", "m/s"),
          of("0", "540", "A speed is not negative, and no wind is faster than 540 km/h.", "km/h"),
          of(
              "0",
              "",
              "There is no negative amount of it.",
              "ug/m3",
              "µg/m3",
              "µg/m³",
              "mg/m3",
              "ppm",
              "ppb",
              "mm",
              "mm/h",
              "lux",
              "W/m2",
              "uSv/h",
              "AQI"));

  private static KnownUnit of(String least, String most, String hint, String... names) {
    return new KnownUnit(List.of(names), bound(least), bound(most), hint);
  }

  private static Optional<BigDecimal> bound(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }

  static Optional<KnownUnit> named(String name) {
    return ALL.stream().filter(unit -> unit.names.contains(name)).findFirst();
  }

  boolean allows(BigDecimal value) {
    return least.filter(bound -> value.compareTo(bound) < 0).isEmpty()
        && most.filter(bound -> value.compareTo(bound) > 0).isEmpty();
  }

  /** The unit that a field of this name usually has. */
  static String usual(String field) {
    if (field.contains("temp") || field.contains("dew")) {
      return "degC";
    }
    if (field.contains("hum")) {
      return "%";
    }
    if (field.contains("press") || field.contains("baro")) {
      return "hPa";
    }
    if (field.contains("dir") || field.contains("vane")) {
      return "deg";
    }
    if (field.contains("wind") || field.contains("gust")) {
      return "m/s";
    }
    if (field.contains("rain")) {
      return "mm";
    }
    return field.contains("co2") ? "ppm" : "ug/m3";
  }
}
