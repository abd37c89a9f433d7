package org.groundwork.networks.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.groundwork.networks.storage.wire.PieceProof;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ReportBody;
import org.groundwork.rules.Carry;
import org.groundwork.rules.ResourceNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageParametersTest {
  private static final String DEFAULT =
      "{\"answerSlots\":2,\"challengesPerSlot\":20,\"egressPricePerGiB\":\"6835937500000000\","
          + "\"maxDealsPerDevice\":4000,\"minimumRatePerGiBSlot\":\"56514034000\"}";

  @Test
  void theNetworkIsFoundWithItsDefaults() throws Malformed {
    ResourceNetwork found =
        ServiceLoader.load(ResourceNetwork.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(network -> network.kind().equals(StorageNetwork.KIND))
            .findFirst()
            .orElseThrow();
    assertThat(found.defaultParameters()).isEqualTo(bytes(DEFAULT));
    assertThat(found.rules(found.newest(), found.defaultParameters()))
        .isInstanceOf(StorageRules.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"answerSlots\":2}",
        "[DEFAULT]",
        "[DEFAULT] ",
        "[MISSING]",
        "[TWICE]",
        "[UNKNOWN]",
        "[BLANK]",
        "[ORDER]",
        "[ZERO]",
        "[ABOVE]",
        "[LEADING]",
        "[NEGATIVE]",
        "[QUOTED]",
        "[UNQUOTED]"
      })
  void onlyCanonicalTextWithinBoundsIsRead(String which) throws Malformed {
    String text =
        switch (which) {
          case "[DEFAULT]" -> DEFAULT;
          case "[DEFAULT] " -> DEFAULT + " ";
          case "[MISSING]" -> DEFAULT.replace("\"answerSlots\":2,", "");
          case "[TWICE]" -> DEFAULT.replace("{", "{\"answerSlots\":2,");
          case "[UNKNOWN]" -> DEFAULT.replace("}", ",\"speed\":1}");
          case "[BLANK]" -> DEFAULT.replace(",", ", ");
          case "[ORDER]" ->
              DEFAULT.replace("\"answerSlots\":2,", "").replace("}", ",\"answerSlots\":2}");
          case "[ZERO]" -> DEFAULT.replace(":20", ":0");
          case "[ABOVE]" -> DEFAULT.replace(":20", ":65");
          case "[LEADING]" -> DEFAULT.replace(":20", ":020");
          case "[NEGATIVE]" -> DEFAULT.replace(":20", ":-20");
          case "[QUOTED]" -> DEFAULT.replace(":20", ":\"20\"");
          case "[UNQUOTED]" -> DEFAULT.replace("\"6835937500000000\"", "6835937500000000");
          default -> which;
        };
    if (which.equals("[DEFAULT]")) {
      assertThat(StorageParameters.decode(bytes(text))).isEqualTo(StorageParameters.DEFAULT);
    } else {
      assertThatThrownBy(() -> StorageParameters.decode(bytes(text))).isInstanceOf(Malformed.class);
    }
  }

  /** The bounds of the parameters keep what they bound within the protocol's limits. */
  @Test
  void theLargestAnswerFitsIntoAReportAndTheMostDealsIntoACarry() {
    int answer =
        1
            + 8
            + 32
            + 1
            + StorageParameters.MAX_CHALLENGES
                * (2 + PieceProof.encodedSize(HeldDeal.MAX_PIECE_HEIGHT));
    assertThat(answer).isLessThanOrEqualTo(ReportBody.MAX_PAYLOAD);
    int deal = 2 * AccountId.SIZE + 3 * 32 + 2 * 8 + 1 + 64;
    int carry = 1 + 16 + 2 + 32 + 2 + StorageParameters.MAX_DEALS * deal;
    assertThat(carry).isLessThanOrEqualTo(Carry.MAX_SIZE);
    assertThat(new StorageCarry(0, 0, java.util.List.of(), new TreeMap<>()).encode())
        .isEqualTo(Carry.NONE);
  }

  private static Bytes bytes(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
