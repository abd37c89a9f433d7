package org.groundwork.networks.storage.arweave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * An item that is kept.
 *
 * @param sequence in the order of acceptance, from 1
 * @param slot in which it was accepted
 * @param milliseconds since 1970, of the acceptance
 * @param object the id of the item that was uploaded: this one, or the bundle that it lay in
 * @param offset of the item in that object
 * @param size of the whole item
 * @param parent the bundle that it lies in directly; zero for none
 * @param paid for it; nothing for what lies in a bundle
 */
record ItemRecord(
    long sequence,
    long slot,
    long milliseconds,
    Hash object,
    long offset,
    long size,
    Hash parent,
    Credits paid,
    ItemHeader header) {
  private static final int VERSION = 1;

  Hash id() {
    return header.id();
  }

  /** Where the data begin in the object. */
  long dataOffset() {
    return offset + header.size();
  }

  long dataSize() {
    return size - header.size();
  }

  boolean inBundle() {
    return !parent.equals(Hash.ZERO);
  }

  /** The tag, if it can stand in a header. */
  String contentType() {
    String type = header.tag("Content-Type");
    boolean printable = type.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return printable && !type.isBlank() ? type : "application/octet-stream";
  }

  byte[] encode() {
    return new CanonicalWriter()
        .u8(VERSION)
        .u64(sequence)
        .u64(slot)
        .u64(milliseconds)
        .hash(object)
        .u64(offset)
        .u64(size)
        .hash(parent)
        .u256(paid.value())
        .bytes(Bytes.wrap(header.encode()))
        .toBytes()
        .unsafeArray();
  }

  static ItemRecord decode(byte[] encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(Bytes.wrap(encoded));
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed("an item's record of version " + version);
    }
    long sequence = in.u64();
    long slot = in.u64();
    long milliseconds = in.u64();
    Hash object = in.hash();
    long offset = in.u64();
    long size = in.u64();
    Hash parent = in.hash();
    Credits paid = new Credits(in.u256());
    ItemHeader header = ItemHeader.decode(padded(in.bytes(ItemHeader.MAX_BYTES)));
    in.end();
    return new ItemRecord(sequence, slot, milliseconds, object, offset, size, parent, paid, header);
  }

  /** A header alone may be shorter than the shortest item. */
  private static byte[] padded(Bytes header) {
    return Arrays.copyOf(header.unsafeArray(), Math.max(header.size(), ItemHeader.MIN_ITEM_BYTES));
  }

  /** What tags are looked up by. */
  static byte[] tagKey(String name, String value) {
    byte[] first = name.getBytes(StandardCharsets.UTF_8);
    byte[] second = value.getBytes(StandardCharsets.UTF_8);
    return DeepHash.list(List.of(first, second));
  }
}
