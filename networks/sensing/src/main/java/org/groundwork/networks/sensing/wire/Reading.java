package org.groundwork.networks.sensing.wire;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/**
 * What a device measured at one moment: the payload of a report, in one of two encodings.
 *
 * <p>Binary: the byte 1, the Unix second (4 bytes), a bitmap of the fields that follow (2 bytes,
 * the lowest bit for the first field), then their values in the order of fields, each a zigzag
 * varint of the fewest bytes. Text: see {@link ReadingText}.
 *
 * @param observedAt Unix second by the device's clock
 * @param values scaled, by the field's index; at least one
 */
public record Reading(long observedAt, SortedMap<Integer, Long> values) {
  /** The first byte of the binary encoding. */
  public static final int TYPE = 0x01;

  /** The first byte of the text. */
  public static final int TEXT_TYPE = '{';

  /** The last second that a reading can be of. */
  public static final long MAX_SECOND = 0xFFFF_FFFFL;

  public Reading {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    if (observedAt < 0 || observedAt > MAX_SECOND) {
      throw new IllegalArgumentException("second " + observedAt + " is out of range");
    }
    if (values.isEmpty()
        || values.firstKey() < 0
        || values.lastKey() >= SensingDefinition.MAX_FIELDS) {
      throw new IllegalArgumentException("fields " + values.keySet());
    }
    for (long value : values.values()) {
      if (value < -Field.MAX_VALUE || value > Field.MAX_VALUE) {
        throw new IllegalArgumentException("value " + value + " is out of range");
      }
    }
  }

  /** The scaled value of a field, if the device sent one. */
  public OptionalLong value(int field) {
    Long value = values.get(field);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The binary encoding. */
  public Bytes encode() {
    int present = values.keySet().stream().mapToInt(field -> 1 << field).sum();
    CanonicalWriter out = new CanonicalWriter().u8(TYPE).u32(observedAt).u16(present);
    values.values().forEach(value -> Varint.write(out, value));
    return out.toBytes();
  }

  /** The text encoding. */
  public Bytes encodeText(SensingDefinition definition) {
    return ReadingText.encode(definition, this);
  }

  /**
   * Reads either encoding, told apart by the first byte.
   *
   * @throws Malformed if it is neither, or names a field that the definition does not have
   */
  public static Reading decode(SensingDefinition definition, Bytes payload) throws Malformed {
    int type = payload.isEmpty() ? -1 : payload.get(0) & 0xFF;
    return switch (type) {
      case TYPE -> decodeBinary(definition, payload);
      case TEXT_TYPE -> ReadingText.decode(definition, payload);
      default -> throw new Malformed("not a reading: type " + type);
    };
  }

  private static Reading decodeBinary(SensingDefinition definition, Bytes payload)
      throws Malformed {
    CanonicalReader in = new CanonicalReader(payload);
    in.u8();
    long observedAt = in.u32();
    int present = in.u16();
    if (present == 0 || present >> definition.fields().size() != 0) {
      throw new Malformed("fields " + Integer.toBinaryString(present));
    }
    TreeMap<Integer, Long> values = new TreeMap<>();
    for (int field = 0; field < definition.fields().size(); field++) {
      if ((present & 1 << field) != 0) {
        values.put(field, Varint.read(in));
      }
    }
    in.end();
    return of(observedAt, values);
  }

  static Reading of(long observedAt, SortedMap<Integer, Long> values) throws Malformed {
    try {
      return new Reading(observedAt, values);
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a reading: " + e.getMessage());
    }
  }
}
