package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.node.http.Routes;
import org.groundwork.node.http.SenderAddress;
import org.groundwork.node.http.TextStreams;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The explorer's HTTP: the API and the page. Nothing can be changed by it. */
public final class ExplorerRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(ExplorerRoutes.class);
  private static final int TABLE_COST = 20;
  private static final int EXPLANATION_COST = 10;
  private static final int QUERY_COST = 5;
  private static final int MAX_QUERY = 64 << 10;

  /** As the page's own tests serve it: everything comes from here, and nothing is inline. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self';"
          + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private static final Map<HeaderName, String> HEADERS =
      Map.of(
          HeaderNames.create("Content-Security-Policy"), CONTENT_POLICY,
          HeaderNames.create("X-Content-Type-Options"), "nosniff",
          HeaderNames.create("X-Frame-Options"), "DENY",
          HeaderNames.create("Referrer-Policy"), "no-referrer",
          HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin",
          HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin",
          HeaderNames.create("Permissions-Policy"),
              "camera=(self), geolocation=(self), microphone=(), payment=()");

  private final Answers answers;
  private final Explanations explanations;
  private final Proofs proofs;
  private final Graph graph;
  private final PageFiles page;
  private final TextStreams live;
  private final CallerLimits limits;

  /**
   * The routes.
   *
   * @param perSecond questions of one address
   */
  public ExplorerRoutes(
      Answers answers, PageFiles page, TextStreams live, int perSecond, InstantSource clock) {
    this.answers = answers;
    this.page = page;
    this.live = live;
    explanations = new Explanations(answers);
    proofs = new Proofs(answers);
    graph = new Graph(answers);
    limits = new CallerLimits(perSecond, clock);
  }

  @Override
  public List<Http1Upgrader> upgraders() {
    return List.of(live);
  }

  @Override
  public void addTo(HttpRouting.Builder routing) {
    for (Endpoint endpoint : Endpoints.all()) {
      routing.get(endpoint.path(), guarded(cost(endpoint), request -> answer(endpoint, request)));
    }
    routing
        .get(
            "/api/v1/devices/{device}/epochs/{epoch}",
            guarded(_ -> EXPLANATION_COST, request -> json(explanations.explain(values(request)))))
        .get(
            "/api/v1/accounts/{address}/claims",
            guarded(_ -> EXPLANATION_COST, request -> json(proofs.claims(values(request)))))
        .get(
            "/api/v1/reservations/{reservation}",
            guarded(_ -> EXPLANATION_COST, request -> json(proofs.reservation(values(request)))))
        .post("/api/v1/graphql", guarded(_ -> QUERY_COST, this::graphql))
        .get(
            "/api/v1/openapi.yaml",
            guarded(_ -> 1, _ -> resource("openapi.yaml", "application/yaml")))
        .get(
            "/api/v1/schema.graphqls",
            guarded(_ -> 1, _ -> resource("schema.graphqls", "text/plain; charset=utf-8")))
        .get("/api/{+rest}", guarded(_ -> 1, _ -> nothing()))
        .get("/{+path}", guarded(_ -> 1, this::file))
        .get("/", guarded(_ -> 1, this::file));
  }

  private interface Cost {
    int of(ServerRequest request);
  }

  private static Cost cost(Endpoint endpoint) {
    return request ->
        endpoint.many().isPresent() && request.query().contains("format") ? TABLE_COST : 1;
  }

  /** What a route answers with. */
  private interface Question {
    Answer answer(ServerRequest request) throws ApiException, IOException;
  }

  /** Whatever happens, the caller gets a reply and learns nothing of our insides. */
  private Handler guarded(Cost cost, Question question) {
    return (request, response) -> {
      HEADERS.forEach(response::header);
      try {
        if (!limits.mayAsk(caller(request), cost.of(request))) {
          response.header(HeaderNames.RETRY_AFTER, "1");
          error(response, 429, "request.too-many", "This address asks too often; wait a second.");
          return;
        }
        send(request, response, question.answer(request));
      } catch (ApiException e) {
        if (e.error() == ApiError.BUSY) {
          response.header(HeaderNames.RETRY_AFTER, "1");
        }
        error(response, e.error().status(), e.error().code(), String.valueOf(e.getMessage()));
      } catch (IOException | RuntimeException e) {
        LOG.warn("{}", request.prologue().uriPath().rawPath(), e);
        ApiError failed = ApiError.INTERNAL;
        error(response, failed.status(), failed.code(), failed.sentence());
      }
    };
  }

  private static String caller(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress address
            && !address.isUnresolved()
        ? SenderAddress.of(address.getAddress())
        : request.remotePeer().host();
  }

  private static void error(ServerResponse response, int status, String code, String message) {
    if (!response.isSent()) {
      byte[] content =
          Json.encode(Json.object().put("error", code).put("message", message)).unsafeArray();
      response
          .status(status)
          .header(HeaderNames.CONTENT_TYPE, "application/json")
          .header(HeaderNames.CACHE_CONTROL, "no-store")
          .send(content);
    }
  }

  private static void send(ServerRequest request, ServerResponse response, Answer answer) {
    boolean asset = request.prologue().uriPath().rawPath().startsWith("/assets/");
    response
        .header(HeaderNames.ETAG, answer.etag())
        .header(HeaderNames.VARY, "Accept-Encoding")
        .header(
            HeaderNames.CACHE_CONTROL, asset ? "public, max-age=31536000, immutable" : "no-cache");
    answer
        .next()
        .ifPresent(next ->
            response.header(HeaderNames.LINK, "<" + link(request, next) + ">; rel=\"next\""));
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("").contains(answer.etag())) {
      response.status(304).send();
      return;
    }
    response.status(200).header(HeaderNames.CONTENT_TYPE, answer.type());
    boolean packed =
        !answer.packed().isEmpty()
            && request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("").contains("gzip");
    if (packed) {
      response.header(HeaderNames.CONTENT_ENCODING, "gzip");
    }
    response.send((packed ? answer.packed() : answer.content()).unsafeArray());
  }

  /** The same question from the next row on. */
  private static String link(ServerRequest request, String next) {
    StringBuilder link = new StringBuilder(request.prologue().uriPath().rawPath());
    char separator = '?';
    for (String name : new TreeSet<>(request.query().names())) {
      if (!name.equals("cursor")) {
        link.append(separator).append(name).append('=').append(encoded(request.query().get(name)));
        separator = '&';
      }
    }
    return link.append(separator).append("cursor=").append(encoded(next)).toString();
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer answer(Endpoint endpoint, ServerRequest request) throws ApiException, IOException {
    String asked = request.prologue().uriPath().rawPath() + "?" + request.query().rawValue();
    return answers.answer(endpoint, values(request), asked);
  }

  /** The values of path and query; of several of one name, it is none. */
  private static Map<String, String> values(ServerRequest request) throws ApiException {
    Map<String, String> values = new TreeMap<>();
    for (String name : request.query().names()) {
      List<String> all = request.query().all(name);
      if (all.size() != 1) {
        throw Parameters.malformed(name + " is given more than once.");
      }
      values.put(name, all.getFirst());
    }
    var path = request.path().pathParameters();
    for (String name : path.names()) {
      values.put(name, path.get(name));
    }
    return values;
  }

  private static Answer json(JsonNode node) {
    return Answer.of("application/json", Json.encode(node).unsafeArray(), Optional.empty());
  }

  private Answer graphql(ServerRequest request) throws ApiException, IOException {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    if (!type.startsWith("application/json")) {
      // A form of another site cannot send this type without being asked first.
      throw Parameters.malformed("GraphQL is asked with content-type application/json.");
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body = in.readNBytes(MAX_QUERY + 1);
      if (body.length > MAX_QUERY) {
        throw new ApiException(ApiError.TOO_LARGE);
      }
      return json(graph.answer(Json.decode(Bytes.wrap(body))));
    } catch (Malformed e) {
      throw Parameters.malformed("It is no JSON.");
    }
  }

  private static Answer resource(String name, String type) throws IOException {
    try (InputStream in = ExplorerRoutes.class.getResourceAsStream("/explorer/" + name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return Answer.of(type, in.readAllBytes(), Optional.empty());
    }
  }

  private static Answer nothing() throws ApiException {
    throw new ApiException(ApiError.NOT_FOUND);
  }

  private Answer file(ServerRequest request) throws ApiException, IOException {
    String path = request.prologue().uriPath().path();
    return page.file(path.startsWith("/") ? path.substring(1) : path)
        .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
  }
}
