package org.groundwork.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.gateway.Sender;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Report;

/** What a gateway answers: reports in, segments and indexes out. */
public final class GatewayRoutes implements Routes {
  /** How long a peer on a stream may let its answers wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Gateway gateway;
  private final InstantSource clock;
  private final Bodies bodies;

  /** A search reads all segments of an epoch: so many at once. */
  private final Semaphore searching = new Semaphore(2);

  public GatewayRoutes(Gateway gateway, InstantSource clock, ServerSettings settings) {
    this.gateway = gateway;
    this.clock = clock;
    bodies = new Bodies(clock, settings.maxBodyBytes());
  }

  @Override
  public void addTo(HttpRouting.Builder routing) {
    routing
        .post("/v1/reports", Replies.guarded(this::submit))
        .get("/v1/segments/{hash}", Replies.guarded(this::segment))
        .get("/v1/indexes/{hash}", Replies.guarded(this::index))
        .get("/v1/epochs/{epoch}/segments", Replies.guarded(this::sealed))
        .get("/v1/devices/{device}/segments", Replies.guarded(this::holding));
  }

  /** Streams of reports, by upgrading a connection. */
  @Override
  public List<Http1Upgrader> upgraders() {
    return List.of(new StreamUpgrader(gateway.admission(), clock, PATIENCE));
  }

  private void submit(ServerRequest request, ServerResponse response)
      throws ApiException, IOException, InterruptedException {
    Sender sender = gateway.admission().sender(SenderAddress.of(request.remotePeer()));
    bodies.read(request, ReportBatch.MAX_BYTES, body -> submit(sender, body, response));
  }

  private void submit(Sender sender, Bytes body, ServerResponse response)
      throws InterruptedException {
    List<Report> reports;
    try {
      reports = ReportBatch.decode(body);
    } catch (ReportBatch.Unreadable e) {
      Refusal refusal = e.refusal();
      String message = refusal.sentence() + " " + e.getMessage();
      Replies.json(response, AnswerJson.status(refusal), AnswerJson.of(refusal, message));
      return;
    }
    List<Answer> answers = gateway.admission().admit(sender, reports);
    if (answers.size() == 1) {
      Answer answer = answers.getFirst();
      AnswerJson.retryAfter(answer)
          .ifPresent(wait -> Replies.retryAfter(response, wait.toSeconds()));
      Replies.json(response, AnswerJson.status(answer), AnswerJson.of(answer));
    } else {
      ArrayNode array = Json.array();
      answers.forEach(answer -> array.add(AnswerJson.of(answer)));
      Replies.json(response, array);
    }
  }

  private void sealed(ServerRequest request, ServerResponse response) throws ApiException {
    ArrayNode array = Json.array();
    gateway.sealedIn(Requests.epoch(request)).forEach(segment -> array.add(segment.toHex()));
    Replies.json(response, array);
  }

  private void holding(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    Requests.holding(request, response, searching, gateway::holding);
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
