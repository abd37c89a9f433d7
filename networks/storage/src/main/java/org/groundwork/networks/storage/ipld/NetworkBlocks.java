package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blocks read from the objects that they lie in, each compared with its CID before it is given. */
public final class NetworkBlocks implements BlockSource {
  private static final Logger LOG = LoggerFactory.getLogger(NetworkBlocks.class);

  private final BlockIndex index;
  private final NamedObjects objects;

  public NetworkBlocks(BlockIndex index, NamedObjects objects) {
    this.index = index;
    this.objects = objects;
  }

  @Override
  public Optional<byte[]> get(Cid cid) throws IOException {
    if (cid.hash().code() == Multihash.IDENTITY) {
      return Optional.of(cid.hash().digest().toArray());
    }
    for (BlockIndex.Place place : index.places(cid.hash())) {
      Optional<byte[]> block = read(place);
      if (block.isPresent() && cid.matches(block.get())) {
        return block;
      }
      LOG.debug("object {} does not hold {} any more", place.object(), cid);
    }
    return Optional.empty();
  }

  private Optional<byte[]> read(BlockIndex.Place place) throws IOException {
    if (place.form() == BlockIndex.Form.INLINE) {
      return Optional.of(place.inline().toArray());
    }
    Optional<BlockIndex.Published> object = index.object(place.object());
    if (object.isEmpty()) {
      return Optional.empty();
    }
    Optional<NamedObjects.Reading> open = objects.open(object.get().bucket(), object.get().key());
    if (open.isEmpty()) {
      return Optional.empty();
    }
    try (NamedObjects.Reading reading = open.get()) {
      if (place.offset() + place.length() > reading.entry().size()) {
        return Optional.empty();
      }
      byte[] bytes = reading.read(place.offset(), place.length());
      return Optional.of(place.form() == BlockIndex.Form.RAW ? bytes : leaf(bytes));
    }
  }

  private static byte[] leaf(byte[] bytes) {
    return new PbNode(List.of(), Optional.of(Bytes.wrap(UnixFs.leaf(bytes).encode()))).encode();
  }
}
