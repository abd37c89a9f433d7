package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;

/**
 * Whatever a decoder accepts, its encoder writes again byte for byte; whatever else it gets, it
 * refuses with the one exception. Jazzer looks for inputs when it is switched on; the mutations run
 * every time.
 */
class DecoderFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 20_000;
  private static final PieceCommitment PIECE =
      new PieceCommitment(1000, 5, Hash.fromHex("11".repeat(32)));
  private static final PieceProof PROOF =
      new PieceProof(5, Hash.ZERO, List.of(Hash.ZERO, Hash.ZERO, Hash.ZERO));

  @FuzzTest
  void cidBytesAreReadCanonically(byte[] input) {
    checkCid(input);
  }

  @FuzzTest
  void cidTextIsReadCanonically(byte[] input) {
    checkText(input);
  }

  @FuzzTest
  void proofsAreReadCanonically(byte[] input) {
    checkProof(input);
  }

  @Test
  void mutatedCidsAreReadCanonically() {
    assertThat(mutate(PIECE.encode().toArray(), DecoderFuzzTest::checkCid)).isBetween(100, ROUNDS);
  }

  @Test
  void mutatedCidTextsAreReadCanonically() {
    byte[] text = PIECE.pieceCidV2().getBytes(StandardCharsets.US_ASCII);
    assertThat(mutate(text, DecoderFuzzTest::checkText)).isBetween(100, ROUNDS);
  }

  @Test
  void mutatedProofsAreReadCanonically() {
    assertThat(mutate(PROOF.encode().toArray(), DecoderFuzzTest::checkProof))
        .isBetween(100, ROUNDS);
  }

  private static boolean checkCid(byte[] input) {
    return check(Bytes.of(input), PieceCommitment::decode, PieceCommitment::encode);
  }

  private static boolean checkText(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    return check(text, PieceCommitment::parse, PieceCommitment::pieceCidV2);
  }

  private static boolean checkProof(byte[] input) {
    return check(Bytes.of(input), PieceProof::decode, PieceProof::encode);
  }

  /** Whether the input was accepted. */
  private static <I, V> boolean check(I input, Function<I, V> decode, Function<V, I> encode) {
    V value;
    try {
      value = decode.apply(input);
    } catch (MalformedPieceException refused) {
      return false;
    }
    assertThat(encode.apply(value)).isEqualTo(input);
    return true;
  }

  /** Feeds inputs near a good one; answers how many of them were accepted. */
  private static int mutate(byte[] good, Function<byte[], Boolean> check) {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = good.clone();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        input = change(input, random);
      }
      accepted += check.apply(input) ? 1 : 0;
    }
    return accepted;
  }

  private static byte[] change(byte[] input, Random random) {
    int at = random.nextInt(input.length + 1);
    int next = Math.min(at + 1, input.length);
    byte[] one = {(byte) random.nextInt()};
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(input, at);
      case 1 -> replace(input, at, at, one);
      case 2 -> replace(input, at, next, new byte[0]);
      default -> replace(input, at, next, one);
    };
  }

  private static byte[] replace(byte[] input, int from, int to, byte[] by) {
    return ByteBuffer.allocate(input.length - (to - from) + by.length)
        .put(input, 0, from)
        .put(by)
        .put(input, to, input.length - to)
        .array();
  }
}
