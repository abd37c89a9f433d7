package org.groundwork.networks.storage.wire;

import static org.groundwork.networks.storage.wire.NodeHash.NODE_BYTES;

import java.util.Arrays;
import org.groundwork.protocol.Bytes;

/**
 * About a megabyte of a piece, a subtree of its own: what one thread hashes in one go.
 *
 * <p>Made by the thread that reads the input, hashed by any other, then read by the first again;
 * the handing over is the caller's.
 */
final class Block {
  static final int CHUNKS = 512;
  static final int RAW_BYTES = CHUNKS * Chunk.RAW_BYTES;

  /** The level of a full block's root. */
  static final int LEVEL = Chunk.LEVELS + Integer.numberOfTrailingZeros(CHUNKS);

  /** The hashed nodes that are kept of a block. */
  record Nodes(NodeLevels levels, Bytes bytes) {
    /** Copies the nodes of one level; answers the place after them. */
    int copyLevel(int level, byte[] tree, int at) {
      int length = (int) levels.nodes(level) * NODE_BYTES;
      System.arraycopy(bytes.unsafeArray(), (int) levels.start(level), tree, at, length);
      return at + length;
    }

    Nodes root() {
      return new Nodes(
          new NodeLevels(levels.last(), levels.last(), 1),
          bytes.slice(bytes.size() - NODE_BYTES, bytes.size()));
    }
  }

  private final byte[] raw;
  private final int start;
  private final NodeLevels levels;

  private Block(byte[] raw, int start, NodeLevels levels) {
    this.raw = raw;
    this.start = start;
    this.levels = levels;
  }

  /** A full block: the {@link #RAW_BYTES} at {@code start} of an array. */
  static Block full(byte[] raw, int start) {
    return new Block(raw, start, new NodeLevels(Chunk.LEVELS, LEVEL, CHUNKS));
  }

  /**
   * The last block of a piece.
   *
   * @param raw of {@link #RAW_BYTES}; set to zero from {@code rawSize} on
   * @param height of the whole piece's tree
   */
  static Block last(byte[] raw, int rawSize, int height) {
    Arrays.fill(raw, rawSize, raw.length, (byte) 0);
    return new Block(
        raw,
        0,
        new NodeLevels(Chunk.baseLevel(height), Math.min(LEVEL, height), Chunk.count(rawSize)));
  }

  /** All nodes of the block, or its root alone. */
  Nodes hash(CommP.Keep keep) {
    NodeHash hash = new NodeHash();
    byte[] nodes = new byte[(int) levels.bytes()];
    Chunk chunk = new Chunk(hash);
    for (int at = 0; at < levels.count(); at++) {
      chunk.expand(raw, start + at * Chunk.RAW_BYTES);
      chunk.root(levels.first(), nodes, at * NODE_BYTES);
    }
    for (int level = levels.first(); level < levels.last(); level++) {
      levels.hashUp(nodes, level, hash);
    }
    Nodes all = new Nodes(levels, Bytes.wrap(nodes));
    return switch (keep) {
      case TREE -> all;
      case ROOT -> all.root();
    };
  }
}
