package org.groundwork.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the promises of {@code contracts/bin/promise-vectors}, which the contracts check too. */
class PromiseTest {
  private static final JsonNode ALL = Vectors.read("promise/vectors.json");

  static Stream<JsonNode> batches() {
    return Vectors.stream(ALL.get("batches"));
  }

  @ParameterizedTest
  @MethodSource("batches")
  void isGenuineForEveryReportOfItsBatch(JsonNode batch) {
    SigningDomain domain =
        SigningDomain.of(Vectors.number(ALL, "chainId"), Vectors.account(ALL, "registry"));
    AccountId gateway = Vectors.account(ALL, "gateway");
    assertThat(
            Statements.promise(
                domain.deployment(), gateway, slot(batch), Vectors.hash(batch, "batch")))
        .isEqualTo(Vectors.hash(batch, "structHash"));
    for (int i = 0; i < batch.get("size").asInt(); i++) {
      Promise promise = promise(batch, gateway, i, i);
      assertThat(promise.batch()).contains(Vectors.hash(batch, "batch"));
      assertThat(promise.isGenuine(domain)).isTrue();
      if (i > 0) {
        assertThat(promise(batch, gateway, i, i - 1).isGenuine(domain)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("batches")
  void isCalledBrokenByOneStatement(JsonNode batch) {
    assertThat(
            Statements.brokenPromise(
                new DeploymentId(Vectors.hash(ALL, "deployment")),
                new EpochNumber(batch.get("epoch").asLong()),
                Vectors.account(ALL, "gateway"),
                Vectors.hash(batch.get("reports").get(0), "report")))
        .isEqualTo(Vectors.hash(batch, "broken"));
  }

  private static Promise promise(JsonNode batch, AccountId gateway, int row, int index) {
    JsonNode report = batch.get("reports").get(row);
    return new Promise(
        gateway,
        slot(batch),
        Vectors.hash(report, "report"),
        index,
        batch.get("size").asInt(),
        Vectors.stream(report.get("path")).map(hash -> Hash.fromHex(hash.asText())).toList(),
        Bytes.fromHex(batch.get("signature").asText()));
  }

  private static SlotNumber slot(JsonNode batch) {
    return new SlotNumber(batch.get("slot").asLong());
  }
}
