package org.groundwork.engine.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/** Measures and hashes what passes through. */
final class Measured extends FilterOutputStream {
  private final Sha256.Running hash = new Sha256.Running();
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
    hash.update(content, from, count);
    size += count;
  }

  long size() {
    return size;
  }

  Hash hash() {
    return hash.end();
  }
}
