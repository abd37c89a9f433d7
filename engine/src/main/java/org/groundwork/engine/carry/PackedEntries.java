package org.groundwork.engine.carry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.NetworkId;

/** Encoded entries in blocks of memory, numbered in the order in which they came. */
final class PackedEntries {
  private static final int FIRST_BLOCK = 1 << 10;
  private static final int BLOCK = 1 << 22;
  private static final int SPACE = 4;
  private static final int KEY_SIZE = SPACE + 1;
  private static final int VALUE_SIZE = KEY_SIZE + 2;
  private static final int KEY = VALUE_SIZE + 4;

  private final List<byte[]> blocks = new ArrayList<>();

  /** The block's number in the upper 32 bits, the place in it in the lower ones. */
  private long[] places = new long[8];

  private int count;
  private int blockSize;

  int count() {
    return count;
  }

  void add(Bytes encoded) {
    byte[] content = encoded.unsafeArray();
    byte[] block = room(content.length);
    if (count == places.length) {
      places = Arrays.copyOf(places, count + (count >> 1));
    }
    places[count++] = (long) (blocks.size() - 1) << 32 | blockSize;
    System.arraycopy(content, 0, block, blockSize, content.length);
    blockSize += content.length;
  }

  /** The last block, with room; blocks grow up to their size before there is another. */
  private byte[] room(int more) {
    if (blocks.isEmpty() || blockSize + more > Math.max(BLOCK, blocks.getLast().length)) {
      blocks.add(new byte[Math.max(more, blocks.isEmpty() ? FIRST_BLOCK : BLOCK)]);
      blockSize = 0;
    }
    byte[] last = blocks.getLast();
    if (blockSize + more > last.length) {
      last = Arrays.copyOf(last, Math.min(BLOCK, Math.max(blockSize + more, 2 * last.length)));
      blocks.set(blocks.size() - 1, last);
    }
    return last;
  }

  CarrySpace space(int index) {
    return CarrySpace.of(block(index)[start(index) + SPACE]);
  }

  CarryKey key(int index) {
    byte[] block = block(index);
    int start = start(index);
    int from = start + KEY;
    return new CarryKey(
        new NetworkId(number(block, start, 4)),
        space(index),
        Bytes.wrap(Arrays.copyOfRange(block, from, from + keySize(block, start))));
  }

  Bytes value(int index) {
    byte[] block = block(index);
    int start = start(index);
    int from = start + KEY + keySize(block, start);
    return Bytes.wrap(Arrays.copyOfRange(block, from, from + number(block, start + VALUE_SIZE, 4)));
  }

  Bytes encoded(int index) {
    byte[] block = block(index);
    int start = start(index);
    int size = KEY + keySize(block, start) + number(block, start + VALUE_SIZE, 4);
    return Bytes.wrap(Arrays.copyOfRange(block, start, start + size));
  }

  /** Orders an entry and a key. */
  int compare(int index, CarryKey key) {
    byte[] block = block(index);
    int start = start(index);
    int order = Integer.compare(number(block, start, 4), key.network().value());
    if (order == 0) {
      order = Integer.compare(block[start + SPACE], key.space().number());
    }
    if (order == 0) {
      byte[] other = key.key().unsafeArray();
      int from = start + KEY;
      order =
          Arrays.compareUnsigned(block, from, from + keySize(block, start), other, 0, other.length);
    }
    return order;
  }

  private byte[] block(int index) {
    return blocks.get((int) (places[index] >>> 32));
  }

  private int start(int index) {
    return (int) places[index];
  }

  private static int keySize(byte[] block, int start) {
    return number(block, start + KEY_SIZE, 2);
  }

  private static int number(byte[] block, int at, int width) {
    int number = 0;
    for (int i = at; i < at + width; i++) {
      number = (number << 8) | (block[i] & 0xFF);
    }
    return number;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof PackedEntries entries) || entries.count != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!encoded(i).equals(entries.encoded(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = count;
    for (int i = 0; i < count; i++) {
      hash = 31 * hash + encoded(i).hashCode();
    }
    return hash;
  }
}
