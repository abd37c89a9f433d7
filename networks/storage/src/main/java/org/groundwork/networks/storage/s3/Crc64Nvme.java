package org.groundwork.networks.storage.s3;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/** CRC-64/NVME, eight bytes a step. */
final class Crc64Nvme implements Checksum {
  /** The polynomial 0xAD93D23594C93659, lowest bit first. */
  static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[][] TABLES = tables();

  private long state = ~0L;

  private static long[][] tables() {
    long[][] tables = new long[8][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      tables[0][i] = crc;
    }
    for (int i = 0; i < 256; i++) {
      for (int t = 1; t < 8; t++) {
        long before = tables[t - 1][i];
        tables[t][i] = (before >>> 8) ^ tables[0][(int) (before & 0xff)];
      }
    }
    return tables;
  }

  @Override
  public void update(int b) {
    state = (state >>> 8) ^ TABLES[0][(int) ((state ^ b) & 0xff)];
  }

  @Override
  public void update(byte[] b, int off, int len) {
    int i = off;
    int end = off + len;
    for (; i + 8 <= end; i += 8) {
      long x = state ^ (long) LONG.get(b, i);
      state =
          TABLES[7][(int) (x & 0xff)]
              ^ TABLES[6][(int) ((x >>> 8) & 0xff)]
              ^ TABLES[5][(int) ((x >>> 16) & 0xff)]
              ^ TABLES[4][(int) ((x >>> 24) & 0xff)]
              ^ TABLES[3][(int) ((x >>> 32) & 0xff)]
              ^ TABLES[2][(int) ((x >>> 40) & 0xff)]
              ^ TABLES[1][(int) ((x >>> 48) & 0xff)]
              ^ TABLES[0][(int) (x >>> 56)];
    }
    for (; i < end; i++) {
      update(b[i]);
    }
  }

  @Override
  public long getValue() {
    return ~state;
  }

  @Override
  public void reset() {
    state = ~0L;
  }
}
