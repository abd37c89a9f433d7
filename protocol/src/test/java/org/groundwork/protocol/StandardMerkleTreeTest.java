package org.groundwork.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against trees that npm's {@code @openzeppelin/merkle-tree} made. */
class StandardMerkleTreeTest {
  static Stream<JsonNode> vectors() {
    return Vectors.stream(Vectors.read("merkle/standard_v1_vectors.json"));
  }

  static Stream<JsonNode> sorted() {
    return vectors().filter(vector -> vector.get("sortLeaves").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("sorted")
  void hasTheirRootNodesAndProofs(JsonNode vector) {
    List<Hash> leaves = leaves(vector);
    StandardMerkleTree tree = new StandardMerkleTree(leaves);
    assertThat(tree.root()).isEqualTo(Vectors.hash(vector, "root"));
    for (JsonNode proof : vector.get("proofs")) {
      Hash leaf = leaves.get(proof.get("index").asInt());
      assertThat(tree.proof(leaf)).isEqualTo(hashes(proof.get("proof")));
      if (proof.has("treeIndex")) {
        assertThat(tree.indexOf(leaf)).isEqualTo(proof.get("treeIndex").asInt());
      }
    }
    if (vector.has("dump")) {
      assertThat(tree.heap()).isEqualTo(hashes(vector.get("dump").get("tree")));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void acceptsTheirProofsAndNoOthers(JsonNode vector) {
    Hash root = Vectors.hash(vector, "root");
    List<Hash> leaves = leaves(vector);
    for (JsonNode proof : vector.get("proofs")) {
      Hash leaf = leaves.get(proof.get("index").asInt());
      List<Hash> path = hashes(proof.get("proof"));
      assertThat(StandardMerkleTree.verify(root, leaf, path)).isTrue();
      assertThat(StandardMerkleTree.verify(root, Hash.ZERO, path)).isFalse();
      if (!path.isEmpty()) {
        List<Hash> shorter = path.subList(1, path.size());
        assertThat(StandardMerkleTree.verify(root, leaf, shorter)).isFalse();
      }
    }
  }

  @Test
  void hasTheirRootOverManyMoneyLeaves() {
    for (JsonNode vector : Vectors.read("merkle/npm_roots.json")) {
      List<Hash> leaves =
          IntStream.range(0, vector.get("leaves").asInt())
              .mapToObj(StandardMerkleTreeTest::moneyLeaf)
              .toList();
      assertThat(new StandardMerkleTree(leaves).root())
          .as("%s leaves", leaves.size())
          .isEqualTo(Vectors.hash(vector, "root"));
    }
  }

  private static Hash moneyLeaf(int number) {
    Hash subject = Sha256.hash(("leaf " + number).getBytes(StandardCharsets.US_ASCII));
    return new MoneyLeaf(MoneyKind.PAYMENT, new NetworkId(1), subject, BigInteger.valueOf(number))
        .hash();
  }

  @Test
  void doesNotDependOnTheOrderOfLeaves() {
    JsonNode vector = sorted().filter(v -> leaves(v).size() == 100).findFirst().orElseThrow();
    List<Hash> leaves = new ArrayList<>(leaves(vector));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(leaves, new Random(seed));
      assertThat(new StandardMerkleTree(leaves).root()).isEqualTo(Vectors.hash(vector, "root"));
    }
  }

  @Test
  void refusesNoLeavesAndRepeatedOnes() {
    assertThatThrownBy(() -> new StandardMerkleTree(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StandardMerkleTree(List.of(Hash.ZERO, Hash.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasNoProofForStrangers() {
    StandardMerkleTree tree = new StandardMerkleTree(leaves(sorted().findFirst().orElseThrow()));
    assertThatThrownBy(() -> tree.proof(Hash.ZERO)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The given leaf hashes, which must be those of the values where these are plain words. */
  private static List<Hash> leaves(JsonNode vector) {
    if (vector.get("leafEncoding").get(0).asText().equals("string")) {
      return hashes(vector.get("leafHashes"));
    }
    List<Hash> leaves =
        Vectors.stream(vector.get("values"))
            .map(value -> StandardMerkleTree.leafHash(words(vector.get("leafEncoding"), value)))
            .toList();
    if (vector.has("leafHashes")) {
      assertThat(leaves).isEqualTo(hashes(vector.get("leafHashes")));
    }
    return leaves;
  }

  private static Bytes words(JsonNode types, JsonNode value) {
    CanonicalWriter words = new CanonicalWriter();
    for (int i = 0; i < types.size(); i++) {
      String text = value.get(i).asText();
      switch (types.get(i).asText()) {
        case "address" -> words.hash(AccountId.fromHex(text).toSubject());
        case "bytes32" -> words.hash(Hash.fromHex(text));
        default -> words.u256(new BigInteger(text));
      }
    }
    return words.toBytes();
  }

  private static List<Hash> hashes(JsonNode array) {
    return Vectors.stream(array).map(node -> Hash.fromHex(node.asText())).toList();
  }
}
