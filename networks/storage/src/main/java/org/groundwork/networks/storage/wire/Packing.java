package org.groundwork.networks.storage.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.groundwork.networks.storage.wire.PieceProofs.Finding;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.Argon2d;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Makes a replica the only one of its kind: packed bytes are plain bytes XOR an entropy that is
 * bound to a device's key and slow to make (the idea of Arweave's packing).
 *
 * <p>A piece is cut into chunks of 1,040,384 bytes, each a subtree of its commitment. The entropy
 * of a chunk is the whole memory of Argon2d (RFC 9106: 1,016 KiB, one lane, some passes, tag length
 * 32) over the device as password and the piece's CID with the chunk's number as salt: as large as
 * the chunk, and not to be had in part. Fr32 expansion is linear, so that a leaf of the packed tree
 * is the leaf of the plain tree XOR that of the entropy.
 *
 * <p>For one thread at a time.
 */
public final class Packing {
  public static final int CHUNK_BYTES = Block.RAW_BYTES;

  private static final byte[] TAG = "groundwork/packing/1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int TAG_BYTES = 32;
  private static final int LEAVES_PER_GROUP = 4;

  private final byte[] device;
  private final Argon2d argon;
  private final byte[] entropy = new byte[CHUNK_BYTES];
  private Hash made = Hash.ZERO;

  /**
   * @param key hash of the public key of the device that holds the replica, as it was when packed
   */
  public Packing(
      DeploymentId deployment, NetworkId network, DeviceId device, Hash key, Passes passes) {
    this.device =
        new CanonicalWriter()
            .hash(deployment.hash())
            .u32(network.value())
            .u64(device.value())
            .hash(key)
            .toBytes()
            .toArray();
    argon = new Argon2d(CHUNK_BYTES / Argon2d.BLOCK_BYTES, passes.count());
  }

  /** Packs or unpacks in place the bytes of a piece from {@code offset} on. */
  public void apply(PieceCommitment piece, long offset, byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      long chunk = (offset + at) / CHUNK_BYTES;
      int inChunk = (int) ((offset + at) % CHUNK_BYTES);
      int length = Math.min(bytes.length - at, CHUNK_BYTES - inChunk);
      apply(piece, chunk, inChunk, bytes, at, length);
      at += length;
    }
  }

  /** Packs or unpacks in place one chunk of a whole piece. */
  public void applyChunk(PieceCommitment piece, int chunk, byte[] whole) {
    int at = chunk * CHUNK_BYTES;
    apply(piece, chunk, 0, whole, at, Math.min(whole.length - at, CHUNK_BYTES));
  }

  private void apply(
      PieceCommitment piece, long chunk, int inChunk, byte[] bytes, int at, int length) {
    byte[] mask = entropy(piece, chunk);
    for (int i = 0; i < length; i++) {
      bytes[at + i] ^= mask[inChunk + i];
    }
  }

  /**
   * Whether a leaf of the packed tree is that of the plain one, packed. Costs the entropy of one
   * chunk.
   *
   * @param packed the commitment that the holder stated for his packed copy
   */
  public boolean verify(
      PieceCommitment plain,
      PieceCommitment packed,
      long leaf,
      PieceProof plainProof,
      PieceProof packedProof) {
    return packed.rawSize() == plain.rawSize()
        && PieceProofs.check(plain, leaf, plainProof) == Finding.VALID
        && PieceProofs.check(packed, leaf, packedProof) == Finding.VALID
        && packedProof.leaf().equals(xor(plainProof.leaf(), entropyLeaf(plain, leaf)));
  }

  /** The leaf of the entropy's expansion; nothing is packed beyond the end of the data. */
  private byte[] entropyLeaf(PieceCommitment piece, long leaf) {
    long start = leaf / LEAVES_PER_GROUP * Fr32.RAW_BYTES;
    int from = (int) (start % CHUNK_BYTES);
    byte[] group =
        Arrays.copyOfRange(entropy(piece, start / CHUNK_BYTES), from, from + Fr32.RAW_BYTES);
    int data = (int) Math.min(Fr32.RAW_BYTES, Math.max(0, piece.rawSize() - start));
    Arrays.fill(group, data, Fr32.RAW_BYTES, (byte) 0);
    byte[] expanded = new byte[Fr32.PADDED_BYTES];
    Fr32.expand(group, 0, expanded, 0, 1);
    int at = (int) (leaf % LEAVES_PER_GROUP) * Hash.SIZE;
    return Arrays.copyOfRange(expanded, at, at + Hash.SIZE);
  }

  private static Hash xor(Hash leaf, byte[] mask) {
    byte[] sum = leaf.bytes().toArray();
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= mask[i];
    }
    return Hash.wrap(sum);
  }

  /** The entropy of a chunk; the last one that was made is kept. */
  private byte[] entropy(PieceCommitment piece, long chunk) {
    Bytes salt =
        new CanonicalWriter().raw(Bytes.of(TAG)).bytes(piece.encode()).u64(chunk).toBytes();
    Hash name = Sha256.hash(salt.unsafeArray());
    if (!name.equals(made)) {
      argon.fill(device, salt.toArray(), TAG_BYTES).read(entropy);
      made = name;
    }
    return entropy;
  }
}
