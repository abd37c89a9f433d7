package org.groundwork.node.explorer.index;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.groundwork.protocol.Malformed;

/**
 * Up to {@value #DEVICES} devices of neighbouring numbers in one epoch, as one row: a row for each
 * device and epoch would be a hundred million of them for a million devices and a hundred epochs.
 * Numbers are variable-length, seven bits a byte; amounts are a length and that many bytes.
 */
public final class DeviceBlock {
  public static final int DEVICES = 128;

  private static final int SHIFT = 7;
  private static final int EPOCH_SHIFT = 31;
  private static final long LAST_BLOCK = (1L << EPOCH_SHIFT) - 1;
  private static final int LEVEL = 1;
  private static final int MAX_SIZE = 1 << 20;
  private static final int HERE = 1;
  private static final int BOOTSTRAP = 2;
  private static final int TOTAL_BOOTSTRAP = 4;
  private static final int MAX_AMOUNT = 33;

  private DeviceBlock() {}

  /** The row's number: blocks of one epoch stand together, in the order of devices. */
  public static long id(long epoch, long device) {
    long block = device >> SHIFT;
    if (epoch < 0 || epoch > 0xFFFF_FFFFL || block > LAST_BLOCK) {
      throw new IllegalArgumentException("no block: epoch " + epoch + ", device " + device);
    }
    return epoch << EPOCH_SHIFT | block;
  }

  /** The number of the first block of an epoch. */
  public static long first(long epoch) {
    return id(epoch, 0);
  }

  public static long epoch(long id) {
    return id >> EPOCH_SHIFT;
  }

  /** The smallest device number that may be in a block. */
  public static long firstDevice(long id) {
    return (id & LAST_BLOCK) << SHIFT;
  }

  /** Whether a device belongs to the same block as another. */
  static boolean together(long device, long other) {
    return device >> SHIFT == other >> SHIFT;
  }

  /**
   * Encodes devices of one block.
   *
   * @param entries ascending by device
   */
  public static byte[] encode(List<DeviceEntry> entries) {
    Output out = new Output();
    for (DeviceEntry entry : entries) {
      Output one = new Output();
      one.put(entry);
      out.number(one.size());
      out.write(one.toByteArray(), 0, one.size());
    }
    byte[] plain = out.toByteArray();
    byte[] packed = Zstd.compress(plain, LEVEL);
    Output block = new Output();
    block.number(plain.length);
    block.write(packed, 0, packed.length);
    return block.toByteArray();
  }

  /**
   * All devices of a block.
   *
   * @param first the number of any device of the block
   */
  public static List<DeviceEntry> decode(byte[] block, long first) throws Malformed {
    return decode(block, first, _ -> true);
  }

  /**
   * Some devices of a block; the others are passed over.
   *
   * @param first the number of any device of the block
   */
  public static List<DeviceEntry> decode(byte[] block, long first, LongPredicate wanted)
      throws Malformed {
    Input in = open(block);
    long base = first >> SHIFT << SHIFT;
    List<DeviceEntry> entries = new ArrayList<>();
    while (in.at < in.bytes.length) {
      int size = in.size();
      int end = in.at + size;
      if (wanted.test(base + (in.bytes[in.at] & 0xFF))) {
        entries.add(in.entry(base));
        in.require(in.at == end);
      }
      in.at = end;
    }
    return entries;
  }

  private static Input open(byte[] block) throws Malformed {
    Input packed = new Input(block);
    long size = packed.number();
    packed.require(size <= MAX_SIZE);
    byte[] plain = new byte[(int) size];
    try {
      byte[] rest = Arrays.copyOfRange(block, packed.at, block.length);
      packed.require(Zstd.decompress(plain, rest) == size);
    } catch (ZstdException e) {
      throw new Malformed("not a block of devices: " + e.getMessage());
    }
    return new Input(plain);
  }

  private static final class Output extends ByteArrayOutputStream {
    Output() {
      super(96);
    }

    void number(long value) {
      long rest = value;
      while (rest >>> SHIFT != 0) {
        write(((int) rest & 0x7F) | 0x80);
        rest >>>= SHIFT;
      }
      write((int) rest);
    }

