package org.groundwork.networks.storage.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of an object's bytes. */
record ByteRange(long from, long length) {
  /** Eighteen digits always fit into a long. */
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /**
   * Reads the header. What is not one plain range is ignored, as S3 does and HTTP allows.
   *
   * @throws S3Exception if the range holds no byte of the object
   */
  static Optional<ByteRange> parse(String header, long size) throws S3Exception {
    Matcher matcher = SINGLE.matcher(header.strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long length = Math.min(Long.parseLong(matcher.group(2)), size);
      return Optional.of(satisfiable(size - length, length, size));
    }
    long from = Long.parseLong(matcher.group(1));
    if (matcher.group(2).isEmpty()) {
      return Optional.of(satisfiable(from, size - from, size));
    }
    long to = Long.parseLong(matcher.group(2));
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(satisfiable(from, Math.min(to, size - 1) - from + 1, size));
  }

  private static ByteRange satisfiable(long from, long length, long size) throws S3Exception {
    if (from >= size || length <= 0) {
      throw S3Error.InvalidRange.exception();
    }
    return new ByteRange(from, length);
  }

  /**
   * Reads the range of a part that is copied, which has no open ends and must be inside.
   *
   * @throws S3Exception if it is not so
   */
  static ByteRange ofCopy(String header, long size) throws S3Exception {
    Matcher matcher = SINGLE.matcher(header);
    if (!matcher.matches() || matcher.group(1).isEmpty() || matcher.group(2).isEmpty()) {
      throw S3Error.InvalidArgument.exception(
          "The x-amz-copy-source-range value must be of the form bytes=first-last");
    }
    long from = Long.parseLong(matcher.group(1));
    long to = Long.parseLong(matcher.group(2));
    if (to < from || to >= size) {
      throw S3Error.InvalidRange.exception();
    }
    return new ByteRange(from, to - from + 1);
  }

  String contentRange(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
