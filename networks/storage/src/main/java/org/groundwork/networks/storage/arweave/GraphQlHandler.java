package org.groundwork.networks.storage.arweave;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.groundwork.networks.storage.content.Queries;

/** GraphQL over HTTP: a JSON body, or parameters. */
final class GraphQlHandler {
  private static final int MAX_BYTES = 256 << 10;

  private final GraphQlApi api;

  GraphQlHandler(ItemIndex index) {
    api = new GraphQlApi(index);
  }

  void handle(String method, ServerRequest request, ServerResponse response) throws IOException {
    if (method.equals("POST")) {
      byte[] body = request.content().inputStream().readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw new ItemRejected(413, "A query has at most " + MAX_BYTES + " bytes.");
      }
      Map<?, ?> json = Json.read(body);
      answer(
          json.get("query") instanceof String query ? query : "",
          json.get("variables") instanceof Map<?, ?> map ? map : Map.of(),
          response);
    } else {
      Map<String, String> parameters = Queries.of(request);
      String variables = parameters.getOrDefault("variables", "{}");
      answer(
          parameters.getOrDefault("query", ""),
          Json.read(variables.getBytes(StandardCharsets.UTF_8)),
          response);
    }
  }

  private void answer(String query, Map<?, ?> variables, ServerResponse response)
      throws ItemRejected {
    if (query.isBlank()) {
      throw new ItemRejected(400, "There is no query.");
    }
    Json.send(response, api.execute(query, GraphQlApi.variables(variables)));
  }
}
