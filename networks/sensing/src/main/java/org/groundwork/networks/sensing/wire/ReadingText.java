package org.groundwork.networks.sensing.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/**
 * A reading as one flat JSON object (RFC 8259): {@code {"t":1624039200,"temperature":21.5}}. {@code
 * t} is the Unix second, the other members are fields. Numbers are exact: no exponent, and no more
 * decimals than the field has. Unknown members and members that come twice are refused, and so is
 * whatever else JSON allows: escapes, null, objects, arrays.
 */
final class ReadingText {
  /** The longest text, in bytes. */
  static final int MAX_SIZE = 2048;

  private static final String TIME = "t";
  private static final String BLANK = "[ \t\r\n]*+";

  /** One member, with the brace or comma before it. */
  private static final Pattern MEMBER =
      Pattern.compile(
          "\\G([{,])%1$s\"([a-z][a-z0-9_]{0,31})\"%1$s:%1$s(-?)(0|[1-9][0-9]{0,12})(?:\\.([0-9]{1,6}))?%1$s"
              .formatted(BLANK));

  private static final Pattern END = Pattern.compile("}" + BLANK);

  private ReadingText() {}

  static Bytes encode(SensingDefinition definition, Reading reading) {
    StringBuilder json = new StringBuilder("{\"t\":").append(reading.observedAt());
    for (Map.Entry<Integer, Long> each : reading.values().entrySet()) {
      Field field = definition.fields().get(each.getKey());
      json.append(",\"").append(field.name()).append("\":");
      json.append(decimal(each.getValue(), field.decimals()));
    }
    return Bytes.wrap(json.append('}').toString().getBytes(StandardCharsets.US_ASCII));
  }

  static Reading decode(SensingDefinition definition, Bytes payload) throws Malformed {
    if (payload.size() > MAX_SIZE) {
      throw new Malformed("a reading of " + payload.size() + " bytes");
    }
    String text = new String(payload.unsafeArray(), StandardCharsets.ISO_8859_1);
    TreeMap<Integer, Long> values = new TreeMap<>();
    long observedAt = -1;
    Matcher member = MEMBER.matcher(text);
    int end = 0;
    while (member.find() && member.group(1).equals(end == 0 ? "{" : ",")) {
      end = member.end();
      String name = member.group(2);
      if (name.equals(TIME)) {
        if (observedAt >= 0) {
          throw new Malformed("t comes twice");
        }
        observedAt = scaled(member, 0);
        continue;
      }
      OptionalInt field = definition.index(name);
      if (field.isEmpty()) {
        throw new Malformed("no field " + name);
      }
      long value = scaled(member, definition.fields().get(field.getAsInt()).decimals());
      if (values.put(field.getAsInt(), value) != null) {
        throw new Malformed(name + " comes twice");
      }
    }
    if (end == 0 || !END.matcher(text).region(end, text.length()).matches()) {
      throw new Malformed("not a flat JSON object of numbers from character " + end + " on");
    }
    if (observedAt < 0) {
      throw new Malformed("no t, the Unix second of the reading");
    }
    return Reading.of(observedAt, values);
  }

  /** A scaled value as a decimal number. */
  static String decimal(long value, int decimals) {
    String digits = Long.toString(Math.abs(value));
    String sign = value < 0 ? "-" : "";
    if (decimals == 0) {
      return sign + digits;
    }
    String padded = "0".repeat(Math.max(0, decimals + 1 - digits.length())) + digits;
    int point = padded.length() - decimals;
    return sign + padded.substring(0, point) + "." + padded.substring(point);
  }

  private static long scaled(Matcher number, int decimals) throws Malformed {
    String fraction = number.group(5) == null ? "" : number.group(5);
    if (fraction.length() > decimals) {
      throw new Malformed(number.group(2) + " has more than " + decimals + " decimals");
    }
    String digits = number.group(4) + fraction + "0".repeat(decimals - fraction.length());
    long value = Long.parseLong(digits.length() > 18 ? "9".repeat(18) : digits);
    return number.group(3).isEmpty() ? value : -value;
  }
}
