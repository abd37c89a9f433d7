package org.groundwork.networks.storage.arweave;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** Tags as an Avro array of records of two strings, with the limits of ANS-104. */
final class AvroTags {
  static final int MAX_BYTES = 4096;
  static final int MAX_TAGS = 128;
  static final int MAX_NAME_BYTES = 1024;
  static final int MAX_VALUE_BYTES = 3072;
  private static final int MAX_LONG_BYTES = 10;

  private AvroTags() {}

  /** No tags are no bytes. */
  static Bytes encode(List<Tag> tags) {
    if (tags.isEmpty()) {
      return Bytes.EMPTY;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, tags.size());
    for (Tag tag : tags) {
      string(out, tag.name());
      string(out, tag.value());
    }
    number(out, 0);
    return Bytes.wrap(out.toByteArray());
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(out, utf8.length);
    out.writeBytes(utf8);
  }

  /** Zig-zag, then seven bits a byte. */
  private static void number(ByteArrayOutputStream out, long value) {
    long rest = (value << 1) ^ (value >> 63);
    while (rest >>> 7 != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /**
   * Reads tags; the array may be in several blocks, and a block's count negative, with its size in
   * bytes after it.
   */
  static List<Tag> decode(Bytes bytes) throws Malformed {
    if (bytes.size() > MAX_BYTES) {
      throw new Malformed("tags of " + bytes.size() + " bytes; " + MAX_BYTES + " are the most");
    }
    List<Tag> tags = new ArrayList<>();
    if (bytes.isEmpty()) {
      return tags;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes.unsafeArray());
    for (long count = number(in); count != 0; count = number(in)) {
      if (count < 0) {
        count = -count;
        long size = number(in);
        if (size < 0 || size > in.remaining()) {
          throw new Malformed("a block of tags names " + size + " bytes");
        }
      }
      if (count < 0 || count > MAX_TAGS - tags.size()) {
        throw new Malformed("more than " + MAX_TAGS + " tags");
      }
      for (long i = 0; i < count; i++) {
        tags.add(
            new Tag(
                string(in, MAX_NAME_BYTES, "a tag's name"),
                string(in, MAX_VALUE_BYTES, "a tag's value")));
      }
    }
    if (in.hasRemaining()) {
      throw new Malformed(in.remaining() + " bytes after the tags");
    }
    return List.copyOf(tags);
  }

  private static String string(ByteBuffer in, int most, String what) throws Malformed {
    long length = number(in);
    if (length < 0 || length > most) {
      throw new Malformed(what + " of " + length + " bytes; " + most + " are the most");
    }
    if (length > in.remaining()) {
      throw new Malformed(what + " is cut off");
    }
    ByteBuffer content = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed(what + " is not UTF-8");
    }
  }

  private static long number(ByteBuffer in) throws Malformed {
    long value = 0;
    for (int count = 0; count < MAX_LONG_BYTES; count++) {
      if (!in.hasRemaining()) {
        throw new Malformed("the tags are cut off");
      }
      int next = Byte.toUnsignedInt(in.get());
      value |= (long) (next & 0x7f) << (7 * count);
      if (next < 0x80) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new Malformed("a number in the tags has more than " + MAX_LONG_BYTES + " bytes");
  }
}
