package org.groundwork.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Report;

/** What a gateway answers: reports in, segments and indexes out. */
public final class GatewayRoutes implements Routes {
  private final Gateway gateway;
  private final Bodies bodies;

  public GatewayRoutes(Gateway gateway, InstantSource clock, ServerSettings settings) {
    this.gateway = gateway;
    bodies = new Bodies(clock, settings.maxBodyBytes());
  }

  @Override
  public void addTo(HttpRouting.Builder routing) {
    routing
        .post("/v1/reports", Replies.guarded(this::submit))
        .get("/v1/segments/{hash}", Replies.guarded(this::segment))
        .get("/v1/indexes/{hash}", Replies.guarded(this::index));
  }

  private void submit(ServerRequest request, ServerResponse response)
      throws ApiException, IOException, InterruptedException {
    bodies.read(request, ReportBatch.MAX_BYTES, body -> submit(body, response));
  }

  private void submit(Bytes body, ServerResponse response) throws InterruptedException {
    List<Report> reports;
    try {
      reports = ReportBatch.decode(body);
    } catch (ReportBatch.Unreadable e) {
      Refusal refusal = e.refusal();
      String message = refusal.sentence() + " " + e.getMessage();
      Replies.json(response, AnswerJson.status(refusal), AnswerJson.error(refusal.code(), message));
      return;
    }
    List<Answer> answers = gateway.admit(reports);
    if (answers.size() == 1) {
      Answer answer = answers.getFirst();
      Replies.json(response, AnswerJson.status(answer), AnswerJson.of(answer));
    } else {
      ArrayNode array = Json.array();
      answers.forEach(answer -> array.add(AnswerJson.of(answer)));
      Replies.json(response, array);
    }
  }

  private void segment(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    Replies.bytes(response, gateway.segment(Requests.hash(request, "hash")));
  }

  private void index(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    Replies.bytes(response, gateway.index(Requests.hash(request, "hash")));
  }
}
