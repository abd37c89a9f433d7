package org.groundwork.networks.storage.customer;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The data shards of a stripe, all of one size, as the one run of bytes that they are together.
 *
 * @param size of each, in bytes
 */
record Shards(List<byte[]> parts, int size) implements StripeCipher.Source {
  Shards {
    if (parts.stream().anyMatch(part -> part.length != size)) {
      throw new IllegalArgumentException("shards of different sizes");
    }
  }

  /** Zeros. */
  static Shards allocate(int count, int size) {
    return new Shards(IntStream.range(0, count).mapToObj(i -> new byte[size]).toList(), size);
  }

  /** Copies the first bytes of an array to {@code at} and behind. */
  void write(int at, byte[] from, int length) {
    for (int done = 0; done < length; ) {
      int part = partLength(at + done, length - done);
      System.arraycopy(from, done, parts.get((at + done) / size), (at + done) % size, part);
      done += part;
    }
  }

  @Override
  public long bytes() {
    return (long) size * parts.size();
  }

  @Override
  public void read(int at, byte[] into, int length) {
    for (int done = 0; done < length; ) {
      int part = partLength(at + done, length - done);
      System.arraycopy(parts.get((at + done) / size), (at + done) % size, into, done, part);
      done += part;
    }
  }

  private int partLength(int at, int wanted) {
    return Math.min(wanted, size - at % size);
  }
}
