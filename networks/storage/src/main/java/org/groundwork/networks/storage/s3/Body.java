package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bytes of an upload. Its end is reached only if they are all there and all that the request
 * said about them holds; otherwise reading throws the error to answer with.
 */
final class Body extends InputStream {
  private static final int MD5_BYTES = 16;

  private final InputStream in;
  private final Expected expected;
  private final MessageDigest md5 = SigV4.digest("MD5");
  private final Optional<MessageDigest> sha256;
  private final Optional<ChecksumAlgorithm.Digest> checksum;

  private long count;
  private long maxBytes = Long.MAX_VALUE;
  private boolean ended;
  private Optional<S3Exception> failure = Optional.empty();
  private byte[] md5Result = new byte[0];
  private final TreeMap<String, String> checksums = new TreeMap<>();

  /**
   * What a request says about the bytes of its body.
   *
   * @param length {@link ObjectStore#UNKNOWN_LENGTH} if only the end of the stream tells
   * @param checksumValue empty if the trailer will say, or if it shall only be computed
   */
  record Expected(
      long length,
      Optional<String> md5,
      Optional<String> sha256,
      Optional<ChecksumAlgorithm> checksum,
      Optional<String> checksumValue,
      boolean checksumInTrailer) {}

  private Body(InputStream in, Expected expected) {
    this.in = in;
    this.expected = expected;
    this.sha256 = expected.sha256().map(hash -> SigV4.sha256());
    this.checksum = expected.checksum().map(ChecksumAlgorithm::start);
  }

  /**
   * @param contentLength of the request as sent, framing included; negative if unknown
   * @param wanted the checksum to compute when the request does not name one itself
   */
  static Body of(
      S3Request request,
      Authenticated.Payload payload,
      InputStream raw,
      long contentLength,
      Optional<ChecksumAlgorithm> wanted)
      throws S3Exception {
    Optional<String> md5 = request.header("content-md5");
    if (md5.isPresent() && !validMd5(md5.get())) {
      throw S3Error.InvalidDigest.exception();
    }
    Optional<ChecksumAlgorithm> inTrailer =
        request.header("x-amz-trailer").flatMap(ChecksumAlgorithm::ofHeader);
    Optional<ChecksumAlgorithm> inHeader = inHeader(request);
    if (inTrailer.isPresent() && inHeader.isPresent()) {
      throw S3Error.InvalidRequest.exception("Expecting a single x-amz-checksum- header");
    }
    Optional<String> value = inHeader.flatMap(a -> request.header(a.header()));
    Optional<String> sha256 =
        payload instanceof Authenticated.Payload.Hashed hashed
            ? Optional.of(hashed.sha256())
            : Optional.empty();
    Expected expected =
        new Expected(
            length(request, payload, contentLength),
            md5,
            sha256,
            inHeader.or(() -> inTrailer).or(() -> wanted),
            value,
            inTrailer.isPresent());
    return new Body(
        payload instanceof Authenticated.Payload.Chunked framing
            ? new ChunkedBody(raw, framing)
            : raw,
        expected);
  }

  private static long length(S3Request request, Authenticated.Payload payload, long contentLength)
      throws S3Exception {
    if (!(payload instanceof Authenticated.Payload.Chunked)) {
      if (contentLength == Call.ABSENT) {
        throw S3Error.MissingContentLength.exception();
      }
      return contentLength == Call.CHUNKED ? ObjectStore.UNKNOWN_LENGTH : contentLength;
    }
    String text =
        request
            .header("x-amz-decoded-content-length")
            .orElseThrow(S3Error.MissingContentLength::exception);
    try {
      long length = Long.parseLong(text);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw S3Error.InvalidArgument.exception("x-amz-decoded-content-length is not a number.");
    }
    throw S3Error.InvalidArgument.exception("x-amz-decoded-content-length is negative.");
  }

  private static Optional<ChecksumAlgorithm> inHeader(S3Request request) throws S3Exception {
    Optional<ChecksumAlgorithm> found = Optional.empty();
    for (String name : request.headers().keySet()) {
      Optional<ChecksumAlgorithm> algorithm = ChecksumAlgorithm.ofHeader(name);
      if (algorithm.isPresent()) {
        if (found.isPresent()) {
          throw S3Error.InvalidRequest.exception("Expecting a single x-amz-checksum- header");
        }
        if (!algorithm.get().valid(request.header(name).orElse(""))) {
          throw S3Error.InvalidRequest.exception("Value for " + name + " header is invalid.");
        }
        found = algorithm;
      }
    }
    return found;
  }

