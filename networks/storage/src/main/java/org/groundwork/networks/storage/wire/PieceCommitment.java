package org.groundwork.networks.storage.wire;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * The name of a piece: how many bytes it has, the height of its tree, and the tree's root.
 *
 * <p>{@link CommP} makes trees of the least height that holds the data. A commitment read from a
 * CID may have a greater one, as Filecoin allows.
 */
public record PieceCommitment(long rawSize, int height, Hash root) {
  public static final int MIN_HEIGHT = 2;
  public static final int MAX_HEIGHT = 50;
  public static final int LEAF_BYTES = 32;

  public PieceCommitment {
    checkHeight(height);
    if (rawSize < 0 || rawSize > capacity(height)) {
      throw new MalformedPieceException(
          "a tree of height " + height + " cannot hold " + rawSize + " bytes");
    }
  }

  /** The least height whose tree holds so many raw bytes. */
  public static int heightFor(long rawSize) {
    if (rawSize < 0 || rawSize > capacity(MAX_HEIGHT)) {
      throw new MalformedPieceException("no piece has " + rawSize + " bytes");
    }
    int height = MIN_HEIGHT;
    while (capacity(height) < rawSize) {
      height++;
    }
    return height;
  }

  /** The raw bytes that a full tree of this height holds. */
  public static long capacity(int height) {
    checkHeight(height);
    return (long) Fr32.RAW_BYTES << (height - MIN_HEIGHT);
  }

  /**
   * Reads the text of a piece CID v2.
   *
   * @throws MalformedPieceException if it is not the canonical text of a CID that the PDP contract
   *     would take
   */
  public static PieceCommitment parse(String pieceCidV2) {
    return PieceCid.parse(pieceCidV2);
  }

  /**
   * Reads the bytes of a piece CID v2.
   *
   * @throws MalformedPieceException as {@link #parse}
   */
  public static PieceCommitment decode(Bytes pieceCidV2) {
    return PieceCid.decode(pieceCidV2.unsafeArray());
  }

  /** The bytes of the piece CID v2. */
  public Bytes encode() {
    return Bytes.wrap(PieceCid.v2(this));
  }

  /** The text of the piece CID v1, which does not tell the raw size. */
  public String pieceCidV1() {
    return Base32.multibase(PieceCid.v1(this));
  }

  /** The text of the piece CID v2. */
  public String pieceCidV2() {
    return Base32.multibase(PieceCid.v2(this));
  }

  /** Raw zero bytes between the end of the data and the end of the tree. */
  public long padding() {
    return capacity(height) - rawSize;
  }

  /** Bytes under the tree after expansion: 32 for each leaf, padding included. */
  public long paddedSize() {
    return (long) LEAF_BYTES << height;
  }

  /** Leaves that hold any data. Only these are challenged. */
  public long leafCount() {
    return (1L << height) - expandedPadding(padding()) / LEAF_BYTES;
  }

  /** Whether no smaller tree would hold the data. */
  public boolean hasLeastHeight() {
    return height == heightFor(rawSize);
  }

  @Override
  public String toString() {
    return pieceCidV2();
  }

  /** Whole bytes of padding after expansion. */
  static long expandedPadding(long padding) {
    return Fr32.PADDED_BYTES * padding / Fr32.RAW_BYTES;
  }

  static void checkHeight(int height) {
    if (height < MIN_HEIGHT || height > MAX_HEIGHT) {
      throw new MalformedPieceException(
          "a piece's height is from " + MIN_HEIGHT + " to " + MAX_HEIGHT + ", not " + height);
    }
  }
}
