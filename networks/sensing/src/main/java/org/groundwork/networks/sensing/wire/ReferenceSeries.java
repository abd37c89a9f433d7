package org.groundwork.networks.sensing.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/**
 * What an official station measured, or a model computed: values of one field at even times. A
 * definition names it by its hash; any station in its cells passes it on, as a report whose first
 * byte is {@value #TYPE}.
 *
 * @param field name of the field; values are scaled as it is
 * @param start Unix second of the first value
 * @param step seconds from one value to the next
 */
public record ReferenceSeries(String field, long start, long step, List<Long> values) {
  /** The first byte of a report that carries a series; the series follows. */
  public static final int TYPE = 0x03;

  /** The longest encoding, in bytes. */
  public static final int MAX_SIZE = 4096;

  private static final int VERSION = 1;

  public ReferenceSeries {
    values = List.copyOf(values);
    if (!Field.NAME.matcher(field).matches()
        || start < 0
        || start > Reading.MAX_SECOND
        || step < 1
        || step > Reading.MAX_SECOND
        || values.isEmpty()
        || values.size() > MAX_SIZE) {
      throw new IllegalArgumentException("not a series of " + field);
    }
  }

  /** What a definition names it by. */
  public Hash hash() {
    return Sha256.hash(encode().unsafeArray());
  }

  /** The values from one second up to another. */
  public List<Long> between(long from, long to) {
    List<Long> between = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      long time = start + i * step;
      if (time >= from && time < to) {
        between.add(values.get(i));
      }
    }
    return between;
  }

  public Bytes encode() {
    CanonicalWriter out = new CanonicalWriter();
    out.u8(VERSION).u8(field.length());
    out.raw(Bytes.wrap(field.getBytes(StandardCharsets.US_ASCII)));
    out.u32(start).u32(step).u16(values.size());
    values.forEach(value -> Varint.write(out, value));
    return out.toBytes();
  }

  /** Reads what {@link #encode} writes, and nothing else. */
  public static ReferenceSeries decode(Bytes bytes) throws Malformed {
    if (bytes.size() > MAX_SIZE) {
      throw new Malformed("a reference of " + bytes.size() + " bytes");
    }
    CanonicalReader in = new CanonicalReader(bytes);
    if (in.u8() != VERSION) {
      throw new Malformed("not a reference");
    }
    byte[] field = in.raw(in.u8()).unsafeArray();
    long start = in.u32();
    long step = in.u32();
    List<Long> values = new ArrayList<>();
    for (int left = in.u16(); left > 0; left--) {
      values.add(Varint.read(in));
    }
    in.end();
    try {
      return new ReferenceSeries(
          new String(field, StandardCharsets.ISO_8859_1), start, step, values);
    } catch (IllegalArgumentException e) {
      throw new Malformed(String.valueOf(e.getMessage()));
    }
  }
}
