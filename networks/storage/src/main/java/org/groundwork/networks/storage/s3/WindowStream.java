package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.InputStream;

/** An object as a stream: fetched in windows, so that the reader sets the pace. */
final class WindowStream extends InputStream {
  private static final int WINDOW = 1 << 20;

  private final NamedObjects.Reading object;
  private final long size;
  private byte[] window = new byte[0];
  private int at;
  private long fetched;

  WindowStream(NamedObjects.Reading object, long offset) {
    this.object = object;
    this.fetched = offset;
    this.size = object.entry().size();
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
    if (at == window.length) {
      if (fetched == size) {
        return -1;
      }
      window = object.read(fetched, (int) Math.min(WINDOW, size - fetched));
      fetched += window.length;
      at = 0;
    }
    int count = Math.min(length, window.length - at);
    System.arraycopy(window, at, into, offset, count);
    at += count;
    return count;
  }
}
