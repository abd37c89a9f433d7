package org.groundwork.networks.storage.wire;

import java.io.EOFException;
import java.io.IOException;
import org.groundwork.protocol.Bytes;

/** Bytes that can be read at any place: a file, or memory. */
@FunctionalInterface
public interface ByteSource {
  /**
   * Fills the whole array with the bytes from {@code offset} on.
   *
   * @throws EOFException if there are not as many
   */
  void read(long offset, byte[] into) throws IOException;

  static ByteSource of(Bytes bytes) {
    return (offset, into) -> {
      if (offset < 0 || offset > bytes.size() - into.length) {
        throw new EOFException("bytes " + offset + " + " + into.length + " of " + bytes.size());
      }
      System.arraycopy(bytes.unsafeArray(), (int) offset, into, 0, into.length);
    };
  }
}