  private static boolean validMd5(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length == MD5_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** How many bytes the body must have; {@link ObjectStore#UNKNOWN_LENGTH} if its end tells. */
  long length() {
    return expected.length();
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
    if (ended) {
      return -1;
    }
    try {
      return verifiedRead(b, off, len);
    } catch (S3Exception e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  /** How many bytes came so far. */
  long count() {
    return count;
  }

  /** Refuses more bytes than these, also when nobody announced how many will come. */
  Body atMost(long bytes) {
    maxBytes = bytes;
    return this;
  }

  /** What was found wrong, for a caller to whom it came wrapped in something else. */
  Optional<S3Exception> failure() {
    return failure;
  }

  private int verifiedRead(byte[] b, int off, int len) throws IOException {
    int n = in.read(b, off, len);
    if (n < 0) {
      end();
      return -1;
    }
    count += n;
    if (expected.length() >= 0 && count > expected.length()) {
      throw S3Error.IncompleteBody.exception("The body is longer than announced.");
    }
    if (count > maxBytes) {
      throw S3Error.EntityTooLarge.exception();
    }
    md5.update(b, off, n);
    sha256.ifPresent(digest -> digest.update(b, off, n));
    checksum.ifPresent(digest -> digest.update(b, off, n));
    return n;
  }

  private void end() throws S3Exception {
    if (expected.length() >= 0 && count != expected.length()) {
      throw S3Error.IncompleteBody.exception();
    }
    md5Result = md5.digest();
    if (expected.sha256().isPresent()) {
      String computed = HexFormat.of().formatHex(sha256.orElseThrow().digest());
      if (!SigV4.equal(computed, expected.sha256().get())) {
        throw S3Error.XAmzContentSHA256Mismatch.exception();
      }
    }
    if (expected.md5().isPresent()
        && !MessageDigest.isEqual(md5Result, Base64.getDecoder().decode(expected.md5().get()))) {
      throw S3Error.BadDigest.exception("The Content-MD5 that you specified did not match.");
    }
    if (expected.checksum().isPresent()) {
      verifyChecksum(expected.checksum().get());
    }
    ended = true;
  }

  private void verifyChecksum(ChecksumAlgorithm algorithm) throws S3Exception {
    String computed = Base64.getEncoder().encodeToString(checksum.orElseThrow().finish());
    Optional<String> claimed = expected.checksumValue();
    if (expected.checksumInTrailer()) {
      String trailer =
          in instanceof ChunkedBody chunked
              ? chunked.trailers().getOrDefault(algorithm.header(), "")
              : "";
      if (!algorithm.valid(trailer)) {
        throw S3Error.InvalidRequest.exception(
            "Value for " + algorithm.header() + " trailing header is invalid.");
      }
      claimed = Optional.of(trailer);
    }
    if (claimed.isPresent() && !claimed.get().equals(computed)) {
      throw S3Error.BadDigest.exception(
          "The " + algorithm.name() + " that you specified did not match the calculated checksum.");
    }
    checksums.put(algorithm.header(), computed);
  }

  /** The MD5 of the whole body, once it was read to its end. */
  byte[] md5() {
    if (!ended) {
      throw new IllegalStateException("the body was not read to its end");
    }
    return md5Result.clone();
  }

  /** Headers that tell the checksum: none or one. */
  SortedMap<String, String> checksums() {
    return new TreeMap<>(checksums);
  }

  /** For bodies that are no data but a document. */
  byte[] readDocument(int maxBytes) throws IOException {
    if (length() > maxBytes) {
      throw S3Error.MalformedXML.exception("The document is larger than " + maxBytes + " bytes.");
    }
    return atMost(maxBytes).readAllBytes();
  }

  /** Bytes that come from the store itself: for copies. */
  static Body internal(InputStream in, long length, Optional<ChecksumAlgorithm> wanted) {
    return new Body(
        in,
        new Expected(length, Optional.empty(), Optional.empty(), wanted, Optional.empty(), false));
  }
}
