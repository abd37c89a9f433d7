package org.groundwork.networks.storage.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/**
 * One leaf of a piece and the siblings on its way to the root, bottom-up; as many as the tree is
 * high.
 *
 * <p>Encoding: leaf index (8 bytes, big-endian), number of siblings (1), leaf (32), siblings (32
 * each).
 */
public record PieceProof(long leafIndex, Hash leaf, List<Hash> siblings) {
  private static final int HEADER_BYTES = Long.BYTES + 1;
  public static final int MAX_BYTES = HEADER_BYTES + Hash.SIZE * (1 + PieceCommitment.MAX_HEIGHT);

  public PieceProof {
    siblings = List.copyOf(siblings);
    PieceCommitment.checkHeight(siblings.size());
    if (leafIndex < 0 || leafIndex >>> siblings.size() != 0) {
      throw new MalformedPieceException(
          "a tree of height " + siblings.size() + " has no leaf " + leafIndex);
    }
  }

  /** Encoded size of a proof for a tree of this height. */
  public static int encodedSize(int height) {
    PieceCommitment.checkHeight(height);
    return HEADER_BYTES + Hash.SIZE * (1 + height);
  }

  /**
   * Reads what {@link #encode} wrote, and nothing else.
   *
   * @throws MalformedPieceException if the bytes are not exactly one proof
   */
  public static PieceProof decode(Bytes encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded.unsafeArray());
    if (in.remaining() < HEADER_BYTES) {
      throw new MalformedPieceException("a proof is cut off in its header");
    }
    long leafIndex = in.getLong();
    int height = Byte.toUnsignedInt(in.get());
    if (encoded.size() != encodedSize(height)) {
      throw new MalformedPieceException(
          "a proof of " + height + " siblings does not have " + encoded.size() + " bytes");
    }
    Hash leaf = readHash(in);
    List<Hash> siblings = new ArrayList<>(height);
    for (int level = 0; level < height; level++) {
      siblings.add(readHash(in));
    }
    return new PieceProof(leafIndex, leaf, siblings);
  }

  public int height() {
    return siblings.size();
  }

  public Bytes encode() {
    ByteBuffer out = ByteBuffer.allocate(encodedSize(height()));
    out.putLong(leafIndex).put((byte) height()).put(leaf.bytes().unsafeArray());
    siblings.forEach(sibling -> out.put(sibling.bytes().unsafeArray()));
    return Bytes.wrap(out.array());
  }

  private static Hash readHash(ByteBuffer in) {
    byte[] hash = new byte[Hash.SIZE];
    in.get(hash);
    return Hash.wrap(hash);
  }
}
