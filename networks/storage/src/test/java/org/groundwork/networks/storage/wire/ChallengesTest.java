package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChallengesTest {
  static Stream<JsonNode> cases() {
    return PdpCases.of("challengeDerivation");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesAreThoseThatPdpVerifierAsksFor(JsonNode example) {
    Hash seed = Hash.fromHex(example.required("seedHex").asText());
    Hash set = number(example.required("dataSetId").asLong());
    long range = example.required("challengeRange").asLong();
    long[] leaves =
        LongStream.range(0, example.required("challengeCount").asLong())
            .map(index -> Challenges.leaf(seed, set, index, range))
            .toArray();
    assertThat(leaves).isEqualTo(PdpCases.longs(example.required("challengedLeaf"))).hasSize(5);
  }

  @Test
  void anEmptyHoldingIsNotChallenged() {
    assertThatThrownBy(() -> Challenges.leaf(Hash.ZERO, Hash.ZERO, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Hash number(long value) {
    return Hash.wrap(ByteBuffer.allocate(Hash.SIZE).putLong(Hash.SIZE - 8, value).array());
  }
}
