package org.groundwork.networks.storage.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;

/** Speaks {@link ProviderHttp} to providers; every answer is bounded. */
final class HttpProviderClient implements ProviderClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ANSWER = 64 * 1024;
  private static final Duration PROBE = Duration.ofSeconds(3);
  private static final long SLOWEST_BYTES_PER_SECOND = 256 * 1024;

  private final SigningDomain domain;
  private final HttpClient http;
  private final Payer payer;
  private final InstantSource clock;
  private final Duration timeout;

  HttpProviderClient(
      SigningDomain domain, HttpClient http, Payer payer, InstantSource clock, Duration timeout) {
    this.domain = domain;
    this.http = http;
    this.payer = payer;
    this.clock = clock;
    this.timeout = timeout;
  }

  @Override
  public Terms terms(String endpoint) throws IOException {
    byte[] answer = send(request(endpoint, ProviderHttp.TERMS).GET().build(), 0, PROBE);
    try {
      JsonNode json = JSON.readTree(answer);
      return new Terms(
          credits(json, "ratePerGiBSlot"),
          credits(json, "egressPerGiB"),
          json.required("freeBytes").asLong(),
          false);
    } catch (IllegalArgumentException e) {
      throw new IOException("The provider at " + endpoint + " states no terms", e);
    }
  }

  @Override
  public Optional<PriceTag.Signed> price(String endpoint) throws IOException {
    return statement(endpoint, ProviderHttp.PRICE, PriceTag.Signed::decode);
  }

  @Override
  public Optional<MetadataRoot.Signed> root(String endpoint, AccountId account) throws IOException {
    return statement(endpoint, ProviderHttp.ROOTS + account.toHex(), MetadataRoot.Signed::decode);
  }

  @Override
  public void leave(String endpoint, MetadataRoot.Signed root) throws IOException {
    small(
        request(endpoint, ProviderHttp.ROOTS + root.root().payer().toHex())
            .PUT(HttpRequest.BodyPublishers.ofByteArray(root.encode().unsafeArray()))
            .build());
  }

  @Override
  public void put(String endpoint, PieceCommitment piece, byte[] content) throws IOException {
    String path = ProviderHttp.PIECES + piece.pieceCidV2();
    HttpRequest request =
        signed(request(endpoint, path), "PUT", path, ProviderHttp.contentOf(piece))
            .expectContinue(true)
            .PUT(HttpRequest.BodyPublishers.fromPublisher(new ArrayBody(content), content.length))
            .build();
    send(request, 0, timeoutFor(content.length));
  }

  @Override
  public Promise deal(String endpoint, SignedDeal deal) throws IOException {
    CanonicalWriter out = new CanonicalWriter();
    deal.write(out);
    byte[] answer =
        small(
            request(endpoint, ProviderHttp.DEALS)
                .POST(HttpRequest.BodyPublishers.ofByteArray(out.toBytes().unsafeArray()))
                .build());
    try {
      Promise promise =
          Promise.decode(Bytes.fromHex(JSON.readTree(answer).required("promise").asText()));
      if (!promise.isGenuine(domain)) {
        throw new IOException("The provider answered a deal with a forged promise");
      }
      return promise;
    } catch (Malformed | IllegalArgumentException e) {
      throw new IOException("The provider answered no promise to a deal", e);
    }
  }

  @Override
  public void end(String endpoint, Hash deal, Bytes signature) throws IOException {
    small(
        request(endpoint, ProviderHttp.DEALS + "/" + deal.toHex())
            .header(ProviderHttp.SIGNATURE, signature.toHex())
            .DELETE()
            .build());
  }

  @Override
  public boolean holds(String endpoint, PieceCommitment piece) {
    try {
      HttpRequest request =
          request(endpoint, ProviderHttp.PIECES + piece.pieceCidV2()).HEAD().build();
      send(request, 0, PROBE);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public byte[] get(String endpoint, PieceCommitment piece, SignedVoucher voucher)
      throws IOException {
    String path = ProviderHttp.PIECES + piece.pieceCidV2();
    CanonicalWriter out = new CanonicalWriter();
    voucher.write(out);
    HttpRequest request =
        signed(request(endpoint, path), "GET", path, ProviderHttp.contentOf(piece))
            .header(ProviderHttp.VOUCHER, out.toBytes().toHex())
            .GET()
            .build();
    byte[] content = send(request, piece.rawSize(), timeoutFor(piece.rawSize()));
    if (content.length != piece.rawSize()) {
      throw new IOException("The provider sent " + content.length + " bytes of the piece");
    }
    return content;
  }

  private interface Decoder<T> {
    T decode(Bytes encoded) throws Malformed;
  }

  /** A small signed statement; empty if the provider has none, or does not know of such. */
  private <T> Optional<T> statement(String endpoint, String path, Decoder<T> decoder)
      throws IOException {
    byte[] answer;
    try {
      answer = send(request(endpoint, path).GET().build(), MetadataRoot.MAX_SIZE, PROBE);
    } catch (ProviderException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
    try {
      return Optional.of(decoder.decode(Bytes.wrap(answer)));
    } catch (Malformed e) {
      throw new IOException("The provider at " + endpoint + " answers nonsense to " + path, e);
    }
  }

  private HttpRequest.Builder request(String endpoint, String path) {
    return HttpRequest.newBuilder(URI.create(endpoint + path));
  }

  private HttpRequest.Builder signed(
      HttpRequest.Builder request, String method, String path, Hash content) {
    long now = clock.instant().getEpochSecond();
    return request
        .header(ProviderHttp.ACCOUNT, payer.signer().toHex())
        .header(ProviderHttp.TIME, Long.toString(now))
        .header(ProviderHttp.SIGNATURE, payer.signRequest(method, path, content, now).toHex());
  }

  private byte[] small(HttpRequest request) throws IOException {
    return send(request, 0, timeout);
  }

  /** Time for a request and for so many bytes over a slow line. */
  private Duration timeoutFor(long bytes) {
    return timeout.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
  }

  /**
   * Sends a request; the whole answer must be there in time.
   *
   * @param max most bytes of a good answer; the small answers of the protocol are always taken
   */
  private byte[] send(HttpRequest request, long max, Duration limit) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), Math.max(max, MAX_ANSWER)));
    try {
      HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() / 100 != 2) {
        throw refusal(response.statusCode(), response.body());
      }
      return response.body();
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within " + limit);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private static ProviderException refusal(int status, byte[] body) {
    try {
      JsonNode error = JSON.readTree(body);
      return new ProviderException(
          status, error.path("code").asText("unknown"), error.path("message").asText());
    } catch (IOException e) {
      return new ProviderException(status, "unknown", "status " + status);
    }
  }

  private static Credits credits(JsonNode json, String field) {
    return new Credits(new BigInteger(json.required(field).asText()));
  }
}
