package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes the framing {@code aws-chunked} off a body. Whoever reads to the end knows that every chunk
 * and the trailer had the right signature, if they are signed, and that nothing follows.
 */
final class ChunkedBody extends InputStream {
  static final int MAX_LINE_BYTES = 1024;
  static final int MAX_TRAILERS = 16;
  private static final int MAX_SIZE_DIGITS = 12;
  private static final String SIGNATURE = "chunk-signature=";
  private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

  private final BufferedBody in;
  private final Optional<ChunkSignatures> signatures;
  private final boolean trailer;
  private final MessageDigest sha256 = SigV4.sha256();
  private final TreeMap<String, String> trailers = new TreeMap<>();

  /** Bytes still to come of the chunk at hand. */
  private long left;

  private String signature = "";
  private boolean ended;

  ChunkedBody(InputStream in, Authenticated.Payload.Chunked framing) {
    this.in = new BufferedBody(in);
    this.signatures = framing.signatures();
    this.trailer = framing.trailer();
  }

  /** What the trailer said, by lower-case name; complete only at the end of the body. */
  SortedMap<String, String> trailers() {
    return Collections.unmodifiableSortedMap(trailers);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    if (len == 0) {
      return 0;
    }
    while (left == 0) {
      if (ended) {
        return -1;
      }
      nextChunk();
    }
    int n = in.read(b, off, (int) Math.min(len, left));
    if (n < 0) {
      throw S3Error.IncompleteBody.exception();
    }
    if (signatures.isPresent()) {
      sha256.update(b, off, n);
    }
    left -= n;
    if (left == 0) {
      endOfChunk();
    }
    return n;
  }

  private void nextChunk() throws IOException {
    String head = line();
    int semicolon = head.indexOf(';');
    left = size(semicolon < 0 ? head : head.substring(0, semicolon));
    if (signatures.isPresent()) {
      String extension = semicolon < 0 ? "" : head.substring(semicolon + 1).strip();
      if (!extension.startsWith(SIGNATURE)) {
        throw S3Error.SignatureDoesNotMatch.exception("A chunk has no signature.");
      }
      signature = extension.substring(SIGNATURE.length());
    }
    if (left == 0) {
      verify();
      lastLines();
      ended = true;
    }
  }

  private static long size(String hex) throws S3Exception {
    String digits = hex.strip();
    if (digits.isEmpty()
        || digits.length() > MAX_SIZE_DIGITS
        || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw malformed();
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  private void endOfChunk() throws IOException {
    verify();
    if (!line().isEmpty()) {
      throw malformed();
    }
  }

  private void verify() throws S3Exception {
    if (signatures.isPresent() && !signatures.get().acceptChunk(sha256.digest(), signature)) {
      throw S3Error.SignatureDoesNotMatch.exception("The signature of a chunk does not match.");
    }
  }

  private void lastLines() throws IOException {
    var signed = new StringBuilder();
    String trailerSignature = "";
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (!trailer || colon < 1 || trailers.size() == MAX_TRAILERS) {
        throw malformed();
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals(TRAILER_SIGNATURE)) {
        trailerSignature = value;
      } else {
        trailers.put(name, value);
        signed.append(name).append(':').append(value).append('\n');
      }
    }
    if (trailer
        && signatures.isPresent()
        && !signatures.get().acceptTrailer(signed.toString(), trailerSignature)) {
      throw S3Error.SignatureDoesNotMatch.exception("The signature of the trailer does not match.");
    }
    if (in.read(new byte[1], 0, 1) >= 0) {
      throw malformed();
    }
  }

  /** A line without its end, which is a line feed with or without a carriage return. */
  private String line() throws IOException {
    byte[] line = new byte[MAX_LINE_BYTES];
    int n = 0;
    for (int b = in.next(); b != '\n'; b = in.next()) {
      if (b < 0) {
        throw S3Error.IncompleteBody.exception();
      }
      if (n == MAX_LINE_BYTES) {
        throw malformed();
      }
      line[n++] = (byte) b;
    }
    if (n > 0 && line[n - 1] == '\r') {
      n--;
    }
    return new String(line, 0, n, StandardCharsets.ISO_8859_1);
  }

  private static S3Exception malformed() {
    return S3Error.InvalidRequest.exception("The aws-chunked framing of the body is malformed.");
  }

  /** Single bytes at no cost, and big reads past the buffer. */
  private static final class BufferedBody {
    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int from;
    private int to;

    BufferedBody(InputStream in) {
      this.in = in;
    }

    int next() throws IOException {
      if (from == to && !fill()) {
        return -1;
      }
      return buffer[from++] & 0xff;
    }

    int read(byte[] b, int off, int len) throws IOException {
      if (from == to && len >= buffer.length) {
        return in.read(b, off, len);
      }
      if (from == to && !fill()) {
        return -1;
      }
      int n = Math.min(len, to - from);
      System.arraycopy(buffer, from, b, off, n);
      from += n;
      return n;
    }

    private boolean fill() throws IOException {
      int n = in.read(buffer, 0, buffer.length);
      from = 0;
      to = Math.max(n, 0);
      return n > 0;
    }
  }
}
