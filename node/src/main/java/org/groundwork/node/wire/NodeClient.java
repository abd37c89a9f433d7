package org.groundwork.node.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * Speaks to one node. Answers are bounded in size and time; what they say is checked for form only,
 * its truth is for the caller to judge. Safe for use by many threads.
 */
public final class NodeClient implements Peer {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int NOT_FOUND = 404;

  /** The most bytes of a JSON answer. */
  private static final int MAX_JSON = 16 << 20;

  /** The most bytes of one signed word. */
  private static final int MAX_WORD = 16 << 10;

  /** The most bytes of a published file. */
  private static final int MAX_FILE = 1 << 30;

  /** Compressed bytes are at most a little more than canonical ones. */
  private static final int MAX_SEGMENT = Segment.MAX_SIZE + (1 << 20);

  private final HttpClient http;
  private final URI base;
  private final Duration patience;

  /**
   * A client of the node at a base address.
   *
   * @param patience how long one request may take in all
   */
  public NodeClient(HttpClient http, URI base, Duration patience) {
    this.http = http;
    this.base = base;
    this.patience = patience;
  }

  /** The HTTP client to share among all peers. */
  public static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  public URI base() {
    return base;
  }

  /** What the node answers to encoded reports: an object for one, an array for several. */
  public JsonNode submit(Bytes reports) throws IOException {
    HttpRequest.Builder request = request("/v1/reports").POST(body(reports));
    HttpResponse<byte[]> response = send(request, MAX_JSON);
    return json(response.body());
  }

  @Override
  public SlotSignature putSegment(
      SigningDomain domain, AccountKey gateway, InstantSource clock, Hash segment, Bytes compressed)
      throws IOException {
    String target = "/v1/segments/" + segment.toHex();
    HttpRequest.Builder request = request(target).PUT(body(compressed));
    RequestSignature.sign(domain, gateway, clock, "PUT", target, compressed)
        .headers()
        .forEach(request::header);
    JsonNode json = json(ok(send(request, MAX_JSON)));
    try {
      return new SlotSignature(
          Json.account(json, "verifier"),
          new SlotNumber(Json.count(json, "slot")),
          Json.bytes(json, "signature"));
    } catch (Malformed | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  @Override
  public IndexCertificate certify(
      SigningDomain domain, AccountKey gateway, InstantSource clock, SegmentIndex index)
      throws IOException {
    String target = "/v1/certificates";
    Bytes content = index.encode();
    HttpRequest.Builder request = request(target).POST(body(content));
    RequestSignature.sign(domain, gateway, clock, "POST", target, content)
        .headers()
        .forEach(request::header);
    JsonNode json = json(ok(send(request, MAX_JSON)));
    try {
      return IndexCertificate.fromJson(json);
    } catch (Malformed e) {
      throw unreadable(e);
    }
  }

  @Override
  public List<IndexCertificate> certificates(EpochNumber epoch) throws IOException {
    JsonNode json = json(ok(send(request("/v1/certificates/" + epoch).GET(), MAX_JSON)));
    try {
      List<IndexCertificate> certificates = new ArrayList<>();
      for (JsonNode each : json) {
        certificates.add(IndexCertificate.fromJson(each));
      }
      return certificates;
    } catch (Malformed e) {
      throw unreadable(e);
    }
  }

  @Override
  public Optional<Bytes> segment(Hash segment) throws IOException {
    return bytes("/v1/segments/" + segment.toHex(), MAX_SEGMENT);
  }

  @Override
  public Optional<Bytes> index(Hash index) throws IOException {
    return bytes("/v1/indexes/" + index.toHex(), SegmentIndex.MAX_SIZE);
  }

  @Override
  public Optional<Bytes> carry(Hash root) throws IOException {
    return bytes("/v1/carry/" + root.toHex(), MAX_FILE);
  }

  /** The segments that a gateway has sealed in an epoch so far. */
  public List<Hash> sealed(EpochNumber epoch) throws IOException {
    return hashes("/v1/epochs/" + epoch + "/segments");
  }

  /** The segments of the node that hold a report. */
  public List<Hash> holding(DeviceId device, Sequence sequence) throws IOException {
    return hashes(
        "/v1/devices/%s/segments?epoch=%s&counter=%d"
            .formatted(device, sequence.epoch(), sequence.counter()));
  }

  /** The roots of the carries that the node has. */
  public List<Hash> carries() throws IOException {
    return hashes("/v1/carry");
  }

  private List<Hash> hashes(String target) throws IOException {
    JsonNode json = json(ok(send(request(target).GET(), MAX_JSON)));
    try {
      List<Hash> roots = new ArrayList<>();
      for (JsonNode each : json) {
        roots.add(Json.hash(each.asText()));
      }
      return roots;
    } catch (Malformed e) {
      throw unreadable(e);
    }
  }

  /** A published file of an epoch; empty if the node does not have it. */
  public Optional<Bytes> file(EpochNumber epoch, String name) throws IOException {
    return bytes("/v1/epochs/" + epoch + "/files/" + name, MAX_FILE);
  }

  @Override
  public Optional<SignedStatement> statement(EpochNumber epoch) throws IOException {
    HttpResponse<byte[]> response = send(request("/v1/statements/" + epoch).GET(), MAX_JSON);
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedStatement.fromJson(json(ok(response))));
    } catch (Malformed e) {
      throw unreadable(e);
    }
  }

