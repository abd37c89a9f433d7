package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.networks.storage.wire.PieceProofs.Finding;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceProofTest {
  private static final byte[] RAW = Payloads.ctr("proof", 5000);
  private static final PieceCommitment PIECE = CommP.of(RAW);
  private static final PieceProof PROOF = NaiveTree.of(RAW, PIECE.height()).prove(37);

  static Stream<JsonNode> cases() {
    return PdpCases.of("proofs");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void proofsAreThoseThatPdpVerifierAccepts(JsonNode example) throws IOException {
    int rawSize = example.required("rawSize").asInt();
    byte[] raw = Payloads.ctr("gw-pdp-proof:" + rawSize, rawSize);
    PieceWithTree made = new CommP(CommP.Keep.TREE).update(raw, 0, rawSize).finishTree();
    PieceCommitment piece = made.commitment();
    assertThat(piece.pieceCidV2()).isEqualTo(example.required("pieceCidV2").asText());
    assertThat(piece.encode()).isEqualTo(Bytes.fromHex(example.required("pieceCidV2Hex").asText()));
    assertThat(piece.leafCount()).isEqualTo(example.required("leafCount").asLong());
    PieceProver prover = new PieceProver(made.tree(), ByteSource.of(Bytes.of(raw)));
    for (JsonNode node : example.required("proofs")) {
      PieceProof proof = PdpCases.proof(node);
      assertThat(PieceProofs.verify(piece, proof.leafIndex(), proof)).isTrue();
      assertThat(prover.prove(proof.leafIndex()).proof()).isEqualTo(proof);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void proofsThatMustFailDo(JsonNode example) {
    PieceCommitment piece = PieceCommitment.parse(example.required("pieceCidV2").asText());
    for (JsonNode node : example.required("mustFail")) {
      if (node.required("proof").size() < PieceCommitment.MIN_HEIGHT) {
        assertThatThrownBy(() -> PdpCases.proof(node)).isInstanceOf(MalformedPieceException.class);
      } else if (node.required("leafOffset").asLong() >> node.required("proof").size() != 0) {
        assertThatThrownBy(() -> PdpCases.proof(node)).isInstanceOf(MalformedPieceException.class);
      } else {
        PieceProof proof = PdpCases.proof(node);
        assertThat(PieceProofs.verify(piece, proof.leafIndex(), proof)).isFalse();
      }
    }
  }

  @Test
  void eachFlawOfAProofIsFound() {
    assertThat(PieceProofs.check(PIECE, 37, PROOF)).isEqualTo(Finding.VALID);
    assertThat(PieceProofs.check(PIECE, 36, PROOF)).isEqualTo(Finding.OTHER_LEAF);
    assertThat(PieceProofs.check(PIECE, 36, withIndex(36))).isEqualTo(Finding.OTHER_ROOT);
    PieceProof shorter = new PieceProof(37, PROOF.leaf(), PROOF.siblings().subList(0, 7));
    assertThat(PieceProofs.check(PIECE, 37, shorter)).isEqualTo(Finding.OTHER_HEIGHT);
    List<Hash> more = new ArrayList<>(PROOF.siblings());
    more.add(ZeroTree.root(PIECE.height()));
    PieceProof longer = new PieceProof(37, PROOF.leaf(), more);
    assertThat(PieceProofs.check(PIECE, 37, longer)).isEqualTo(Finding.OTHER_HEIGHT);
  }

  @Test
  void anInnerNodeIsNoLeaf() {
    PieceProof inner = NaiveTree.of(RAW, PIECE.height()).prove(0);
    Hash parent = new NodeHash().parent(inner.leaf(), inner.siblings().getFirst());
    List<Hash> rest = inner.siblings().subList(1, inner.height());
    assertThat(PieceProofs.check(PIECE, 0, new PieceProof(0, parent, rest)))
        .isEqualTo(Finding.OTHER_HEIGHT);
  }

  @Test
  void everySiblingCounts() {
    for (int level = 0; level < PROOF.height(); level++) {
      List<Hash> siblings = new ArrayList<>(PROOF.siblings());
      siblings.set(level, ZeroTree.root(13));
      assertThat(PieceProofs.check(PIECE, 37, new PieceProof(37, PROOF.leaf(), siblings)))
          .isEqualTo(Finding.OTHER_ROOT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 25, 49, 50})
  void aProofIsReadAsItWasWritten(int height) {
    Random random = new Random(height);
    PieceProof proof =
        new PieceProof(
            random.nextLong(1L << height),
            hash(random),
            Stream.generate(() -> hash(random)).limit(height).toList());
    Bytes encoded = proof.encode();
    assertThat(encoded.size())
        .isEqualTo(PieceProof.encodedSize(height))
        .isEqualTo(41 + 32 * height);
    assertThat(encoded.size()).isLessThanOrEqualTo(PieceProof.MAX_BYTES);
    assertThat(PieceProof.decode(encoded)).isEqualTo(proof);
  }

  @Test
  void theEncodingIsTheDocumentedOne() {
    PieceProof proof = new PieceProof(2, Hash.fromHex("aa".repeat(32)), hashes("bb", "cc"));
    assertThat(proof.encode().toHex())
        .isEqualTo("0x000000000000000202" + "aa".repeat(32) + "bb".repeat(32) + "cc".repeat(32));
  }

  @Test
  void bytesThatAreNotExactlyOneProofAreRefused() {
    Bytes good = PROOF.encode();
    for (int length = 0; length < good.size(); length++) {
      Bytes cut = good.slice(0, length);
      assertMalformed(cut);
    }
    byte[] longer = new byte[good.size() + 1];
    System.arraycopy(good.toArray(), 0, longer, 0, good.size());
    assertMalformed(Bytes.wrap(longer));
  }

  @Test
  void heightsAndLeavesOutOfRangeAreRefused() {
    for (int height : List.of(0, 1, 51, 255)) {
      byte[] encoded = new byte[41 + 32 * height];
      encoded[8] = (byte) height;
      assertMalformed(Bytes.wrap(encoded));
    }
    assertThatThrownBy(() -> withIndex(-1)).isInstanceOf(MalformedPieceException.class);
    assertThatThrownBy(() -> withIndex(1L << PROOF.height()))
        .isInstanceOf(MalformedPieceException.class);
    List<Hash> tooMany = Collections.nCopies(51, Hash.ZERO);
    assertThatThrownBy(() -> new PieceProof(0, Hash.ZERO, tooMany))
        .isInstanceOf(MalformedPieceException.class);
  }

  private static PieceProof withIndex(long leafIndex) {
    return new PieceProof(leafIndex, PROOF.leaf(), PROOF.siblings());
  }

  private static void assertMalformed(Bytes encoded) {
    assertThatThrownBy(() -> PieceProof.decode(encoded))
        .isInstanceOf(MalformedPieceException.class);
  }

  private static List<Hash> hashes(String... bytes) {
    return Stream.of(bytes).map(hex -> Hash.fromHex(hex.repeat(32))).toList();
  }

  private static Hash hash(Random random) {
    byte[] bytes = new byte[Hash.SIZE];
    random.nextBytes(bytes);
    return Hash.wrap(bytes);
  }
}
