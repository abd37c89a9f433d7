package org.groundwork.networks.storage.bench;

import java.io.IOException;
import org.groundwork.networks.storage.wire.ByteSource;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PackedProver;
import org.groundwork.networks.storage.wire.Packing;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.Argon2d;

/** What packing costs on one core: making a replica, reading it, proving and verifying it. */
public final class PackingBench {
  private static final double SECOND = 1e9;
  private static final int WARM_UP = 3;

  /**
   * All on one core.
   *
   * @param packed bytes a second, packed and committed to
   * @param limit bytes of entropy a second that Argon2d alone makes
   * @param chunkSeconds to make the entropy of one chunk: what each read of a chunk, each check and
   *     each challenge of who keeps only the plain bytes costs
   * @param provePackedSeconds to prove a leaf of the packed bytes alone
   * @param verifySeconds to check a leaf against both commitments
   */
  public record Result(
      double packed,
      double limit,
      double chunkSeconds,
      double provePackedSeconds,
      double verifySeconds) {}

  private PackingBench() {}

  public static Result run(Passes passes, int chunks) throws IOException {
    byte[] content = new byte[chunks * Packing.CHUNK_BYTES];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    PieceWithTree plain = tree(content);
    PieceCommitment piece = plain.commitment();
    Argon2d argon = new Argon2d(Packing.CHUNK_BYTES / Argon2d.BLOCK_BYTES, passes.count());
    for (int i = 0; i < WARM_UP; i++) {
      argon.fill(new byte[1], new byte[16], 32);
    }
    long start = System.nanoTime();
    for (int i = 0; i < chunks; i++) {
      argon.fill(new byte[] {(byte) i}, new byte[16], 32);
    }
    double fill = (System.nanoTime() - start) / SECOND;
    start = System.nanoTime();
    packing(passes).apply(piece, 0, content);
    PieceWithTree packed = tree(content);
    double pack = (System.nanoTime() - start) / SECOND;
    PackedProver prover =
        new PackedProver(
            packing(passes), plain.tree(), packed.tree(), ByteSource.of(Bytes.wrap(content)));
    double prove = 0;
    double verify = 0;
    Packing verifier = packing(passes);
    for (int chunk = 0; chunk < chunks; chunk++) {
      long leaf = chunk * (piece.leafCount() / chunks) + 17;
      PackedProver.Answer answer = prover.prove(leaf);
      start = System.nanoTime();
      prover.provePacked(leaf);
      prove += (System.nanoTime() - start) / SECOND;
      start = System.nanoTime();
      if (!verifier.verify(piece, packed.commitment(), leaf, answer.plain(), answer.packed())) {
        throw new IllegalStateException("a leaf of the packed piece is not verified");
      }
      verify += (System.nanoTime() - start) / SECOND;
    }
    return new Result(
        content.length / pack,
        content.length / fill,
        fill / chunks,
        prove / chunks,
        verify / chunks);
  }

  private static PieceWithTree tree(byte[] bytes) {
    return new CommP(CommP.Keep.TREE).update(bytes, 0, bytes.length).finishTree();
  }

  private static Packing packing(Passes passes) {
    return new Packing(
        new DeploymentId(Hash.ZERO), new NetworkId(1), new DeviceId(1), Hash.ZERO, passes);
  }
}
