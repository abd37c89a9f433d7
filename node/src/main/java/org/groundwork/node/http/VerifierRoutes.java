package org.groundwork.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.audit.Explanation;
import org.groundwork.engine.audit.Why;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.segment.Segment;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.verifier.Verifier;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.node.wire.SignedPresence;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Sequence;

/** What a verifier answers: segments and indexes in, everything it found out. */
public final class VerifierRoutes implements Routes {
  /** Compressed bytes are at most a little more than canonical ones. */
  private static final int MAX_SEGMENT = Segment.MAX_SIZE + (1 << 20);

  private final Verifier verifier;
  private final EpochChain chain;
  private final Explainers explainers;
  private final InstantSource clock;
  private final Bodies bodies;

  /** An explanation may read a whole result from disk: so many at once. */
  private final Semaphore explaining = new Semaphore(4);

  /** Where an explainer of the networks of the moment comes from. */
  public interface Explainers {
    Why get() throws IOException;
  }

  public VerifierRoutes(
      Verifier verifier,
      EpochChain chain,
      Explainers explainers,
      InstantSource clock,
      ServerSettings settings) {
    this.verifier = verifier;
    this.chain = chain;
    this.explainers = explainers;
    this.clock = clock;
    bodies = new Bodies(clock, settings.maxBodyBytes());
  }

  @Override
  public void addTo(HttpRouting.Builder routing) {
    routing
        .put("/v1/segments/{hash}", Replies.guarded(this::putSegment))
        .post("/v1/certificates", Replies.guarded(this::certify))
        .get("/v1/certificates/{epoch}", Replies.guarded(this::certificates))
        .get("/v1/segments/{hash}", Replies.guarded(this::segment))
        .get("/v1/indexes/{hash}", Replies.guarded(this::index))
        .get("/v1/carry", Replies.guarded(this::carries))
        .get("/v1/carry/{hash}", Replies.guarded(this::carry))
        .get("/v1/statements/{epoch}", Replies.guarded(this::statement))
        .get("/v1/presence/{epoch}", Replies.guarded(this::presence))
        .post("/v1/broken-promise", Replies.guarded(this::brokenPromise))
        .get("/v1/epochs/{epoch}/files/{+name}", Replies.guarded(this::file))
        .get("/v1/devices/{device}/segments", Replies.guarded(this::holding))
        .get("/v1/devices/{device}/why", Replies.guarded(this::why));
  }

  private void putSegment(ServerRequest request, ServerResponse response)
      throws ApiException, IOException, InterruptedException {
    Hash hash = Requests.hash(request, "hash");
    bodies.read(
        request,
        MAX_SEGMENT,
        body -> {
          AccountId gateway = Requests.signer(request, body, chain.domain(), clock);
          SlotSignature signed = verifier.reception().receive(gateway, hash, body);
          Replies.json(
              response,
              Json.object()
                  .put("verifier", signed.verifier().toHex())
                  .put("slot", signed.slot().value())
                  .put("signature", signed.signature().toHex()));
        });
  }

  private void certify(ServerRequest request, ServerResponse response)
      throws ApiException, IOException, InterruptedException {
    bodies.read(
        request,
        SegmentIndex.MAX_SIZE,
        body -> {
          AccountId gateway = Requests.signer(request, body, chain.domain(), clock);
          Replies.json(response, verifier.reception().certify(gateway, body).toJson());
        });
  }

  private void certificates(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    ArrayNode array = Json.array();
    verifier
        .reception()
        .certificates(Requests.epoch(request))
        .forEach(certificate -> array.add(certificate.toJson()));
    Replies.json(response, array);
  }

  private void segment(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    Replies.bytes(response, verifier.segment(Requests.hash(request, "hash")));
  }

  private void index(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    Replies.bytes(response, verifier.index(Requests.hash(request, "hash")));
  }

  private void carry(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    Replies.bytes(response, verifier.carry(Requests.hash(request, "hash")));
  }

  private void carries(ServerRequest request, ServerResponse response) {
    ArrayNode array = Json.array();
    verifier.carries().forEach(root -> array.add(root.toHex()));
    Replies.json(response, array);
  }

  private void statement(ServerRequest request, ServerResponse response) throws ApiException {
    SignedStatement statement =
        verifier
            .statement(Requests.epoch(request))
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    Replies.json(response, statement.toJson());
  }

  private void presence(ServerRequest request, ServerResponse response) throws ApiException {
    SignedPresence presence =
        verifier
            .presence(Requests.epoch(request))
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    Replies.json(response, presence.toJson());
  }

  private void brokenPromise(ServerRequest request, ServerResponse response)
      throws ApiException, IOException, InterruptedException {
    bodies.read(
        request,
        Promise.MAX_ENCODED,
        body -> {
          Promise promise;
          try {
            promise = Promise.decode(body);
          } catch (Malformed e) {
            throw new ApiException(ApiError.MALFORMED, String.valueOf(e.getMessage()));
          }
          Replies.json(response, verifier.promises().check(promise).toJson());
        });
  }

  private void file(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    String name = request.path().pathParameters().get("name");
    if (!name.matches("[a-z0-9]+(/[a-z0-9]+)?\\.[a-z]+")) {
      throw new ApiException(ApiError.NOT_FOUND);
    }
    Replies.bytes(response, verifier.publication().file(Requests.epoch(request), name));
  }

  private void holding(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    Requests.holding(request, response, explaining, verifier::holding);
  }

  private void why(ServerRequest request, ServerResponse response)
      throws ApiException, IOException {
    if (!explaining.tryAcquire()) {
      throw new ApiException(ApiError.BUSY);
    }
    try {
      Replies.json(response, ExplanationJson.of(explain(request)));
    } finally {
      explaining.release();
    }
  }

  private Explanation explain(ServerRequest request) throws ApiException, IOException {
    DeviceId device = Requests.device(request);
    PublishedResult result = result(request);
    Why why = explainers.get();
    Optional<String> counter = Requests.query(request, "counter");
    return counter.isEmpty()
        ? why.device(result, device, verifier::readSegment)
        : why.report(
            result, device, sequence(request, result, counter.get()), verifier::readSegment);
  }

  private static Sequence sequence(ServerRequest request, PublishedResult result, String counter)
      throws ApiException {
    long number = Requests.number(counter);
    if (number > 0xFFFF_FFFFL) {
      throw new ApiException(ApiError.MALFORMED, counter + " is no counter.");
    }
    Optional<String> epoch = Requests.query(request, "epoch");
    return Sequence.of(
        epoch.isPresent() ? Requests.epoch(epoch.get()) : result.statement().epoch(), number);
  }

  /** The result of the epoch in the query, or the last one. */
  private PublishedResult result(ServerRequest request) throws ApiException, IOException {
    Optional<String> wanted = Requests.query(request, "epoch");
    Optional<EpochNumber> last =
        verifier.publication().epochs().stream().reduce((_, second) -> second);
    Optional<EpochNumber> epoch =
        wanted.isPresent() ? Optional.of(Requests.epoch(wanted.get())) : last;
    Optional<PublishedResult> result =
        epoch.isEmpty() ? Optional.empty() : verifier.publication().result(epoch.get());
    return result.orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
  }
}
