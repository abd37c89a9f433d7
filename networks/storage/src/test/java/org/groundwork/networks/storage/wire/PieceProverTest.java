package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import org.groundwork.networks.storage.wire.PieceProver.Answer;
import org.groundwork.networks.storage.wire.PieceProver.Condition;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceProverTest {
  private static final int SIZE = 20_000;
  private static final byte[] RAW = Payloads.ctr("prover", SIZE);
  private static final PieceWithTree PIECE =
      new CommP(CommP.Keep.TREE).update(RAW, 0, SIZE).finishTree();

  @ParameterizedTest
  @ValueSource(ints = {1, 65, 127, 128, 1016, 1017, 2032, 2033, 4065, 20_000})
  void everyLeafWithDataIsProven(int rawSize) throws IOException {
    byte[] raw = Payloads.ctr("leaves", rawSize);
    PieceWithTree piece = new CommP(CommP.Keep.TREE).update(raw, 0, rawSize).finishTree();
    NaiveTree plain = NaiveTree.of(raw, piece.commitment().height());
    PieceProver prover = new PieceProver(piece.tree(), ByteSource.of(Bytes.of(raw)));
    for (int leaf = 0; leaf < piece.commitment().leafCount(); leaf++) {
      assertThat(prover.prove(leaf)).isEqualTo(new Answer(plain.prove(leaf), Condition.INTACT));
    }
  }

  @Test
  void aTreeOfGreaterHeightIsProven() throws IOException {
    int height = PIECE.commitment().height() + 2;
    NaiveTree plain = NaiveTree.of(RAW, height);
    PieceCommitment higher = new PieceCommitment(SIZE, height, plain.root());
    byte[] all = new byte[(int) PieceTree.encodedSize(higher)];
    NodeLevels levels = PieceTree.levels(SIZE, height);
    for (int level = levels.first(); level <= height; level++) {
      for (int i = 0; i < levels.nodes(level); i++) {
        byte[] node = plain.levels().get(level).get(i).toArray();
        System.arraycopy(node, 0, all, (int) levels.start(level) + 32 * i, 32);
      }
    }
    PieceTree tree = PieceTree.of(higher, Bytes.wrap(all));
    Answer answer = new PieceProver(tree, ByteSource.of(Bytes.of(RAW))).prove(3);
    assertThat(answer).isEqualTo(new Answer(plain.prove(3), Condition.INTACT));
  }

  @Test
  void damagedDataIsProvenAsItIsAndReported() throws IOException {
    byte[] damaged = RAW.clone();
    damaged[5000] ^= 4;
    PieceProver prover = new PieceProver(PIECE.tree(), ByteSource.of(Bytes.of(damaged)));
    NaiveTree asItIs = NaiveTree.of(damaged, PIECE.commitment().height());
    long chunk = 5000 / 2032;
    int reported = 0;
    for (int leaf = 0; leaf < PIECE.commitment().leafCount(); leaf++) {
      Answer answer = prover.prove(leaf);
      boolean hit = leaf / 64 == chunk;
      assertThat(answer.condition()).isEqualTo(hit ? Condition.DATA_DIFFERS : Condition.INTACT);
      assertThat(PieceProofs.verify(PIECE.commitment(), leaf, answer.proof())).isEqualTo(!hit);
      assertThat(answer.proof().leaf()).isEqualTo(asItIs.prove(leaf).leaf());
      reported += hit ? 1 : 0;
    }
    assertThat(reported).isEqualTo(64);
  }

  @Test
  void aDamagedTreeIsReportedAsSuch() throws IOException {
    byte[] nodes = PIECE.nodes().toArray();
    int aboveBase = (int) PieceTree.levels(SIZE, PIECE.commitment().height()).start(7);
    nodes[aboveBase] ^= 1; // the parent of the first two chunks: a sibling of the next two
    PieceTree tree = PieceTree.of(PIECE.commitment(), Bytes.wrap(nodes));
    PieceProver prover = new PieceProver(tree, ByteSource.of(Bytes.of(RAW)));
    assertThat(prover.prove(2 * 64).condition()).isEqualTo(Condition.TREE_DIFFERS);
    assertThat(prover.prove(0).condition()).isEqualTo(Condition.INTACT);
  }

  @Test
  void theStoredRootTellsWhoseTreeItIs() throws IOException {
    assertThat(PIECE.tree().root()).isEqualTo(PIECE.commitment().root());
    byte[] nodes = PIECE.nodes().toArray();
    nodes[nodes.length - 1] ^= 1;
    PieceTree other = PieceTree.of(PIECE.commitment(), Bytes.wrap(nodes));
    assertThat(other.root()).isNotEqualTo(PIECE.commitment().root());
  }

  @Test
  void dataAndTreeThatAreCutOffAreAFailureToRead() {
    ByteSource shortData = ByteSource.of(Bytes.of(RAW).slice(0, SIZE - 1));
    PieceProver prover = new PieceProver(PIECE.tree(), shortData);
    assertThatThrownBy(() -> prover.prove(PIECE.commitment().leafCount() - 1))
        .isInstanceOf(EOFException.class);
    ByteSource shortTree = ByteSource.of(PIECE.nodes().slice(0, 64));
    PieceProver blind =
        new PieceProver(
            PieceTree.over(PIECE.commitment(), shortTree), ByteSource.of(Bytes.of(RAW)));
    assertThatThrownBy(() -> blind.prove(0)).isInstanceOf(EOFException.class);
  }

  @Test
  void leavesWithoutDataAreRefused() {
    PieceProver prover = new PieceProver(PIECE.tree(), ByteSource.of(Bytes.of(RAW)));
    assertThatThrownBy(() -> prover.prove(PIECE.commitment().leafCount()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> prover.prove(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aTreeOfAnotherSizeIsRefused() {
    Bytes cut = PIECE.nodes().slice(0, PIECE.nodes().size() - 32);
    assertThatThrownBy(() -> PieceTree.of(PIECE.commitment(), cut))
        .isInstanceOf(MalformedPieceException.class);
  }
}
