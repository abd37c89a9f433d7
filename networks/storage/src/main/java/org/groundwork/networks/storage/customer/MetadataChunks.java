package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Cuts sorted entries into chunks so that a change leaves most chunks as they were: a chunk ends
 * after a key whose hash says so, or when it is full.
 *
 * <p>Encoding of a chunk: version 1 (u8), then for each entry space, key and value, each with its
 * length (u32).
 */
final class MetadataChunks implements MetadataSource.Sink {
  private static final int VERSION = 1;
  private static final int MAX_NAME = 256;
  private static final int MAX_PART = 16 << 20;

  /** Entries in a chunk, on average. */
  private static final int ENTRIES = 64;

  private static final int FULL = 1 << 20;

  /** Takes a chunk that is complete. */
  interface Taker {
    void chunk(Hash hash, byte[] content) throws IOException;
  }

  private final Taker taker;
  private CanonicalWriter open = start();
  private int size;

  MetadataChunks(Taker taker) {
    this.taker = taker;
  }

  private static CanonicalWriter start() {
    return new CanonicalWriter().u8(VERSION);
  }

  @Override
  public void entry(String space, Bytes key, Bytes value) throws IOException {
    open.bytes(Bytes.wrap(space.getBytes(StandardCharsets.UTF_8))).bytes(key).bytes(value);
    size += key.size() + value.size();
    int draw = Sha256.hash(key.unsafeArray()).bytes().get(0) & 0xFF;
    if (draw < 256 / ENTRIES || size > FULL) {
      finish();
    }
  }

  /** Ends the last chunk. */
  void finish() throws IOException {
    if (size > 0) {
      byte[] content = open.toBytes().unsafeArray();
      open = start();
      size = 0;
      taker.chunk(Sha256.hash(content), content);
    }
  }

  /** One entry. */
  record Entry(String space, Bytes key, Bytes value) {}

  static List<Entry> decode(Bytes chunk) throws Malformed {
    CanonicalReader in = new CanonicalReader(chunk);
    if (in.u8() != VERSION) {
      throw new Malformed("unknown version of a chunk of metadata");
    }
    List<Entry> entries = new ArrayList<>();
    while (in.remaining() > 0) {
      String space = new String(in.bytes(MAX_NAME).unsafeArray(), StandardCharsets.UTF_8);
      entries.add(new Entry(space, in.bytes(MAX_PART), in.bytes(MAX_PART)));
    }
    return entries;
  }
}
