package org.groundwork.networks.storage.provider;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** Reads no faster than a bucket allows. */
final class LimitedInput extends FilterInputStream {
  private final TokenBucket bucket;

  LimitedInput(InputStream in, TokenBucket bucket) {
    super(in);
    this.bucket = bucket;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, Math.min(length, TokenBucket.PART));
    if (read > 0) {
      try {
        bucket.take(read);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped");
      }
    }
    return read;
  }
}
