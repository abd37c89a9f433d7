package org.groundwork.networks.storage.arweave;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** What a bundle of items begins with: their number, then the size and the id of each (ANS-104). */
public record BundleTable(List<Entry> entries) {
  /** An entry takes 64 bytes. */
  static final int MAX_ITEMS = 100_000;

  private static final int NUMBER = 32;

  /**
   * An item.
   *
   * @param offset in the bundle
   */
  public record Entry(Hash id, long offset, long size) {}

  public BundleTable {
    entries = List.copyOf(entries);
  }

  /** Whether tags say that an item's data are a bundle. */
  static boolean isBundle(ItemHeader header) {
    return header.tag("Bundle-Format").equals("binary")
        && header.tag("Bundle-Version").equals("2.0.0");
  }

  /** Reads the table of a bundle in memory. */
  public static BundleTable decode(byte[] bundle) throws Malformed {
    try {
      return read(new ByteArrayInputStream(bundle), bundle.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the table at the start of a stream.
   *
   * @param bundleBytes of the whole bundle: the items must fill it exactly
   */
  static BundleTable read(InputStream in, long bundleBytes) throws IOException, Malformed {
    long count = number(in, "the number of items");
    if (count > MAX_ITEMS) {
      throw new Malformed("a bundle of " + count + " items; " + MAX_ITEMS + " are the most");
    }
    long offset = NUMBER + count * 2 * NUMBER;
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long size = number(in, "the size of item " + i);
      byte[] id = in.readNBytes(NUMBER);
      if (id.length < NUMBER) {
        throw new Malformed("the bundle is cut off inside of the id of item " + i);
      }
      if (size > bundleBytes - offset) {
        throw new Malformed("item " + i + " of " + size + " bytes reaches beyond the bundle");
      }
      entries.add(new Entry(Hash.wrap(id), offset, size));
      offset += size;
    }
    if (offset != bundleBytes) {
      throw new Malformed("the bundle has " + bundleBytes + " bytes and names " + offset);
    }
    return new BundleTable(entries);
  }

  /** 32 bytes, the lowest first. */
  private static long number(InputStream in, String what) throws IOException, Malformed {
    byte[] bytes = in.readNBytes(NUMBER);
    if (bytes.length < NUMBER) {
      throw new Malformed("the bundle is cut off inside of " + what);
    }
    BigInteger value = new BigInteger(1, reversed(bytes));
    if (value.bitLength() >= Long.SIZE) {
      throw new Malformed(what + " is " + value);
    }
    return value.longValue();
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** Joins signed items to a bundle. */
  public static Bytes join(List<Bytes> items) throws Malformed {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(number(items.size()));
    for (Bytes item : items) {
      out.writeBytes(number(item.size()));
      out.writeBytes(ItemHeader.decode(item.unsafeArray()).id().bytes().unsafeArray());
    }
    items.forEach(item -> out.writeBytes(item.unsafeArray()));
    return Bytes.wrap(out.toByteArray());
  }

  private static byte[] number(long value) {
    byte[] bytes = new byte[NUMBER];
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (value >>> (i * Byte.SIZE));
    }
    return bytes;
  }
}
