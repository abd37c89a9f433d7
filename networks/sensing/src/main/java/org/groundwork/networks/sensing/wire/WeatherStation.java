package org.groundwork.networks.sensing.wire;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Credits;

/** A network of consumer weather stations that read every three minutes. */
public final class WeatherStation {
  private static final long CADENCE = 180;
  private static final int HOUR = 20;

  /**
   * Ranges and steps follow the World Meteorological Organization's Guide to Instruments (WMO-No.
   * 8) and the QARTOD manuals of in-situ winds and meteorology, widened to what consumer stations
   * measure; see docs/networks/sensing.md.
   */
  public static final SensingDefinition DEFINITION =
      new SensingDefinition(
          "weather",
          CADENCE,
          HOUR,
          7,
          4,
          List.of(),
          new BasisPoints(5000),
          new Credits(BigInteger.TEN.pow(16)),
          List.of(
              field("temperature", "degC", 1, -400, 600, 30, 80, 50, Field.Type.LINEAR),
              field("humidity", "%", 0, 1, 100, 15, 120, 25, Field.Type.LINEAR),
              field("pressure", "hPa", 2, 30_000, 110_000, 150, 40, 1000, Field.Type.LINEAR),
              field("wind_speed", "m/s", 2, 0, 7500, 2000, 0, 0, Field.Type.LINEAR),
              field("wind_direction", "deg", 0, 0, 359, 0, 0, 0, Field.Type.ANGLE),
              field("illuminance", "lx", 1, 0, 2_000_000, 0, 0, 0, Field.Type.LINEAR),
              field(
                  "precipitation_accumulated",
                  "mm",
                  3,
                  0,
                  100_000_000,
                  12_000,
                  0,
                  0,
                  Field.Type.COUNTER)),
          List.of(
              new Consistency(Consistency.Kind.SATURATED, 1, 1, 95, 0),
              new Consistency(Consistency.Kind.VANE_FIXED_WHILE_WIND, 4, 3, 200, 20),
              new Consistency(Consistency.Kind.WIND_FIXED_WHILE_VANE, 3, 4, 180, 40),
              new Consistency(Consistency.Kind.BOTH_FIXED, 3, 4, 0, 120)),
          List.of());

  private WeatherStation() {}

  private static Field field(
      String name,
      String unit,
      int decimals,
      long min,
      long max,
      long step,
      long stuck,
      long tolerance,
      Field.Type type) {
    return new Field(name, unit, decimals, min, max, step, stuck, tolerance, type);
  }
}
