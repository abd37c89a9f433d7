package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.groundwork.networks.storage.wire.SumTree.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SumTreeTest {
  private static final long SEED = 20_261_121;

  static Stream<JsonNode> cases() {
    return PdpCases.of("sumTree");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sumsAndPositionsAreThoseOfPdpVerifier(JsonNode example) {
    SumTree tree = SumTree.of(PdpCases.longs(example.required("leafCounts")));
    assertThat(nodes(tree)).isEqualTo(PdpCases.longs(example.required("sumTree")));
    assertThat(tree.total()).isEqualTo(example.required("total").asLong());
    for (JsonNode query : example.required("queries")) {
      assertThat(tree.find(query.required("leafIndex").asLong()))
          .isEqualTo(
              new Position(query.required("pieceId").asInt(), query.required("offset").asLong()));
    }
  }

  @Test
  void removingGivesTheTreeThatNeverHadTheLeaves() {
    JsonNode before = example("set4");
    JsonNode after = example("set4-after-removing-0-4");
    SumTree tree = SumTree.of(PdpCases.longs(before.required("leafCounts")));
    tree.remove(0);
    tree.remove(4);
    assertThat(nodes(tree)).isEqualTo(PdpCases.longs(after.required("sumTree")));
    assertThat(tree.total()).isEqualTo(after.required("total").asLong());
  }

  @Test
  void everyLeafIsFoundWherePlainCountingFindsIt() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      long[] counts = LongStream.generate(() -> random.nextLong(7)).limit(1 + round % 40).toArray();
      SumTree tree = SumTree.of(counts);
      for (int removals = random.nextInt(4); removals > 0; removals--) {
        int ordinal = random.nextInt(counts.length);
        assertThat(tree.remove(ordinal)).isEqualTo(counts[ordinal]);
        counts[ordinal] = 0;
      }
      assertThat(tree.total()).isEqualTo(Arrays.stream(counts).sum());
      checkEveryLeaf(tree, counts);
    }
  }

  @Test
  void aPieceAddedAfterARemovalIsFound() {
    SumTree tree = SumTree.of(3, 5);
    tree.remove(1);
    assertThat(tree.add(2)).isEqualTo(2);
    assertThat(tree.find(4)).isEqualTo(new Position(2, 1));
    assertThat(tree.leafCount(1)).isZero();
    assertThat(tree.remove(1)).isZero();
    assertThat(tree.size()).isEqualTo(3);
  }

  @Test
  void leavesAndPiecesThatAreNotThereAreRefused() {
    SumTree tree = SumTree.of(3);
    assertThatThrownBy(() -> tree.find(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.find(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.remove(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.leafCount(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.add(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SumTree.of().find(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aSumThatDoesNotFitIsRefusedAndChangesNothing() {
    SumTree tree = new SumTree();
    long most = 1L << PieceCommitment.MAX_HEIGHT;
    IntStream.range(0, (1 << 13) - 1).forEach(i -> tree.add(most));
    assertThatThrownBy(() -> tree.add(most)).isInstanceOf(ArithmeticException.class);
    assertThat(tree.size()).isEqualTo((1 << 13) - 1);
    assertThat(tree.find(tree.total() - 1)).isEqualTo(new Position((1 << 13) - 2, most - 1));
  }

  private static void checkEveryLeaf(SumTree tree, long[] counts) {
    long leaf = 0;
    for (int ordinal = 0; ordinal < counts.length; ordinal++) {
      assertThat(tree.leafCount(ordinal)).isEqualTo(counts[ordinal]);
      for (long offset = 0; offset < counts[ordinal]; offset++) {
        assertThat(tree.find(leaf++)).isEqualTo(new Position(ordinal, offset));
      }
    }
  }

  private static long[] nodes(SumTree tree) {
    return IntStream.range(0, tree.size()).mapToLong(tree::nodeAt).toArray();
  }

  private static JsonNode example(String name) {
    return cases().filter(c -> c.required("name").asText().equals(name)).findFirst().orElseThrow();
  }
}
