package org.groundwork.networks.storage.customer;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * The chunks of one snapshot of the metadata, in order, each with the manifest by which it is
 * fetched.
 *
 * <p>Encoding: version 1 (u8), number of chunks (u32), for each its SHA-256 and its manifest with
 * length (u32).
 */
record MetadataDirectory(List<Chunk> chunks) {
  private static final int VERSION = 1;
  private static final int MAX_CHUNKS = 1 << 22;
  private static final int MAX_MANIFEST = 1 << 20;

  /** A chunk, by the hash of its content. */
  record Chunk(Hash hash, Manifest manifest) {}

  MetadataDirectory {
    chunks = List.copyOf(chunks);
  }

  Bytes encode() {
    CanonicalWriter out = new CanonicalWriter().u8(VERSION).u32(chunks.size());
    chunks.forEach(chunk -> out.hash(chunk.hash()).bytes(chunk.manifest().encode()));
    return out.toBytes();
  }

  static MetadataDirectory decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    if (in.u8() != VERSION) {
      throw new Malformed("unknown version of a directory of metadata");
    }
    long count = in.u32();
    if (count > MAX_CHUNKS) {
      throw new Malformed(count + " chunks");
    }
    List<Chunk> chunks = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      chunks.add(new Chunk(in.hash(), Manifest.decode(in.bytes(MAX_MANIFEST))));
    }
    in.end();
    return new MetadataDirectory(chunks);
  }
}
