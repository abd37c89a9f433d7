package org.groundwork.networks.storage.arweave;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds and verifies the items in a bundle, and those in bundles in it. */
final class Unbundling {
  private static final Logger LOG = LoggerFactory.getLogger(Unbundling.class);
  private static final int MAX_DEPTH = 8;
  private static final int BUFFER = 1 << 16;

  /**
   * An item in a bundle.
   *
   * @param offset in the object
   */
  record Found(ItemHeader header, long offset, long size, Hash parent) {}

  /** All items below one that is a bundle; what is not signed or cut off is left out. */
  List<Found> run(NamedObjects.Reading object, ItemHeader bundle, long size) throws IOException {
    List<Found> found = new ArrayList<>();
    run(object, bundle, 0, size, 1, found);
    return found;
  }

  private void run(
      NamedObjects.Reading object,
      ItemHeader bundle,
      long offset,
      long size,
      int depth,
      List<Found> found)
      throws IOException {
    if (depth > MAX_DEPTH) {
      LOG.info("bundles deeper than {} are not opened", MAX_DEPTH);
      return;
    }
    long start = offset + bundle.size();
    BundleTable table;
    try {
      table = BundleTable.read(from(object, start), size - bundle.size());
    } catch (Malformed e) {
      LOG.info("bundle {} is not opened: {}", Base64Url.encode(bundle.id()), e.getMessage());
      return;
    }
    for (BundleTable.Entry entry : table.entries()) {
      if (found.size() >= BundleTable.MAX_ITEMS) {
        LOG.info("bundle {} has more items than are opened", Base64Url.encode(bundle.id()));
        return;
      }
      long at = start + entry.offset();
      try {
        ItemHeader header = verified(from(object, at), entry);
        found.add(new Found(header, at, entry.size(), bundle.id()));
        if (BundleTable.isBundle(header)) {
          run(object, header, at, entry.size(), depth + 1, found);
        }
      } catch (Malformed | ItemRejected e) {
        LOG.info("item {} of a bundle is left out: {}", Base64Url.encode(entry.id()), e.toString());
      }
    }
  }

  private static InputStream from(NamedObjects.Reading object, long offset) {
    return new BufferedInputStream(object.stream(offset), BUFFER);
  }

  private static ItemHeader verified(InputStream in, BundleTable.Entry entry)
      throws IOException, Malformed {
    ItemHeader header = ItemHeader.read(in, entry.size());
    if (!header.id().equals(entry.id())) {
      throw new Malformed("the bundle names another id than the item has");
    }
    SignedStream item =
        new SignedStream(header, new Bounded(in, entry.size() - header.size()), entry.size());
    item.transferTo(OutputStream.nullOutputStream());
    return header;
  }

  /** The beginning of a stream. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private long left;

    Bounded(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(into, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }
  }
}
