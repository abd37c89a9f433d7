package org.groundwork.networks.sensing.wire;

import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/**
 * A check between two fields of one device.
 *
 * @param field index of the field that is at fault when the check fails
 * @param other index of the field it is compared with
 * @param limit what the kind says, scaled as the field that the kind names
 * @param steps how long it must last; 0 for kinds that look at one reading
 */
public record Consistency(Kind kind, int field, int other, long limit, long steps) {
  /** The closed set of checks; kinds are only added. */
  public enum Kind {
    /**
     * {@code field} (a vane) keeps its value for {@code steps} while {@code other} (wind) is above
     * {@code limit}, scaled as {@code other}: the vane is dead.
     */
    VANE_FIXED_WHILE_WIND(0),
    /**
     * {@code field} (wind) keeps its value for {@code steps} in which {@code other} (the vane)
     * turns by more than {@code limit} in all, scaled as {@code other}: the anemometer is dead.
     */
    WIND_FIXED_WHILE_VANE(1),
    /** Both keep their values for {@code steps}: the sensor head that they share is dead. */
    BOTH_FIXED(2),
    /**
     * While {@code field} (humidity) is {@code limit} or above it may keep its value: saturated air
     * is no stuck sensor. {@code other} is not used.
     */
    SATURATED(3),
    /**
     * {@code field} is never more than {@code limit} above {@code other} (a dew point below the
     * temperature, PM2.5 below PM10); both have the same decimals.
     */
    NOT_ABOVE(4);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Kind of(int number) throws Malformed {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new Malformed("consistency check " + number);
    }
  }

  /** The most checks of a definition. */
  public static final int MAX_CHECKS = 16;

  public Consistency {
    if (field < 0 || field >= SensingDefinition.MAX_FIELDS) {
      throw new IllegalArgumentException("no field " + field);
    }
    if (other < 0 || other >= SensingDefinition.MAX_FIELDS) {
      throw new IllegalArgumentException("no field " + other);
    }
    if (kind != Kind.SATURATED && field == other) {
      throw new IllegalArgumentException("a field is not compared with itself");
    }
    if (limit < -Field.MAX_VALUE || limit > Field.MAX_VALUE) {
      throw new IllegalArgumentException("a limit of " + limit);
    }
    if (steps < 0 || steps == 1 || steps > Field.MAX_STUCK_STEPS) {
      throw new IllegalArgumentException(steps + " steps");
    }
    if (steps == 0 != (kind == Kind.SATURATED || kind == Kind.NOT_ABOVE)) {
      throw new IllegalArgumentException(kind + " over " + steps + " steps");
    }
  }

  void write(CanonicalWriter out) {
    out.u8(kind.number).u8(field).u8(other).u64(limit).u32(steps);
  }

  static Consistency read(CanonicalReader in) throws Malformed {
    Kind kind = Kind.of(in.u8());
    try {
      return new Consistency(kind, in.u8(), in.u8(), in.u64(), in.u32());
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a check: " + e.getMessage());
    }
  }
}
