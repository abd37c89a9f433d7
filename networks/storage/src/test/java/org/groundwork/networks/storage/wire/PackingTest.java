package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;

class PackingTest {
  private static final Passes PASSES = new Passes(1);
  private static final int SIZE = Packing.CHUNK_BYTES + 100_001;
  private final byte[] content = Payloads.ctr("packing", SIZE);
  private final PieceWithTree plain = tree(content);
  private final PieceCommitment piece = plain.commitment();

  @Test
  void packedBytesAreThoseOfTheVector() {
    byte[] packed = packed(packing(1));
    assertThat(Sha256.hash(packed).toHex())
        .isEqualTo("0x22be318fda9317e12d5cb3e1afa5ab1d84178508fc2d9dca81cbd00f60aee7d3");
  }

  @Test
  void unpackingGivesThePlainBytesAlsoInParts() {
    byte[] packed = packed(packing(1));
    assertThat(packed).isNotEqualTo(content);
    byte[] part = Arrays.copyOfRange(packed, Packing.CHUNK_BYTES - 50, Packing.CHUNK_BYTES + 70);
    packing(1).apply(piece, Packing.CHUNK_BYTES - 50, part);
    assertThat(part)
        .isEqualTo(Arrays.copyOfRange(content, Packing.CHUNK_BYTES - 50, Packing.CHUNK_BYTES + 70));
    packing(1).apply(piece, 0, packed);
    assertThat(packed).isEqualTo(content);
  }

  @Test
  void aCopyIsBoundToItsDevice() {
    assertThat(packed(packing(1))).isNotEqualTo(packed(packing(2)));
  }

  @Test
  void leavesOfThePackedTreeAreVerifiedAgainstThePlainCommitment() throws Exception {
    byte[] packed = packed(packing(1));
    PieceWithTree packedTree = tree(packed);
    PackedProver prover =
        new PackedProver(
            packing(1), plain.tree(), packedTree.tree(), ByteSource.of(Bytes.wrap(packed)));
    Packing verifier = packing(1);
    Packing another = packing(2);
    for (long leaf : new long[] {0, 3, 777, 32_767, 32_768, 35_000, piece.leafCount() - 1}) {
      PackedProver.Answer answer = prover.prove(leaf);
      PieceCommitment stated = packedTree.commitment();
      assertThat(verifier.verify(piece, stated, leaf, answer.plain(), answer.packed())).isTrue();
      assertThat(another.verify(piece, stated, leaf, answer.plain(), answer.packed())).isFalse();
      assertThat(verifier.verify(piece, piece, leaf, answer.plain(), answer.plain()))
          .as("the plain copy is no packed one")
          .isFalse();
      assertThat(verifier.verify(piece, stated, leaf ^ 1, answer.plain(), answer.packed()))
          .isFalse();
    }
  }

  private byte[] packed(Packing packing) {
    byte[] bytes = content.clone();
    packing.apply(piece, 0, bytes);
    return bytes;
  }

  private static PieceWithTree tree(byte[] bytes) {
    return new CommP(CommP.Keep.TREE).update(bytes, 0, bytes.length).finishTree();
  }

  private static Packing packing(int device) {
    byte[] secret = new byte[DeviceKey.SECRET_SIZE];
    Arrays.fill(secret, (byte) 1);
    return new Packing(
        new DeploymentId(Hash.fromHex("d1".repeat(32))),
        new NetworkId(3),
        new DeviceId(device),
        DeviceKey.fromSecret(KeyType.ED25519, secret).publicKey().hash(),
        PASSES);
  }
}
