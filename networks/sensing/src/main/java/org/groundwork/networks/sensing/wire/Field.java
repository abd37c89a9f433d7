package org.groundwork.networks.sensing.wire;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/**
 * Something that the devices of a network measure. Values are scaled: {@code value * 10^decimals}
 * of the unit.
 *
 * @param name lower case letters, digits and underscores; what a reading in JSON calls it
 * @param unit printable ASCII such as {@code degC} or {@code ug/m3}, at most 16 characters
 * @param decimals 0 to 6
 * @param min the smallest value that can be true, scaled
 * @param max the largest, scaled; of an angle less than 360 degrees above {@code min}
 * @param maxStep the largest change from one step to the next, scaled; 0 for no check
 * @param stuckSteps so many steps with one and the same value are a stuck sensor; 0 for no check
 * @param neighbourTolerance how far a device may be from the median of its neighbours, scaled; 0
 *     for no check
 */
public record Field(
    String name,
    String unit,
    int decimals,
    long min,
    long max,
    long maxStep,
    long stuckSteps,
    long neighbourTolerance,
    Type type) {
  /** How values follow each other. */
  public enum Type {
    /** A quantity on a line. */
    LINEAR(0),
    /** Degrees that wrap at 360. */
    ANGLE(1),
    /** Something that adds up, and now and then starts again. */
    COUNTER(2);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    static Type of(int number) throws Malformed {
      for (Type type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      throw new Malformed("field type " + number);
    }
  }

  public static final int MAX_DECIMALS = 6;
  public static final int MAX_UNIT = 16;

  /** No value is larger, scaled, in either direction: sums of all values of an epoch stay exact. */
  public static final long MAX_VALUE = 1_000_000_000_000L;

  /** The longest run that is looked for. */
  public static final long MAX_STUCK_STEPS = 100_000;

  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  private static final Pattern UNIT = Pattern.compile("[ -~]{0," + MAX_UNIT + "}");
  private static final int DEGREES = 360;

  public Field {
    require(NAME.matcher(name).matches() && !name.equals("t"), "not a field's name: " + name);
    require(UNIT.matcher(unit).matches(), name + " has no printable unit");
    require(decimals >= 0 && decimals <= MAX_DECIMALS, name + " has " + decimals + " decimals");
    require(min >= -MAX_VALUE && max <= MAX_VALUE && min < max, name + ": " + min + " to " + max);
    require(maxStep >= 0 && maxStep <= 2 * MAX_VALUE, name + " steps by " + maxStep);
    require(stuckSteps >= 0 && stuckSteps <= MAX_STUCK_STEPS, name + " sticks " + stuckSteps);
    require(stuckSteps != 1, name + ": one value is no run");
    require(
        neighbourTolerance >= 0 && neighbourTolerance <= 2 * MAX_VALUE,
        name + " tolerates " + neighbourTolerance);
    require(
        type != Type.ANGLE || (min >= 0 && max <= DEGREES * scale(decimals)),
        name + " is no angle: " + min + " to " + max);
    require(type != Type.COUNTER || min >= 0, name + " counts below 0");
  }

  /** How many scaled units one unit has. */
  public long scale() {
    return scale(decimals);
  }

  /** What an angle wraps at, scaled; 0 for fields that are none. */
  public long wrap() {
    return type == Type.ANGLE ? DEGREES * scale() : 0;
  }

  /** A scaled value as a decimal number. */
  public String format(long value) {
    return ReadingText.decimal(value, decimals);
  }

  void write(CanonicalWriter out) {
    text(out, name);
    text(out, unit);
    out.u8(decimals).u64(min).u64(max).u64(maxStep).u32(stuckSteps).u64(neighbourTolerance);
    out.u8(type.number);
  }

  static Field read(CanonicalReader in) throws Malformed {
    String name = text(in);
    String unit = text(in);
    int decimals = in.u8();
    long min = in.u64();
    long max = in.u64();
    long maxStep = in.u64();
    long stuckSteps = in.u32();
    long tolerance = in.u64();
    Type type = Type.of(in.u8());
    try {
      return new Field(name, unit, decimals, min, max, maxStep, stuckSteps, tolerance, type);
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a field: " + e.getMessage());
    }
  }

  static long scale(int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    return scale;
  }

  private static void text(CanonicalWriter out, String text) {
    out.u8(text.length()).raw(Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String text(CanonicalReader in) throws Malformed {
    return new String(in.raw(in.u8()).unsafeArray(), StandardCharsets.ISO_8859_1);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
