package org.groundwork.networks.storage.arweave;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.groundwork.networks.storage.content.Queries;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP interface of permanent storage: uploads as Turbo's clients make them, downloads and
 * GraphQL as Arweave's gateways answer them. Each request's errors end here.
 */
public final class PermanentApi {
  private static final Logger LOG = LoggerFactory.getLogger(PermanentApi.class);
  private static final HeaderName ALLOW_HEADERS =
      HeaderNames.create("Access-Control-Allow-Headers");
  private static final long MAX_DRAINED = 8L << 20;

  private final UploadApi uploads;
  private final ItemApi items;
  private final AccountApi accounts;
  private final GraphQlHandler graphQl;

  /**
   * The interface of a store.
   *
   * @param operatorToken what the operator shows to add to balances
   */
  public PermanentApi(PermanentStore store, UploadApi uploads, String operatorToken) {
    this.uploads = uploads;
    this.items = new ItemApi(store);
    this.accounts = new AccountApi(store, operatorToken);
    this.graphQl = new GraphQlHandler(store.index());
  }

  /** Adds the routes; they take every path, so they come last. */
  public void route(HttpRouting.Builder routing) {
    routing.any(this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response) {
    String path = request.prologue().uriPath().rawPath();
    try {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
      dispatch(request, response, path);
    } catch (ItemRejected e) {
      fail(request, response, e.status(), e.text());
    } catch (IOException e) {
      LOG.warn("{} failed: {}", path, e.toString());
      fail(
          request,
          response,
          NamedObjects.mayPass(e) ? 503 : 502,
          "The network cannot do this now: " + e.getMessage());
    } catch (RuntimeException e) {
      if (e instanceof CloseConnectionException) {
        throw e;
      }
      LOG.error("{} failed", path, e);
      fail(request, response, 500, "An error of this gateway.");
    }
  }

  private void dispatch(ServerRequest request, ServerResponse response, String path)
      throws IOException {
    List<String> parts = Segments.of(path);
    // Turbo's clients put a version before everything.
    if (!parts.isEmpty() && parts.getFirst().equals("v1")) {
      parts = parts.subList(1, parts.size());
    }
    String method = request.prologue().method().text();
    String first = parts.isEmpty() ? "" : parts.getFirst();
    List<String> rest = parts.isEmpty() ? parts : parts.subList(1, parts.size());
    if (method.equals("OPTIONS")) {
      response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST");
      response.header(ALLOW_HEADERS, "*");
      response.status(Status.NO_CONTENT_204).send();
      return;
    }
    boolean reads = method.equals("GET") || method.equals("HEAD");
    switch (first) {
      case "tx" -> {
        if (method.equals("POST") && rest.size() <= 1) {
          uploads.item(request, response);
        } else {
          items.transaction(rest, request, response);
        }
      }
      case "chunks" -> uploads.chunks(method, rest, request, response);
      case "price" -> accounts.price(rest, response);
      case "account" -> accounts.account(method, rest, Queries.of(request), request, response);
      case "endowment" -> accounts.endowment(response);
      case "graphql" -> graphQl.handle(method, request, response);
      case "info", "" -> accounts.info(response);
      case "raw", "item" -> items.raw(first, rest, request, response, method.equals("HEAD"));
      default -> {
        Optional<Hash> id = Base64Url.id(first);
        if (!reads || id.isEmpty()) {
          throw new ItemRejected(404, "There is nothing at this path.");
        }
        items.get(id.get(), rest, path.endsWith("/"), request, response, method.equals("HEAD"));
      }
    }
  }

  private static void fail(
      ServerRequest request, ServerResponse response, int status, String message) {
    boolean ended = drain(request);
    response.headers().clear();
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if (!ended) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.status(Status.create(status));
    Json.send(response, Map.of("error", message));
    if (!ended) {
      throw new CloseConnectionException("the request's body was not read");
    }
  }

  /**
   * A client that is still sending does not hear an answer, so the rest of a body is read, whether
   * somebody has begun with it or not; false if it is too long for that.
   */
  private static boolean drain(ServerRequest request) {
    ReadableEntity body = request.content();
    if (body.consumed() || !body.hasEntity()) {
      return true;
    }
    OptionalLong length = request.headers().contentLength();
    try {
      if (length.isEmpty()) {
        return body.inputStream().skip(MAX_DRAINED) < MAX_DRAINED;
      }
      if (length.getAsLong() > MAX_DRAINED) {
        return false;
      }
      body.consume();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.debug("the rest of a body cannot be read", e);
      return false;
    }
  }
}
