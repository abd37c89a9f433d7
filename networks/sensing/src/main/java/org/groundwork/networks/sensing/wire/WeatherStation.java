package org.groundwork.networks.sensing.wire;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Credits;

/**
 * A network of consumer weather stations.
 *
 * <p>Ranges are those of the sensors. The largest changes are those that the World Meteorological
 * Organization's guidelines (I. Zahumenský, Guidelines on Quality Control Procedures for Data from
 * Automatic Weather Stations, 2004) call erroneous: within a minute 3 degrees, 15% of humidity, 2
 * hPa, 20 m/s. How long a value may stay is three times and more of the hour of those guidelines,
 * since consumer stations round coarsely; see docs/networks/sensing.md.
 */
public final class WeatherStation {
  private static final long HOUR = 3600;
  private static final long MINUTE = 60;

  /** With readings every three minutes. */
  public static final SensingDefinition DEFINITION = at(180);

  private WeatherStation() {}

  /**
   * The definition for another cadence.
   *
   * @param cadence seconds, 1 to 3600
   */
  public static SensingDefinition at(long cadence) {
    long dead = steps(cadence, 3);
    return new SensingDefinition(
        "weather",
        cadence,
        Math.clamp(HOUR / cadence, 1, SensingDefinition.MAX_WINDOW_STEPS),
        7,
        4,
        List.of(),
        new BasisPoints(5000),
        new Credits(BigInteger.TEN.pow(16)),
        List.of(
            new Field(
                "temperature",
                "degC",
                1,
                -400,
                600,
                step(cadence, 30),
                dead,
                50,
                Field.Type.LINEAR),
            new Field(
                "humidity",
                "%",
                0,
                0,
                100,
                step(cadence, 15),
                steps(cadence, 8),
                25,
                Field.Type.LINEAR),
            new Field(
                "pressure",
                "hPa",
                2,
                30_000,
                110_000,
                step(cadence, 200),
                steps(cadence, 2),
                1000,
                Field.Type.LINEAR),
            new Field(
                "wind_speed", "m/s", 2, 0, 5000, step(cadence, 2000), 0, 0, Field.Type.LINEAR),
            new Field("wind_direction", "deg", 0, 0, 360, 0, 0, 0, Field.Type.ANGLE),
            new Field("illuminance", "lx", 1, 0, 2_000_000, 0, 0, 0, Field.Type.LINEAR),
            new Field(
                "precipitation_accumulated",
                "mm",
                3,
                0,
                100_000_000,
                step(cadence, 30_000),
                0,
                0,
                Field.Type.COUNTER)),
        List.of(
            new Consistency(Consistency.Kind.SATURATED, 1, 1, 90, 0),
            new Consistency(Consistency.Kind.VANE_FIXED_WHILE_WIND, 4, 3, 200, dead),
            new Consistency(Consistency.Kind.WIND_FIXED_WHILE_VANE, 3, 4, 720, dead),
            new Consistency(Consistency.Kind.BOTH_FIXED, 3, 4, 0, dead)),
        List.of());
  }

  /** The change within a cadence from that within a minute. */
  private static long step(long cadence, long inMinute) {
    return Math.max(inMinute, inMinute * cadence / MINUTE);
  }

  private static long steps(long cadence, long hours) {
    return Math.clamp(hours * HOUR / cadence, 2, Field.MAX_STUCK_STEPS);
  }
}
