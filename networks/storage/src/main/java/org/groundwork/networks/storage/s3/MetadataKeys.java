package org.groundwork.networks.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The sorted byte keys of the metadata store: a bucket's name (which holds no zero byte), a zero
 * byte, then the object's key as UTF-8. So all of one bucket lies together, in the order of S3.
 */
final class MetadataKeys {
  /** Above every byte that UTF-8 uses. */
  private static final byte AFTER_ALL = (byte) 0xff;

  private MetadataKeys() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The order of S3: that of the UTF-8 bytes. */
  static int compare(String a, String b) {
    return Arrays.compareUnsigned(utf8(a), utf8(b));
  }

  static byte[] object(String bucket, String key) {
    return join(utf8(bucket), new byte[] {0}, utf8(key));
  }

  /** The key of an object in {@code bucket}. */
  static String objectKey(String bucket, byte[] key) {
    int from = utf8(bucket).length + 1;
    return new String(key, from, key.length - from, StandardCharsets.UTF_8);
  }

  /** The identifier has a fixed length, so the two can be told apart again. */
  static byte[] upload(String bucket, String key, String id) {
    return join(object(bucket, key), new byte[] {0}, utf8(id));
  }

  /**
   * What the keys of all versions of an object begin with. Its own key may hold zero bytes, which
   * are escaped so that the order stays that of the keys: a zero and a last byte for a zero, two
   * zeros for the end.
   */
  static byte[] versions(String bucket, String key) {
    return join(utf8(bucket), new byte[] {0}, escape(utf8(key)), new byte[] {0, 0});
  }

  /** Newer ones come first. */
  static byte[] version(String bucket, String key, long sequence) {
    byte[] place = ByteBuffer.allocate(Long.BYTES).putLong(Long.MAX_VALUE - sequence).array();
    return join(versions(bucket, key), place);
  }

  static byte[] escape(byte[] key) {
    var out = new ByteArrayOutputStream(key.length + 8);
    for (byte b : key) {
      out.write(b);
      if (b == 0) {
        out.write(AFTER_ALL);
      }
    }
    return out.toByteArray();
  }

  /** The object's key in the key of a version, where it begins at {@code from}. */
  static byte[] unescape(byte[] key, int from) {
    var out = new ByteArrayOutputStream(key.length);
    for (int i = from; i + 1 < key.length && !(key[i] == 0 && key[i + 1] == 0); i++) {
      out.write(key[i]);
      if (key[i] == 0) {
        i++;
      }
    }
    return out.toByteArray();
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  static byte[] part(String uploadId, int number) {
    return join(utf8(uploadId), ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  static byte[] blob(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  static long blobId(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  /** A key after all that start with this one and before all others that follow. */
  static byte[] afterPrefix(byte[] prefix) {
    return join(prefix, new byte[] {AFTER_ALL});
  }

  static byte[] next(byte[] key) {
    return join(key, new byte[] {0});
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  static byte[] join(byte[]... pieces) {
    int length = 0;
    for (byte[] piece : pieces) {
      length += piece.length;
    }
    var out = ByteBuffer.allocate(length);
    for (byte[] piece : pieces) {
      out.put(piece);
    }
    return out.array();
  }
}
