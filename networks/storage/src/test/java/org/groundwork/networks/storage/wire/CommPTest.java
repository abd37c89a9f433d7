package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.groundwork.networks.storage.wire.CommP.Keep;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommPTest {
  private static final int MIB_BLOCK = Block.RAW_BYTES;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 31, 32, 126, 127, 128, 254, 255, 1016, 1017, 2031, 2032, 2033, 4064, 4065, 10_000,
        100_000, 300_001
      })
  void commitmentAndStoredNodesAreThoseOfThePlainTree(int rawSize) throws IOException {
    byte[] raw = Payloads.ctr("plain", rawSize);
    PieceWithTree piece = new CommP(Keep.TREE).update(raw, 0, rawSize).finishTree();
    NaiveTree plain = NaiveTree.of(raw, piece.commitment().height());
    assertThat(piece.commitment().root()).isEqualTo(plain.root());
    assertThat(piece.nodes().size()).isEqualTo((int) PieceTree.encodedSize(piece.commitment()));
    PieceTree tree = piece.tree();
    for (int level = tree.baseLevel(); level <= piece.commitment().height(); level++) {
      List<Hash> nodes = plain.levels().get(level);
      for (int i = 0; i < nodes.size(); i++) {
        assertThat(tree.node(level, i)).isEqualTo(nodes.get(i));
      }
    }
  }

  @Test
  void neitherTheCutsOfTheInputNorTheThreadsChangeTheTree() {
    Random random = new Random(7);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int rawSize : aroundBlocks()) {
        byte[] raw = Payloads.ctr("cuts", rawSize);
        PieceWithTree whole = new CommP(Keep.TREE).update(raw, 0, rawSize).finishTree();
        CommP cut = new CommP(Keep.TREE, threads, 3);
        CommP rootOnly = new CommP(Keep.ROOT, threads, 3);
        for (int at = 0; at < rawSize; ) {
          int length = Math.min(rawSize - at, 1 + random.nextInt(700_000));
          cut.update(raw, at, length);
          rootOnly.update(ByteBuffer.wrap(raw, at, length).asReadOnlyBuffer());
          at += length;
        }
        assertThat(cut.finishTree()).isEqualTo(whole);
        assertThat(rootOnly.finish()).isEqualTo(whole.commitment());
        assertThat(CommP.of(raw, threads, 3)).isEqualTo(whole.commitment());
      }
    }
  }

  @Test
  void whatIsHandedOverMayBeOverwritten() {
    Random random = new Random(8);
    byte[] buffer = new byte[3 * MIB_BLOCK];
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int rawSize : aroundBlocks()) {
        byte[] raw = Payloads.ctr("buffers", rawSize);
        CommP alone = new CommP(Keep.TREE);
        CommP shared = new CommP(Keep.TREE, threads, 3);
        for (int at = 0; at < rawSize; ) {
          int length = Math.min(rawSize - at, 1 + random.nextInt(2 * MIB_BLOCK));
          int start = random.nextInt(MIB_BLOCK);
          for (CommP each : List.of(alone, shared)) {
            System.arraycopy(raw, at, buffer, start, length);
            each.update(buffer, start, length);
            random.nextBytes(buffer);
          }
          at += length;
        }
        PieceWithTree whole = new CommP(Keep.TREE).update(raw, 0, rawSize).finishTree();
        assertThat(alone.finishTree()).isEqualTo(whole);
        assertThat(shared.finishTree()).isEqualTo(whole);
      }
    }
  }

  @Test
  void aTreeOfSeveralBlocksIsThePlainTree() {
    int rawSize = 2 * MIB_BLOCK + 12_345;
    byte[] raw = Payloads.ctr("blocks", rawSize);
    assertThat(CommP.of(raw).root()).isEqualTo(NaiveTree.of(raw, 17).root());
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void anExecutorThatNeverRunsAnythingDoesNotStopIt() {
    byte[] raw = Payloads.ctr("stuck", 5 * MIB_BLOCK);
    var neverRun = new ArrayDeque<Runnable>();
    CommP commP = new CommP(Keep.ROOT, neverRun::add, 1);
    assertThat(commP.update(raw, 0, raw.length).finish()).isEqualTo(CommP.of(raw));
    assertThat(neverRun).hasSize(5);
  }

  @Test
  void anInterruptIsKept() {
    byte[] raw = Payloads.ctr("interrupted", 5 * MIB_BLOCK);
    PieceCommitment expected = CommP.of(raw);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CommP commP = new CommP(Keep.ROOT, threads, 1);
      Thread.currentThread().interrupt();
      PieceCommitment commitment = commP.update(raw, 0, raw.length).finish();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(commitment).isEqualTo(expected);
    }
  }

  @Test
  void aFinishedPieceTakesNothingMore() {
    CommP commP = new CommP(Keep.ROOT);
    commP.finish();
    assertThatThrownBy(() -> commP.update(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(commP::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aTreeThatWasNotKeptCannotBeHad() {
    CommP commP = new CommP(Keep.ROOT);
    assertThatThrownBy(commP::finishTree).isInstanceOf(IllegalStateException.class);
    assertThat(commP.finish().rawSize()).isZero();
  }

  @Test
  void storedTreesAreSmall() {
    int rawSize = 3 * MIB_BLOCK;
    byte[] raw = new byte[rawSize];
    PieceWithTree piece = new CommP(Keep.TREE).update(raw, 0, rawSize).finishTree();
    assertThat(piece.nodes().size()).isBetween(rawSize / 32, rawSize / 31);
  }

  private static List<Integer> aroundBlocks() {
    List<Integer> sizes = new ArrayList<>();
    for (int blocks = 1; blocks <= 4; blocks++) {
      for (int more : List.of(-1, 0, 1)) {
        sizes.add(blocks * MIB_BLOCK + more);
      }
    }
    return sizes;
  }
}
