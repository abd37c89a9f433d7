package org.groundwork.networks.storage.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;

/** Speaks {@link ProviderHttp} to providers; every answer is bounded. Safe for many threads. */
final class ProviderClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ANSWER = 64 * 1024;

  private final HttpClient http;
  private final Payer payer;
  private final InstantSource clock;
  private final Duration timeout;

  ProviderClient(HttpClient http, Payer payer, InstantSource clock, Duration timeout) {
    this.http = http;
    this.payer = payer;
    this.clock = clock;
    this.timeout = timeout;
  }

  Terms terms(String endpoint) throws IOException {
    byte[] answer = small(request(endpoint, ProviderHttp.TERMS).GET().build());
    try {
      JsonNode json = JSON.readTree(answer);
      return new Terms(
          credits(json, "ratePerGiBSlot"),
          credits(json, "egressPerGiB"),
          json.required("freeBytes").asLong());
    } catch (IllegalArgumentException e) {
      throw new IOException("The provider at " + endpoint + " states no terms", e);
    }
  }

  /** Hands over a piece; it is durable there when this returns. */
  void put(String endpoint, PieceCommitment piece, byte[] content) throws IOException {
    String path = ProviderHttp.PIECES + piece.pieceCidV2();
    small(
        signed(request(endpoint, path), "PUT", path, ProviderHttp.contentOf(piece))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build());
  }

  /** Makes a deal; the gateway's promise of its report comes back. */
  Promise deal(String endpoint, SignedDeal deal) throws IOException {
    CanonicalWriter out = new CanonicalWriter();
    deal.write(out);
    byte[] answer =
        small(
            request(endpoint, ProviderHttp.DEALS)
                .POST(HttpRequest.BodyPublishers.ofByteArray(out.toBytes().unsafeArray()))
                .build());
    try {
      return Promise.decode(Bytes.fromHex(JSON.readTree(answer).required("promise").asText()));
    } catch (Malformed | IllegalArgumentException e) {
      throw new IOException("The provider answered no promise to a deal", e);
    }
  }

  void end(String endpoint, Hash deal, Bytes signature) throws IOException {
    small(
        request(endpoint, ProviderHttp.DEALS + "/" + deal.toHex())
            .header(ProviderHttp.SIGNATURE, signature.toHex())
            .DELETE()
            .build());
  }

  /** Whether the provider says that it holds a piece undamaged. */
  boolean holds(String endpoint, PieceCommitment piece) {
    try {
      small(
          request(endpoint, ProviderHttp.PIECES + piece.pieceCidV2())
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Fetches a whole piece; what comes is not verified here. */
  byte[] get(String endpoint, PieceCommitment piece, SignedVoucher voucher) throws IOException {
    String path = ProviderHttp.PIECES + piece.pieceCidV2();
    CanonicalWriter out = new CanonicalWriter();
    voucher.write(out);
    HttpRequest request =
        signed(request(endpoint, path), "GET", path, ProviderHttp.contentOf(piece))
            .header(ProviderHttp.VOUCHER, out.toBytes().toHex())
            .GET()
            .build();
    return send(request, Math.toIntExact(piece.rawSize()));
  }

  private HttpRequest.Builder request(String endpoint, String path) {
    return HttpRequest.newBuilder(URI.create(endpoint + path)).timeout(timeout);
  }

  private HttpRequest.Builder signed(
      HttpRequest.Builder request, String method, String path, Hash content) {
    long now = clock.instant().getEpochSecond();
    return request
        .header(ProviderHttp.ACCOUNT, payer.account().toHex())
        .header(ProviderHttp.TIME, Long.toString(now))
        .header(ProviderHttp.SIGNATURE, payer.signRequest(method, path, content, now).toHex());
  }

  private byte[] small(HttpRequest request) throws IOException {
    return send(request, MAX_ANSWER);
  }

  private byte[] send(HttpRequest request, int max) throws IOException {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() / 100 != 2) {
          throw refusal(response.statusCode(), body.readNBytes(MAX_ANSWER));
        }
        byte[] content = body.readNBytes(max);
        if (body.read() >= 0) {
          throw new IOException("The provider sent more than " + max + " bytes");
        }
        return content;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
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
