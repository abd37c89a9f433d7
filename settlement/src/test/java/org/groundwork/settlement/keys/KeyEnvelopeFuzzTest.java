package org.groundwork.settlement.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The sealed part of a key file is read, or refused with the one exception. */
class KeyEnvelopeFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    try {
      JsonNode json = JSON.readTree(data);
      assertThat(KeyEnvelope.fromJson(json)).isNotNull();
    } catch (IOException | IllegalArgumentException refused) {
      return;
    }
  }
}
