package org.groundwork.flink;

import java.util.Arrays;
import org.groundwork.engine.steps.KnownDevice;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Carry;

/**
 * What the first phase reads, as bytes: the device's number, how many bytes it has before it (u8),
 * then what follows is (u8: 0 for what is known of the device, 1 for a record), then its content,
 * of a record without the device in front. In unsigned order a device's records come after what is
 * known of it, in the order in which they are judged. The number is short so that the sorter's
 * prefix of 16 bytes reaches to the end of a record's sequence.
 */
final class DeviceItem {
  private static final int KNOWN = 0;
  private static final int RECORD = 1;
  private static final int NUMBER = 8;

  private DeviceItem() {}

  static byte[] known(KnownDevice known) {
    CanonicalWriter out = new CanonicalWriter();
    PlanFile.write(out, known.device());
    out.bytes(known.activation()).bytes(known.carry().content()).u8(known.ownsKey() ? 1 : 0);
    return item(known.device().id().value(), KNOWN, out.toBytes().unsafeArray(), 0);
  }

  /** A record, as it was encoded by {@link org.groundwork.engine.steps.RecordBytes}. */
  static byte[] record(Bytes record) {
    byte[] content = record.unsafeArray();
    return item(number(content, 0, NUMBER), RECORD, content, NUMBER);
  }

  static long device(byte[] item) {
    return number(item, 1, item[0]);
  }

  static boolean isRecord(byte[] item) {
    return item[1 + item[0]] == RECORD;
  }

  static Bytes toRecord(byte[] item) {
    int start = 2 + item[0];
    byte[] content = new byte[NUMBER + item.length - start];
    System.arraycopy(item, 1, content, NUMBER - item[0], item[0]);
    System.arraycopy(item, start, content, NUMBER, item.length - start);
    return Bytes.wrap(content);
  }

  static KnownDevice toKnown(byte[] item) {
    Bytes content = Bytes.wrap(Arrays.copyOfRange(item, 2 + item[0], item.length));
    try {
      CanonicalReader in = new CanonicalReader(content);
      KnownDevice known =
          new KnownDevice(
              PlanFile.readDevice(in),
              in.bytes(Carry.MAX_SIZE),
              new Carry(in.bytes(Carry.MAX_SIZE)),
              in.u8() == 1);
      in.end();
      return known;
    } catch (Malformed e) {
      throw new IllegalStateException("a device that this job wrote", e);
    }
  }

  private static byte[] item(long device, int kind, byte[] content, int from) {
    int size = (Long.SIZE - Long.numberOfLeadingZeros(device) + 7) / 8;
    byte[] item = new byte[2 + size + content.length - from];
    item[0] = (byte) size;
    for (int i = 0; i < size; i++) {
      item[1 + i] = (byte) (device >>> (8 * (size - 1 - i)));
    }
    item[1 + size] = (byte) kind;
    System.arraycopy(content, from, item, 2 + size, content.length - from);
    return item;
  }

  private static long number(byte[] source, int from, int size) {
    long number = 0;
    for (int i = from; i < from + size; i++) {
      number = number << 8 | (source[i] & 0xFF);
    }
    return number;
  }
}
