package org.groundwork.networks.storage.s3;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.groundwork.protocol.Bytes;

/**
 * Where a small object lies in a blob that it shares.
 *
 * <p>Encoding: tag (8 bytes), offset, the blob's length, index, count (4 bytes each, big-endian),
 * the blob's manifest. A manifest of a store begins with the tag by a chance of one in 2^64.
 *
 * @param offset its first byte
 * @param index its place among the {@code count} objects of the blob
 */
record PackSlice(Stored blob, int offset, int index, int count) {
  /** Objects in one blob. */
  static final int MAX_COUNT = 4096;

  private static final long TAG = 0x47_57_50_41_43_4B_00_01L;
  private static final int HEADER = Long.BYTES + 4 * Integer.BYTES;

  PackSlice {
    if (offset < 0 || index < 0 || index >= count || count > MAX_COUNT) {
      throw new IllegalArgumentException("object " + index + " of " + count + " at byte " + offset);
    }
  }

  Bytes encode() {
    return Bytes.wrap(
        ByteBuffer.allocate(HEADER + blob.manifest().size())
            .putLong(TAG)
            .putInt(offset)
            .putInt(Math.toIntExact(blob.length()))
            .putInt(index)
            .putInt(count)
            .put(blob.manifest().unsafeArray())
            .array());
  }

  /** The slice that a manifest names; empty if it is one of the store itself. */
  static Optional<PackSlice> of(Stored stored) {
    byte[] bytes = stored.manifest().unsafeArray();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length <= HEADER || in.getLong() != TAG) {
      return Optional.empty();
    }
    int offset = in.getInt();
    int length = in.getInt();
    int index = in.getInt();
    int count = in.getInt();
    Bytes manifest = Bytes.wrap(Arrays.copyOfRange(bytes, HEADER, bytes.length));
    return Optional.of(new PackSlice(new Stored(manifest, length), offset, index, count));
  }

  /** Names the blob. */
  byte[] key() {
    return blob.manifest().unsafeArray();
  }
}
