package org.groundwork.networks.storage.arweave;

import java.security.MessageDigest;
import java.util.List;
import org.groundwork.protocol.Bytes;

/** What an item's owner signs: the deep hash of its parts, the data fed piece by piece. */
final class ItemDigest {
  private static final int ELEMENTS = 8;

  private final byte[] before;
  private final MessageDigest data = DeepHash.sha384();
  private long length;

  ItemDigest(ItemHeader header) {
    this(header.type(), header.owner(), header.target(), header.anchor(), header.rawTags());
  }

  ItemDigest(SignatureType type, Bytes owner, Bytes target, Bytes anchor, Bytes rawTags) {
    byte[] hash = DeepHash.start(ELEMENTS);
    for (byte[] part :
        List.of(
            DeepHash.ascii("dataitem"),
            DeepHash.ascii("1"),
            DeepHash.ascii(Integer.toString(type.code())),
            owner.unsafeArray(),
            target.unsafeArray(),
            anchor.unsafeArray(),
            rawTags.unsafeArray())) {
      hash = DeepHash.join(hash, DeepHash.blob(part));
    }
    before = hash;
  }

  void update(byte[] content, int offset, int count) {
    data.update(content, offset, count);
    length += count;
  }

  byte[] finish() {
    return DeepHash.join(before, DeepHash.ofBlob(length, data.digest()));
  }
}
