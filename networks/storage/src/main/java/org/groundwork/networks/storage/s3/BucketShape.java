package org.groundwork.networks.storage.s3;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.networks.storage.erasure.Shape;

/**
 * How the objects of a bucket are coded, said with the header {@code x-groundwork-shape: K+M} when
 * the bucket is created: any K of K + M pieces give an object back.
 */
final class BucketShape {
  static final String HEADER = "x-groundwork-shape";

  /** More pieces than that cost more than they save. */
  private static final int MAX_PIECES = 128;

  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,2})\\+([1-9]\\d{0,2})");
  private static final int BYTES = 2 * Short.BYTES;

  private BucketShape() {}

  static Shape parse(String text) throws S3Exception {
    Matcher shape = TEXT.matcher(text);
    if (!shape.matches()) {
      throw refused();
    }
    int data = Integer.parseInt(shape.group(1));
    int total = data + Integer.parseInt(shape.group(2));
    if (total > MAX_PIECES) {
      throw refused();
    }
    return new Shape(data, total);
  }

  private static S3Exception refused() {
    return S3Error.InvalidArgument.exception(
        "%s is K+M, such as 10+6, with at most %d pieces in all.".formatted(HEADER, MAX_PIECES));
  }

  static String text(Shape shape) {
    return shape.data() + "+" + shape.parity();
  }

  static byte[] encode(Shape shape) {
    return ByteBuffer.allocate(BYTES)
        .putShort((short) shape.data())
        .putShort((short) shape.total())
        .array();
  }

  static Shape decode(byte[] encoded) {
    if (encoded.length != BYTES) {
      throw new IllegalStateException("a shape of " + encoded.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded);
    return new Shape(in.getShort(), in.getShort());
  }
}
