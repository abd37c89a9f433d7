package org.groundwork.node.explorer.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.Sha256;

/**
 * What goes out.
 *
 * @param etag of the content, with its quotes
 * @param packed the content in gzip; empty if it is too small to be worth it
 * @param next where a list that was cut goes on
 */
public record Answer(String type, Bytes content, Bytes packed, String etag, Optional<String> next) {
  private static final int WORTH = 1024;
  private static final int TAG_DIGITS = 32;

  static Answer of(String type, byte[] content, Optional<String> next) {
    Bytes packed = content.length < WORTH ? Bytes.EMPTY : Bytes.wrap(gzip(content));
    String hash = Sha256.hash(content).toHex();
    return new Answer(
        type, Bytes.wrap(content), packed, '"' + hash.substring(2, 2 + TAG_DIGITS) + '"', next);
  }

  int size() {
    return content.size() + packed.size();
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3 + 64);
    try (Fast gzip = new Fast(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
    return out.toByteArray();
  }

  /** Answers are packed while somebody waits. */
  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
