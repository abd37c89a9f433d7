package org.groundwork.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.rules.Device;

/** What every node answers: the network, the epochs, devices, health and metrics. */
public final class StatusRoutes implements Routes {
  private static final int MAX_EPOCHS = 100;

  private final String role;
  private final JsonNode deployment;
  private final EpochChain chain;
  private final RegistryFeed registry;
  private final InstantSource clock;
  private final PrometheusMeterRegistry meters;
  private final Supplier<List<String>> troubles;

  /**
   * Routes of one role.
   *
   * @param deployment content of the deployment file
   * @param troubles what keeps the role from working
   */
  public StatusRoutes(
      String role,
      JsonNode deployment,
      EpochChain chain,
      RegistryFeed registry,
      InstantSource clock,
      PrometheusMeterRegistry meters,
      Supplier<List<String>> troubles) {
    this.role = role;
    this.deployment = deployment;
    this.chain = chain;
    this.registry = registry;
    this.clock = clock;
    this.meters = meters;
    this.troubles = troubles;
  }

  @Override
  public void addTo(HttpRouting.Builder routing) {
    routing
        .get("/v1/network", Replies.guarded(this::network))
        .get("/v1/epochs", Replies.guarded(this::epochs))
        .get("/v1/epochs/{epoch}", Replies.guarded(this::epoch))
        .get("/v1/devices/{device}", Replies.guarded(this::device))
        .get("/healthz", Replies.guarded(this::health))
        .get("/metrics", Replies.guarded((_, response) -> Replies.text(response, meters.scrape())));
  }

  private void network(ServerRequest request, ServerResponse response) throws IOException {
    EpochSchedule schedule = chain.schedule();
    long now = clock.instant().getEpochSecond();
    EpochNumber epoch = schedule.epochAt(now);
    ObjectNode json = Json.object();
    json.set("deployment", deployment);
    json.putObject("schedule")
        .put("genesis", schedule.genesis())
        .put("slotSeconds", schedule.slotSeconds())
        .put("slotsPerEpoch", schedule.slotsPerEpoch())
        .put("commitSlots", schedule.commitSlots());
    json.put("time", now).put("slot", schedule.slotAt(now).value()).put("epoch", epoch.value());
    operators(chain.gateways(epoch), json.putArray("gateways"));
    operators(chain.verifiers(epoch), json.putArray("verifiers"));
    Replies.json(response, json);
  }

  private static void operators(StakedSet set, ArrayNode array) {
    for (Operator member : set.members()) {
      array
          .addObject()
          .put("signer", member.signer().toHex())
          .put("stake", member.stake().toString())
          .put("endpoint", member.endpoint());
    }
  }

  private void epochs(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    EpochNumber next = chain.nextEpoch();
    Optional<String> from = Requests.query(request, "from");
    EpochNumber first =
        from.isPresent()
            ? Requests.epoch(from.get())
            : new EpochNumber(Math.max(0, next.value() - MAX_EPOCHS));
    ObjectNode json = Json.object().put("next", next.value());
    ArrayNode array = json.putArray("epochs");
    chain.results(first, MAX_EPOCHS).forEach(result -> array.add(json(result)));
    Replies.json(response, json);
  }

  private void epoch(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    AcceptedResult result =
        chain
            .result(Requests.epoch(request))
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    Replies.json(response, json(result));
  }

  private static ObjectNode json(AcceptedResult result) {
    return Json.object()
        .put("epoch", result.epoch().value())
        .put("resultHash", result.resultHash().toHex())
        .put("closeBlock", result.closeBlock().toHex())
        .put("carryRoot", result.carryRoot().toHex())
        .put("moneyRoot", result.moneyRoot().toHex());
  }

  private void device(ServerRequest request, ServerResponse response) throws ApiException {
    Device device =
        registry
            .device(Requests.device(request))
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    Replies.json(
        response,
        Json.object()
            .put("device", device.id().value())
            .put("network", device.network().value())
            .put("owner", device.owner().toHex())
            .put("keyType", device.key().type().code())
            .put("key", device.key().bytes().toHex())
            .put("keyHash", device.key().hash().toHex())
            .put("cell", Long.toUnsignedString(device.cell(), 16)));
  }

  private void health(ServerRequest request, ServerResponse response) {
    List<String> found = troubles.get();
    ObjectNode json =
        Json.object().put("status", found.isEmpty() ? "ok" : "troubled").put("role", role);
    ArrayNode array = json.putArray("troubles");
    found.forEach(array::add);
    Replies.json(response, json);
  }
}
