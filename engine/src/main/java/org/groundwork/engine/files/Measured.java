package org.groundwork.engine.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/** Measures and hashes what passes through. */
final class Measured extends FilterOutputStream {
  private final MessageDigest digest = Sha256.newDigest();
  private long size;

  Measured(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] content, int from, int count) throws IOException {
    out.write(content, from, count);
    digest.update(content, from, count);
    size += count;
  }

  long size() {
    return size;
  }

  /** The hash over all of it; to be asked for once. */
  Hash hash() {
    return Hash.wrap(digest.digest());
  }
}