  @Override
  public Optional<SignedPresence> presence(EpochNumber epoch) throws IOException {
    HttpResponse<byte[]> response = send(request("/v1/presence/" + epoch).GET(), MAX_WORD);
    if (response.statusCode() == NOT_FOUND) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedPresence.fromJson(json(ok(response))));
    } catch (Malformed e) {
      throw unreadable(e);
    }
  }

  @Override
  public BrokenPromise brokenPromise(Promise promise) throws IOException {
    HttpRequest.Builder request = request("/v1/broken-promise").POST(body(promise.encode()));
    try {
      return BrokenPromise.fromJson(json(ok(send(request, MAX_WORD))));
    } catch (Malformed e) {
      throw unreadable(e);
    }
  }

  /** Any JSON of the node, by its path and query. */
  public Optional<JsonNode> json(String target) throws IOException {
    HttpResponse<byte[]> response = send(request(target).GET(), MAX_JSON);
    return response.statusCode() == NOT_FOUND ? Optional.empty() : Optional.of(json(ok(response)));
  }

  private Optional<Bytes> bytes(String target, int max) throws IOException {
    HttpResponse<byte[]> response = send(request(target).GET(), max);
    return response.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(Bytes.wrap(ok(response)));
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(base.resolve(target)).timeout(patience);
  }

  private static HttpRequest.BodyPublisher body(Bytes content) {
    return HttpRequest.BodyPublishers.ofByteArray(content.unsafeArray());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, int max) throws IOException {
    HttpResponse.BodyHandler<byte[]> bounded =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), max);
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request.build(), bounded);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + base + " was asked");
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(base + " did not answer within " + patience, e);
    } catch (ExecutionException e) {
      throw new IOException(base + " could not be asked: " + e.getCause(), e);
    }
  }

  private byte[] ok(HttpResponse<byte[]> response) throws IOException {
    if (response.statusCode() == 200) {
      return response.body();
    }
    String code = "";
    String message = base + " answered with status " + response.statusCode();
    try {
      JsonNode error = Json.member(Json.decode(Bytes.wrap(response.body())), "error");
      code = Json.text(error, "code");
      message += ": " + Json.text(error, "message");
    } catch (Malformed e) {
      // The status alone has to do.
    }
    throw new PeerException(response.statusCode(), code, message);
  }

  private JsonNode json(byte[] content) throws IOException {
    try {
      return Json.decode(Bytes.wrap(content));
    } catch (Malformed e) {
      throw unreadable(e);
    }
  }

  private IOException unreadable(Exception cause) {
    return new PeerException(
        200, "answer.malformed", base + " gave an answer that cannot be read: " + cause);
  }
}
