package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceCommitmentTest {
  private static final Hash ROOT = Hash.fromHex("11".repeat(32));
  private static final PieceCommitment PIECE = new PieceCommitment(1000, 5, ROOT);

  static Stream<JsonNode> sizes() {
    return PdpCases.of("sizing");
  }

  static Stream<JsonNode> invalidCids() {
    return PdpCases.of("invalidPieceCidV2");
  }

  static Stream<JsonNode> zeroRoots() {
    return PdpCases.of("zeroCommitments");
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void numbersOfAPieceFollowFromItsSize(JsonNode example) {
    long rawSize = example.required("rawSize").asLong();
    int height = PieceCommitment.heightFor(rawSize);
    PieceCommitment piece = new PieceCommitment(rawSize, height, ROOT);
    assertThat(height).isEqualTo(example.required("height").asInt());
    assertThat(piece.padding()).isEqualTo(example.required("padding").asLong());
    assertThat(piece.leafCount()).isEqualTo(example.required("leafCount").asLong());
    assertThat(piece.paddedSize()).isEqualTo(example.required("paddedPieceSize").asLong());
    assertThat(piece.hasLeastHeight()).isTrue();
    if (example.required("paddingExcessive").asBoolean()) {
      assertMalformed(piece.encode(), "leave no data");
    } else {
      assertThat(PieceCommitment.decode(piece.encode())).isEqualTo(piece);
    }
  }

  @ParameterizedTest
  @MethodSource("zeroRoots")
  void rootsOfZeroTreesAreThoseOfTheContract(JsonNode example) {
    assertThat(ZeroTree.root(example.required("height").asInt()))
        .isEqualTo(Hash.fromHex(example.required("root").asText()));
  }

  @ParameterizedTest
  @MethodSource("invalidCids")
  void cidsThatTheContractRefusesAreRefused(JsonNode example) {
    Bytes cid = Bytes.fromHex(example.required("hex").asText());
    assertMalformed(cid, "");
    assertThatThrownBy(() -> PieceCommitment.parse(Base32.multibase(cid.toArray())))
        .isInstanceOf(MalformedPieceException.class);
  }

  @Test
  void eachFlawOfACidIsNamed() {
    String root = "11".repeat(32);
    assertThat(PieceCommitment.decode(Bytes.fromHex("015591202201" + "02" + root)).rawSize())
        .isEqualTo(126);
    assertMalformed(Bytes.EMPTY, "begin");
    assertMalformed(Bytes.fromHex("01559120"), "cut off");
    assertMalformed(Bytes.fromHex("01559120a20001" + "02" + root), "longer than it needs");
    assertMalformed(Bytes.fromHex("01559120238100" + "02" + root), "longer than it needs");
    assertMalformed(Bytes.fromHex("01559120230102" + "02" + root), "padding, height and root");
    assertMalformed(Bytes.fromHex("015591202201" + "01" + root), "height is from 2 to 50");
    assertMalformed(Bytes.fromHex("015591202201" + "33" + root), "height is from 2 to 50");
    assertMalformed(Bytes.fromHex("015591202201" + "ff" + root), "height is from 2 to 50");
    assertMalformed(Bytes.fromHex("015591202a" + "ffffffffffffffff7f" + "32" + root), "no data");
    assertMalformed(
        Bytes.fromHex("015591202b" + "ffffffffffffffffff01" + "32" + root), "does not have 43");
    assertMalformed(Bytes.fromHex("01559120" + "ffffffffffffffffff01" + root), "more than 9");
  }

  @Test
  void paddingMayFillAllButOneByteOfTheHighestTree() {
    PieceCommitment least = new PieceCommitment(1, PieceCommitment.MAX_HEIGHT, ROOT);
    assertThat(PieceCommitment.decode(least.encode())).isEqualTo(least);
    assertThat(least.leafCount()).isEqualTo(1);
    assertThat(least.hasLeastHeight()).isFalse();
    long capacity = PieceCommitment.capacity(PieceCommitment.MAX_HEIGHT);
    PieceCommitment full = new PieceCommitment(capacity, PieceCommitment.MAX_HEIGHT, ROOT);
    assertThat(PieceCommitment.parse(full.pieceCidV2())).isEqualTo(full);
    assertThat(full.leafCount()).isEqualTo(1L << PieceCommitment.MAX_HEIGHT);
  }

  @Test
  void aSizeThatTheTreeCannotHoldIsRefused() {
    assertThatThrownBy(() -> new PieceCommitment(128, 2, ROOT))
        .isInstanceOf(MalformedPieceException.class);
    assertThatThrownBy(() -> new PieceCommitment(-1, 2, ROOT))
        .isInstanceOf(MalformedPieceException.class);
    assertThatThrownBy(() -> PieceCommitment.heightFor(Long.MAX_VALUE))
        .isInstanceOf(MalformedPieceException.class);
    assertThatThrownBy(() -> PieceCommitment.heightFor(-1))
        .isInstanceOf(MalformedPieceException.class);
  }

  @Test
  void heightGrowsWithTheFirstByteThatDoesNotFit() {
    for (int height = PieceCommitment.MIN_HEIGHT; height < PieceCommitment.MAX_HEIGHT; height++) {
      long capacity = PieceCommitment.capacity(height);
      assertThat(PieceCommitment.heightFor(capacity)).isEqualTo(height);
      assertThat(PieceCommitment.heightFor(capacity + 1)).isEqualTo(height + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "z", "bafkzcib", "bafkzcib=", "b-", "bé"})
  void textThatIsNoCidIsRefused(String text) {
    assertThatThrownBy(() -> PieceCommitment.parse(text))
        .isInstanceOf(MalformedPieceException.class);
  }

  @Test
  void thereIsOneTextForACid() {
    String text = PIECE.pieceCidV2();
    assertThat(PieceCommitment.parse(text)).isEqualTo(PIECE);
    assertThatThrownBy(() -> PieceCommitment.parse(text.toUpperCase(Locale.ROOT)))
        .isInstanceOf(MalformedPieceException.class);
    assertThatThrownBy(() -> PieceCommitment.parse(text + "a"))
        .isInstanceOf(MalformedPieceException.class);
    assertThatThrownBy(() -> PieceCommitment.parse(text + "a".repeat(100)))
        .hasMessageContaining("at most");
  }

  @Test
  void strayBitsAtTheEndOfTheTextAreRefused() {
    assertThat(Base32.parseMultibase("baa")).containsExactly(0);
    assertThatThrownBy(() -> Base32.parseMultibase("bab")).hasMessageContaining("stray bits");
    assertThatThrownBy(() -> Base32.parseMultibase("baaa")).hasMessageContaining("stray bits");
  }

  @Test
  void commitmentsAreEqualByContent() {
    PieceCommitment same = new PieceCommitment(1000, 5, Hash.fromHex("11".repeat(32)));
    assertThat(same).isEqualTo(PIECE).hasSameHashCodeAs(PIECE);
    assertThat(new PieceCommitment(999, 5, ROOT)).isNotEqualTo(PIECE);
    assertThat(new PieceCommitment(1000, 5, Hash.ZERO)).isNotEqualTo(PIECE);
  }

  private static void assertMalformed(Bytes cid, String message) {
    assertThatThrownBy(() -> PieceCommitment.decode(cid))
        .isInstanceOf(MalformedPieceException.class)
        .hasMessageContaining(message);
  }
}
