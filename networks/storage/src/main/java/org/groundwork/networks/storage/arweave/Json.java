package org.groundwork.networks.storage.arweave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.Map;

/** JSON in answers and requests. */
final class Json {
  private static final int MAX_DEPTH = 32;
  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }

  static String text(Map<String, Object> json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and numbers can be written", e);
    }
  }

  static void send(ServerResponse response, Map<String, Object> json) {
    sendText(response, text(json));
  }

  static void sendText(ServerResponse response, String json) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(json);
  }

  /** Reads an object. */
  static Map<?, ?> read(byte[] bytes) throws ItemRejected {
    try {
      Map<?, ?> json = MAPPER.readValue(bytes, Map.class);
      if (json != null) {
        return json;
      }
    } catch (IOException e) {
      throw new ItemRejected(400, "The body is no JSON object.");
    }
    throw new ItemRejected(400, "The body is no JSON object.");
  }
}
