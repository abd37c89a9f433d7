package org.groundwork.settlement.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.settlement.deploy.Artifact;
import org.junit.jupiter.api.Test;

class EventDecoderTest {
  /** Events of the contracts that say nothing that anything off chain depends on. */
  private static final Set<String> NOT_READ =
      Set.of(
          "Approval",
          "EIP712DomainChanged",
          "ApprovalForAll",
          "OwnershipTransferStarted",
          "OwnershipTransferred",
          "NetworkSettled",
          "StakeWithdrawn",
          "PriceDoubted");

  @Test
  void readsEachEventWithTheSignatureOfTheContractThatEmitsIt() {
    for (Map.Entry<String, List<String>> entry : EventDecoder.SIGNATURES.entrySet()) {
      Set<String> inAbi = new TreeSet<>();
      for (JsonNode item : Artifact.of(entry.getKey()).abi()) {
        if (item.path("type").asText().equals("event")
            && !NOT_READ.contains(item.path("name").asText())) {
          inAbi.add(item.path("name").asText() + types(item.path("inputs")));
        }
      }
      assertThat(new TreeSet<>(entry.getValue())).as(entry.getKey()).isEqualTo(inAbi);
    }
  }

  private static String types(JsonNode inputs) {
    StringBuilder text = new StringBuilder("(");
    for (JsonNode input : inputs) {
      if (text.length() > 1) {
        text.append(',');
      }
      String type = input.path("type").asText();
      text.append(
          type.startsWith("tuple")
              ? types(input.path("components")) + type.substring("tuple".length())
              : type);
    }
    return text.append(')').toString();
  }
}
