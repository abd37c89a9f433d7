package org.groundwork.networks.storage.arweave;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/**
 * All of a data item but its data (ANS-104).
 *
 * @param target 32 bytes or none
 * @param anchor 32 bytes or none
 * @param rawTags as they were encoded: they are what is signed
 */
public record ItemHeader(
    SignatureType type, Bytes signature, Bytes owner, Bytes target, Bytes anchor, Bytes rawTags) {
  /** What the reference implementation refuses below. */
  static final int MIN_ITEM_BYTES = 80;

  static final int OPTIONAL_BYTES = 32;

  /** Of the longest header. */
  static final int MAX_BYTES =
      2 + 2052 + 1025 + 2 * (1 + OPTIONAL_BYTES) + 2 * Long.BYTES + AvroTags.MAX_BYTES;

  public ItemHeader {
    if (signature.size() != type.signatureBytes() || owner.size() != type.ownerBytes()) {
      throw new IllegalArgumentException("signature or owner of another size than its type has");
    }
    checkOptional(target);
    checkOptional(anchor);
    if (rawTags.size() > AvroTags.MAX_BYTES) {
      throw new IllegalArgumentException("tags of " + rawTags.size() + " bytes");
    }
  }

  private static void checkOptional(Bytes bytes) {
    if (!bytes.isEmpty() && bytes.size() != OPTIONAL_BYTES) {
      throw new IllegalArgumentException("target or anchor of " + bytes.size() + " bytes");
    }
  }

  /** SHA-256 of the signature. */
  public Hash id() {
    return Sha256.hash(signature.unsafeArray());
  }

  /** SHA-256 of the owner's key: the address by which Arweave names him. */
  public Hash address() {
    return Sha256.hash(owner.unsafeArray());
  }

  public List<Tag> tags() {
    try {
      return AvroTags.decode(rawTags);
    } catch (Malformed e) {
      throw new IllegalStateException("tags that were read before", e);
    }
  }

  /** The value of the first tag of this name, whatever its case; empty text if there is none. */
  String tag(String name) {
    return tags().stream()
        .filter(tag -> tag.name().equalsIgnoreCase(name))
        .map(Tag::value)
        .findFirst()
        .orElse("");
  }

  int size() {
    return 2
        + signature.size()
        + owner.size()
        + 2
        + target.size()
        + anchor.size()
        + 2 * Long.BYTES
        + rawTags.size();
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) type.code());
    out.put(signature.unsafeArray()).put(owner.unsafeArray());
    out.put((byte) (target.isEmpty() ? 0 : 1)).put(target.unsafeArray());
    out.put((byte) (anchor.isEmpty() ? 0 : 1)).put(anchor.unsafeArray());
    out.putLong(tags().size()).putLong(rawTags.size()).put(rawTags.unsafeArray());
    return out.array();
  }

  /** Reads the header of an item that is in memory; its data are the rest. */
  public static ItemHeader decode(byte[] item) throws Malformed {
    try {
      return read(new ByteArrayInputStream(item), item.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the header at the start of a stream.
   *
   * @param itemBytes of the whole item
   */
  static ItemHeader read(InputStream in, long itemBytes) throws IOException, Malformed {
    if (itemBytes < MIN_ITEM_BYTES) {
      throw new Malformed(
          "an item of " + itemBytes + " bytes; " + MIN_ITEM_BYTES + " are the least");
    }
    SignatureType type = SignatureType.of(little(in, 2, "the signature type").getShort() & 0xffff);
    Bytes signature = take(in, type.signatureBytes(), "the signature");
    Bytes owner = take(in, type.ownerBytes(), "the owner");
    Bytes target = optional(in, "the target");
    Bytes anchor = optional(in, "the anchor");
    ByteBuffer counts = little(in, 2 * Long.BYTES, "the number of tags");
    long count = counts.getLong();
    long size = counts.getLong();
    if (count < 0 || count > AvroTags.MAX_TAGS) {
      throw new Malformed(
          Long.toUnsignedString(count) + " tags; " + AvroTags.MAX_TAGS + " are the most");
    }
    if (size < 0 || size > AvroTags.MAX_BYTES) {
      throw new Malformed(
          "tags of "
              + Long.toUnsignedString(size)
              + " bytes; "
              + AvroTags.MAX_BYTES
              + " are the most");
    }
    Bytes rawTags = take(in, (int) size, "the tags");
    int tags = AvroTags.decode(rawTags).size();
    if (tags != count) {
      throw new Malformed("the item announces " + count + " tags and has " + tags);
    }
    ItemHeader header = new ItemHeader(type, signature, owner, target, anchor, rawTags);
    if (header.size() > itemBytes) {
      throw new Malformed("the item is cut off inside of its header");
    }
    return header;
  }

  private static Bytes optional(InputStream in, String what) throws IOException, Malformed {
    byte flag = take(in, 1, what).get(0);
    return switch (flag) {
      case 0 -> Bytes.EMPTY;
      case 1 -> take(in, OPTIONAL_BYTES, what);
      default -> throw new Malformed(what + " is announced by " + flag + ", not by 0 or 1");
    };
  }

  private static ByteBuffer little(InputStream in, int size, String what)
      throws IOException, Malformed {
    return ByteBuffer.wrap(take(in, size, what).toArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Bytes take(InputStream in, int size, String what) throws IOException, Malformed {
    byte[] content = in.readNBytes(size);
    if (content.length < size) {
      throw new Malformed("the item is cut off inside of " + what);
    }
    return Bytes.wrap(content);
  }
}
