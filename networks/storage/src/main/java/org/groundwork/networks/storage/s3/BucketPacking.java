package org.groundwork.networks.storage.s3;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.groundwork.networks.storage.wire.Passes;

/**
 * That the pieces of a bucket are packed for the devices that hold them, said with the header
 * {@code x-groundwork-packing: PASSES} when the bucket is created.
 */
final class BucketPacking {
  static final String HEADER = "x-groundwork-packing";

  private static final Pattern TEXT = Pattern.compile("[1-9]\\d{0,3}");

  private BucketPacking() {}

  static Passes parse(String text) throws S3Exception {
    if (!TEXT.matcher(text).matches() || Integer.parseInt(text) > Passes.MAX) {
      throw S3Error.InvalidArgument.exception(
          "%s is a number of passes, such as 16, from 1 to %d.".formatted(HEADER, Passes.MAX));
    }
    return new Passes(Integer.parseInt(text));
  }

  static String text(Passes packing) {
    return Integer.toString(packing.count());
  }

  static byte[] encode(Passes packing) {
    return ByteBuffer.allocate(Short.BYTES).putShort((short) packing.count()).array();
  }

  static Passes decode(byte[] encoded) {
    if (encoded.length != Short.BYTES) {
      throw new IllegalStateException("a packing of " + encoded.length + " bytes");
    }
    return new Passes(ByteBuffer.wrap(encoded).getShort());
  }
}
