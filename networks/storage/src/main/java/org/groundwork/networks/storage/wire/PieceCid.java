package org.groundwork.networks.storage.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.groundwork.protocol.Hash;

/** The two CIDs of a piece as bytes: version 1 of Filecoin's deals and version 2 of FRC-0069. */
final class PieceCid {
  /** CIDv1, codec fil-commitment-unsealed, multihash sha2-256-trunc254-padded, 32 bytes. */
  private static final byte[] V1_PREFIX = HexFormat.of().parseHex("0181e203922020");

  /** CIDv1, codec raw, multihash fr32-sha2-256-trunc254-padded-binary-tree. */
  private static final byte[] V2_PREFIX = HexFormat.of().parseHex("01559120");

  /** More padding than this exceeds even the highest tree, and would not fit the arithmetic. */
  private static final long MAX_PADDING = PieceCommitment.capacity(PieceCommitment.MAX_HEIGHT);

  private static final int MIN_DIGEST = 1 + 1 + Hash.SIZE;
  private static final int MAX_DIGEST = Varint.MAX_BYTES + 1 + Hash.SIZE;
  private static final int MAX_BYTES = V2_PREFIX.length + 1 + MAX_DIGEST;
  private static final int MAX_TEXT = Base32.multibaseLength(MAX_BYTES);

  private PieceCid() {}

  static byte[] v1(PieceCommitment commitment) {
    return ByteBuffer.allocate(V1_PREFIX.length + Hash.SIZE)
        .put(V1_PREFIX)
        .put(commitment.root().bytes().unsafeArray())
        .array();
  }

  static byte[] v2(PieceCommitment commitment) {
    int digest = Varint.length(commitment.padding()) + 1 + Hash.SIZE;
    ByteBuffer cid = ByteBuffer.allocate(V2_PREFIX.length + 1 + digest).put(V2_PREFIX);
    Varint.write(digest, cid);
    Varint.write(commitment.padding(), cid);
    return cid.put((byte) commitment.height()).put(commitment.root().bytes().unsafeArray()).array();
  }

  static PieceCommitment parse(String text) {
    if (text.length() > MAX_TEXT) {
      throw new MalformedPieceException("a piece CID has at most " + MAX_TEXT + " characters");
    }
    return decode(Base32.parseMultibase(text));
  }

  static PieceCommitment decode(byte[] bytes) {
    ByteBuffer cid = ByteBuffer.wrap(bytes);
    checkPrefix(cid);
    long digest = Varint.read(cid);
    if (digest != cid.remaining()) {
      throw new MalformedPieceException(
          "the multihash names " + digest + " bytes, " + cid.remaining() + " follow");
    }
    if (digest < MIN_DIGEST || digest > MAX_DIGEST) {
      throw new MalformedPieceException("a piece's digest does not have " + digest + " bytes");
    }
    long padding = Varint.read(cid);
    if (cid.remaining() != 1 + Hash.SIZE) {
      throw new MalformedPieceException("the digest is not padding, height and root");
    }
    int height = Byte.toUnsignedInt(cid.get());
    PieceCommitment.checkHeight(height);
    checkPadding(padding, height);
    byte[] root = new byte[Hash.SIZE];
    cid.get(root);
    return new PieceCommitment(PieceCommitment.capacity(height) - padding, height, Hash.wrap(root));
  }

  private static void checkPrefix(ByteBuffer cid) {
    byte[] prefix = new byte[Math.min(V2_PREFIX.length, cid.remaining())];
    cid.get(prefix);
    if (!Arrays.equals(prefix, V2_PREFIX)) {
      throw new MalformedPieceException("not a piece CID v2: it does not begin with 01559120");
    }
  }

  /** A tree of nothing but padding is no piece; the PDP contract refuses it as well. */
  private static void checkPadding(long padding, int height) {
    long paddedSize = (long) PieceCommitment.LEAF_BYTES << height;
    if (padding > MAX_PADDING || PieceCommitment.expandedPadding(padding) >= paddedSize) {
      throw new MalformedPieceException(
          padding + " bytes of padding leave no data in a tree of height " + height);
    }
  }
}
