package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.NodeClient;

/**
 * Why a device was, or was not, paid: what the index knows, and single records with their evidence
 * from the first verifier that tells. So many at once: a verifier reads a whole result for it.
 */
final class Explanations {
  static final Set<String> PARAMETERS = Set.of("device", "epoch");
  private static final int AT_ONCE = 4;

  private final Answers answers;
  private final Semaphore asking = new Semaphore(AT_ONCE);

  Explanations(Answers answers) {
    this.answers = answers;
  }

  ObjectNode explain(Map<String, String> values) throws IOException, ApiException {
    ObjectNode json = answers.read(new Parameters(values, PARAMETERS), DeviceViews::epoch);
    if (!asking.tryAcquire()) {
      throw new ApiException(ApiError.BUSY);
    }
    try {
      Optional<JsonNode> told = ask(json.path("device").asLong(), json.path("epoch").asLong());
      records(json.putArray("records"), told);
      faults(json, told);
      json.put("segmentsGone", told.map(each -> each.path("segmentsGone").asInt()).orElse(0));
      return json;
    } finally {
      asking.release();
    }
  }

  private Optional<JsonNode> ask(long device, long epoch) throws IOException {
    for (NodeClient verifier : answers.scope().nodes().verifiers()) {
      try {
        Optional<JsonNode> told = verifier.json("/v1/devices/" + device + "/why?epoch=" + epoch);
        if (told.isPresent()) {
          return told;
        }
      } catch (IOException e) {
        // Another may tell.
      }
    }
    return Optional.empty();
  }

  private static void records(ArrayNode array, Optional<JsonNode> told) {
    if (told.isEmpty()) {
      return;
    }
    for (JsonNode record : told.get().path("records")) {
      String sequence = record.path("sequence").asText();
      array
          .addObject()
          .put("counter", sequence.substring(sequence.indexOf('/') + 1))
          .put("slot", record.path("slot").asLong())
          .put("segment", record.path("segment").asText())
          .put("bodyHash", record.path("report").asText())
          .put("code", record.path("code").asText())
          .put("happened", record.path("happened").asText())
          .put("evidence", record.path("evidence").asText())
          .put("remedy", record.path("remedy").asText())
          .put("what", record.path("payload").asText());
    }
  }

  private static void faults(ObjectNode json, Optional<JsonNode> told) {
    ArrayNode lines = json.putArray("faultLines");
    if (told.isEmpty()) {
      return;
    }
    for (JsonNode fault : told.get().path("firstFaults")) {
      ObjectNode line =
          lines
              .addObject()
              .put("slot", fault.path("slot").asLong())
              .put("code", fault.path("reason").asText())
              .put("evidence", fault.path("evidence").asText());
      for (JsonNode reason : json.path("reasons")) {
        if (reason.path("code").equals(fault.path("reason"))) {
          line.set("happened", reason.path("happened"));
          line.set("remedy", reason.path("remedy"));
        }
      }
    }
  }
}