    void amount(BigInteger amount) {
      if (amount.signum() == 0) {
        write(0);
        return;
      }
      byte[] bytes = amount.toByteArray();
      write(bytes.length);
      write(bytes, 0, bytes.length);
    }

    void put(DeviceEntry entry) {
      boolean bootstrap = hasBootstrap(entry.now());
      boolean totalBootstrap = hasBootstrap(entry.total());
      write((int) (entry.device() & (DEVICES - 1)));
      write(
          (entry.here() ? HERE : 0)
              | (bootstrap ? BOOTSTRAP : 0)
              | (totalBootstrap ? TOTAL_BOOTSTRAP : 0));
      number(entry.lastEpoch() + 1);
      tally(entry.total(), totalBootstrap);
      if (entry.here() || bootstrap) {
        tally(entry.now(), bootstrap);
        number(entry.reasons().size());
        for (DeviceEntry.Reason reason : entry.reasons()) {
          number((long) reason.code() << 1 | (reason.fault() ? 1 : 0));
          number(reason.count());
        }
      }
    }

    private void tally(Tally tally, boolean bootstrap) {
      number(tally.accepted());
      number(tally.rejected());
      number(tally.faults());
      amount(tally.charged());
      amount(tally.paid());
      if (bootstrap) {
        amount(tally.awarded());
        amount(tally.vested());
        amount(tally.forfeited());
      }
    }

    private static boolean hasBootstrap(Tally tally) {
      return tally.awarded().signum() != 0
          || tally.vested().signum() != 0
          || tally.forfeited().signum() != 0;
    }
  }

  private static final class Input {
    private final byte[] bytes;
    private int at;

    Input(byte[] bytes) {
      this.bytes = bytes;
    }

    void require(boolean condition) throws Malformed {
      if (!condition) {
        throw new Malformed("not a block of devices");
      }
    }

    int octet() throws Malformed {
      require(at < bytes.length);
      return bytes[at++] & 0xFF;
    }

    long number() throws Malformed {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE - 1; shift += SHIFT) {
        int octet = octet();
        value |= (long) (octet & 0x7F) << shift;
        if (octet < 0x80) {
          return value;
        }
      }
      throw new Malformed("not a block of devices");
    }

    /** A length that fits into what is left. */
    int size() throws Malformed {
      long size = number();
      require(size > 0 && size <= bytes.length - at);
      return (int) size;
    }

    BigInteger amount() throws Malformed {
      int size = octet();
      if (size == 0) {
        return BigInteger.ZERO;
      }
      require(size <= MAX_AMOUNT && size <= bytes.length - at);
      BigInteger amount = new BigInteger(bytes, at, size);
      at += size;
      require(amount.signum() > 0);
      return amount;
    }

    DeviceEntry entry(long base) throws Malformed {
      int number = octet();
      int flags = octet();
      require(number < DEVICES && flags <= (HERE | BOOTSTRAP | TOTAL_BOOTSTRAP));
      long last = number() - 1;
      Tally total = tally((flags & TOTAL_BOOTSTRAP) != 0);
      boolean here = (flags & HERE) != 0;
      boolean bootstrap = (flags & BOOTSTRAP) != 0;
      Tally now = Tally.NONE;
      List<DeviceEntry.Reason> reasons = List.of();
      if (here || bootstrap) {
        now = tally(bootstrap);
        reasons = reasons();
      }
      return new DeviceEntry(base + number, last, here, now, total, reasons);
    }

    private List<DeviceEntry.Reason> reasons() throws Malformed {
      long count = number();
      require(count <= bytes.length - at);
      if (count == 0) {
        return List.of();
      }
      List<DeviceEntry.Reason> reasons = new ArrayList<>((int) count);
      for (int i = 0; i < count; i++) {
        long code = number();
        require(code >> 1 <= Integer.MAX_VALUE);
        reasons.add(new DeviceEntry.Reason((int) (code >> 1), (code & 1) != 0, number()));
      }
      return reasons;
    }

    private Tally tally(boolean bootstrap) throws Malformed {
      return new Tally(
          number(),
          number(),
          number(),
          amount(),
          amount(),
          bootstrap ? amount() : BigInteger.ZERO,
          bootstrap ? amount() : BigInteger.ZERO,
          bootstrap ? amount() : BigInteger.ZERO);
    }
  }
}
