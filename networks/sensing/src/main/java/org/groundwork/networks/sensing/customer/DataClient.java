package org.groundwork.networks.sensing.customer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.groundwork.networks.sensing.data.DataToken;
import org.groundwork.networks.sensing.data.Format;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.SignedScopeDeal;

/** Speaks to one server that sells data. Each method throws {@link DataRefusal} if it refuses. */
public final class DataClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MAX_JSON = 1 << 20;
  private static final int OK = 200;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI base;

  public DataClient(URI base) {
    this.base = base;
  }

  public URI base() {
    return base;
  }

  public Offer offer() throws IOException {
    JsonNode json = json(HttpRequest.newBuilder(at("/v1/offer")).GET());
    try {
      return new Offer(
          json.path("name").asText(),
          json.path("deployment").asText(),
          new NetworkId(json.path("network").asInt()),
          new DeviceId(json.path("server").asLong()),
          new Credits(new BigInteger(json.path("price_per_cell_epoch").asText())),
          json.path("cell_resolution").asInt(),
          json.path("cadence_seconds").asLong());
    } catch (IllegalArgumentException e) {
      throw new IOException(base + " does not sell data, or not as this program knows it", e);
    }
  }

  /** How many devices are registered in each of these cells. */
  public Map<Long, Long> devices(List<Long> cells) throws IOException {
    JsonNode json = json(HttpRequest.newBuilder(at("/v1/cells?cell=" + list(cells))).GET());
    Map<Long, Long> devices = new TreeMap<>();
    for (long cell : cells) {
      devices.put(cell, json.path(Long.toHexString(cell)).asLong());
    }
    return devices;
  }

  /**
   * Hands a deal for all products over; it is kept when this returns.
   *
   * @return where it stands: {@code reported}, or {@code queued}
   */
  public String buy(SignedScopeDeal deal) throws IOException {
    CanonicalWriter encoded = new CanonicalWriter();
    deal.write(encoded);
    return buy("/v1/scopes", encoded);
  }

  /** The same for one product. */
  public String buy(ProductDeal deal) throws IOException {
    CanonicalWriter encoded = new CanonicalWriter();
    deal.write(encoded);
    return buy("/v1/products", encoded);
  }

  private String buy(String path, CanonicalWriter deal) throws IOException {
    return json(HttpRequest.newBuilder(at(path))
            .POST(BodyPublishers.ofByteArray(deal.toBytes().toArray())))
        .path("state")
        .asText("reported");
  }

  /** What a token opens at this server. */
  public Opened access(DataToken token) throws IOException {
    JsonNode json = json(authorised("/v1/access", token));
    try {
      Set<Long> cells = new TreeSet<>();
      for (JsonNode cell : json.path("cells")) {
        cells.add(Long.parseLong(cell.asText(), 16));
      }
      return new Opened(
          Hash.fromHex(json.path("deal").asText()),
          new NetworkId(json.path("network").asInt()),
          Product.of(json.path("product").asText(Product.ALL.word())),
          cells,
          new EpochNumber(json.path("first_epoch").asLong()),
          new EpochNumber(json.path("last_epoch").asLong()),
          json.path("expires").asLong());
    } catch (Malformed | IllegalArgumentException e) {
      throw new IOException(base + " does not say what a token opens", e);
    }
  }

  /** The newest readings of the cells; all that were bought if there are none. */
  public InputStream latest(DataToken token, List<Long> cells, Format format) throws IOException {
    return read(token, "/v1/latest", Map.of("cell", list(cells), "format", format.code()));
  }

  /**
   * Readings of the cells.
   *
   * @param from Unix seconds or ISO 8601; from the first epoch if it is empty
   * @param to the same; until the last epoch if it is empty
   */
  public InputStream history(
      DataToken token, List<Long> cells, String from, String to, Format format) throws IOException {
    return read(
        token,
        "/v1/history",
        Map.of("cell", list(cells), "from", from, "to", to, "format", format.code()));
  }

  private InputStream read(DataToken token, String path, Map<String, String> parameters)
      throws IOException {
    String query =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    HttpResponse<InputStream> response = send(authorised(path + "?" + query, token));
    if (response.statusCode() != OK) {
      throw refusal(response);
    }
    return response.body();
  }

  private HttpRequest.Builder authorised(String target, DataToken token) {
    return HttpRequest.newBuilder(at(target))
        .header("Authorization", "Bearer " + token.text())
        .GET();
  }

  private JsonNode json(HttpRequest.Builder request) throws IOException {
    HttpResponse<InputStream> response = send(request);
    if (response.statusCode() != OK) {
      throw refusal(response);
    }
    return parse(response);
  }

  private static JsonNode parse(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      return MAPPER.readTree(in.readNBytes(MAX_JSON));
    } catch (JsonProcessingException e) {
      throw new IOException(response.uri() + " answers no JSON", e);
    }
  }

  private static DataRefusal refusal(HttpResponse<InputStream> response) throws IOException {
    JsonNode json = parse(response);
    return new DataRefusal(
        json.path("code").asText("http." + response.statusCode()),
        json.path("message").asText("HTTP status " + response.statusCode()));
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private URI at(String target) {
    return base.resolve(target);
  }

  private static String list(List<Long> cells) {
    return cells.stream().map(Long::toHexString).collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    http.close();
  }
}
