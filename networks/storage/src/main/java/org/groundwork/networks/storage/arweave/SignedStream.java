package org.groundwork.networks.storage.arweave;

import java.io.IOException;
import java.io.InputStream;
import org.groundwork.protocol.Malformed;

/** An item's bytes on their way; their end is reached only if the owner signed them. */
final class SignedStream extends InputStream {
  private final InputStream in;
  private final ItemHeader header;
  private final byte[] head;
  private final ItemDigest digest;
  private final long size;
  private long at;
  private boolean ended;

  /**
   * An item.
   *
   * @param in after the header
   * @param size of the whole item
   */
  SignedStream(ItemHeader header, InputStream in, long size) {
    this.in = in;
    this.header = header;
    this.head = header.encode();
    this.digest = new ItemDigest(header);
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at < head.length) {
      int count = Math.min(length, head.length - (int) at);
      System.arraycopy(head, (int) at, into, offset, count);
      at += count;
      return count;
    }
    if (ended) {
      return -1;
    }
    int count = in.read(into, offset, length);
    if (count < 0) {
      end();
      return -1;
    }
    at += count;
    if (at > size) {
      throw new ItemRejected(400, "The item is longer than it was announced.");
    }
    digest.update(into, offset, count);
    return count;
  }

  private void end() throws ItemRejected {
    ended = true;
    if (at != size) {
      throw new ItemRejected(400, "The item is cut off after " + at + " of " + size + " bytes.");
    }
    try {
      if (!ItemSignatures.verify(header, digest.finish())) {
        throw new ItemRejected(400, "The item is not signed by its owner.");
      }
    } catch (Malformed e) {
      throw new ItemRejected(400, String.valueOf(e.getMessage()));
    }
  }
}
