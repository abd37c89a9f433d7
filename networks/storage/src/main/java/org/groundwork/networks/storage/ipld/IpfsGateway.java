package org.groundwork.networks.storage.ipld;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.content.ContentRange;
import org.groundwork.networks.storage.content.Queries;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trustless gateway: blocks and CARs of what is public, for clients that verify. Every block
 * was compared with its CID before it leaves.
 */
public final class IpfsGateway {
  private static final Logger LOG = LoggerFactory.getLogger(IpfsGateway.class);
  private static final HeaderName PATH = HeaderNames.create("X-Ipfs-Path");
  private static final HeaderName ROOTS = HeaderNames.create("X-Ipfs-Roots");
  private static final HeaderName NOSNIFF = HeaderNames.create("X-Content-Type-Options");
  private static final String PREFIX = "/ipfs/";
  private static final String IMMUTABLE = "public, max-age=29030400, immutable";
  private static final int BUFFER = 1 << 16;

  private final BlockSource blocks;
  private final Runnable onMiss;

  /**
   * A gateway.
   *
   * @param onMiss told when something is not here, so that somebody may look for news
   */
  public IpfsGateway(BlockSource blocks, Runnable onMiss) {
    this.blocks = blocks;
    this.onMiss = onMiss;
  }

  public void route(HttpRouting.Builder routing) {
    routing
        .get("/ipfs/*", (request, response) -> handle(request, response, false))
        .head("/ipfs/*", (request, response) -> handle(request, response, true))
        .get(
            "/ipns/*",
            (_, response) -> fail(response, Status.NOT_IMPLEMENTED_501, "IPNS is not served here."))
        .any(
            "/ipfs/*",
            (_, response) ->
                fail(response, Status.METHOD_NOT_ALLOWED_405, "The methods are GET and HEAD."));
  }

  private void handle(ServerRequest request, ServerResponse response, boolean head) {
    String rawPath = request.prologue().uriPath().rawPath();
    try {
      GatewayRequest asked =
          GatewayRequest.parse(
              rawPath.substring(Math.min(PREFIX.length(), rawPath.length())),
              Queries.of(request),
              request.headers().value(HeaderNames.ACCEPT).orElse(""));
      answer(asked, rawPath, request, response, head);
    } catch (Malformed e) {
      fail(response, Status.BAD_REQUEST_400, String.valueOf(e.getMessage()));
    } catch (MissingBlockException e) {
      onMiss.run();
      fail(response, Status.NOT_FOUND_404, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.warn("{} failed: {}", rawPath, e.toString());
      fail(response, Status.BAD_GATEWAY_502, "The block cannot be had now: " + e.getMessage());
    } catch (RuntimeException e) {
      if (e instanceof CloseConnectionException) {
        throw e;
      }
      LOG.error("{} failed", rawPath, e);
      fail(response, Status.INTERNAL_SERVER_ERROR_500, "An error of this gateway.");
    }
  }

  private void answer(
      GatewayRequest asked,
      String rawPath,
      ServerRequest request,
      ServerResponse response,
      boolean head)
      throws IOException, Malformed {
    if (asked.format() == GatewayRequest.Format.OTHER) {
      fail(
          response,
          Status.NOT_ACCEPTABLE_406,
          "Ask for format=raw or format=car: this gateway gives what can be verified.");
      return;
    }
    Optional<Resolver.Resolved> resolved = new Resolver(blocks).resolve(asked.root(), asked.path());
    if (resolved.isEmpty()) {
      fail(response, Status.NOT_FOUND_404, "There is nothing of this name.");
      return;
    }
    Cid end = resolved.get().end();
    String etag = etag(asked, end);
    response.header(HeaderNames.ETAG, etag);
    response.header(HeaderNames.CACHE_CONTROL, IMMUTABLE);
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response.header(NOSNIFF, "nosniff");
    response.header(PATH, rawPath);
    response.header(ROOTS, roots(resolved.get()));
    if (matches(request.headers().value(HeaderNames.IF_NONE_MATCH).orElse(""), etag)) {
      response.status(Status.NOT_MODIFIED_304).send();
    } else if (asked.format() == GatewayRequest.Format.RAW) {
      raw(end, request, response, head);
    } else {
      car(asked, resolved.get(), response, head);
    }
  }

  private static String roots(Resolver.Resolved resolved) {
    StringBuilder roots = new StringBuilder();
    resolved.passed().forEach(cid -> roots.append(cid).append(','));
    return roots.append(resolved.end()).toString();
  }

  /** Of a CAR, a weak one: it names what is asked for, not the order in which it comes. */
  private static String etag(GatewayRequest asked, Cid end) {
    if (asked.format() == GatewayRequest.Format.RAW) {
      return "\"" + end + ".raw\"";
    }
    String parameters =
        asked.root() + "/" + asked.path() + asked.scope() + asked.window() + asked.duplicates();
    String hash = Sha256.hash(parameters.getBytes(StandardCharsets.UTF_8)).toHex();
    return "W/\"" + end + ".car." + hash.substring(2, 18) + "\"";
  }

  static boolean matches(String header, String etag) {
    for (String each : header.split(",", -1)) {
      String tag = each.strip();
      if (tag.equals("*") || strong(tag).equals(strong(etag))) {
        return true;
      }
    }
    return false;
  }

  private static String strong(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }

  private void raw(Cid end, ServerRequest request, ServerResponse response, boolean head)
      throws IOException {
    byte[] block = blocks.require(end);
    response.header(HeaderNames.CONTENT_TYPE, GatewayRequest.RAW_TYPE);
    response.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + end + ".bin\"");
    ContentRange.Served range = ContentRange.apply(request, response, block.length);
    if (head || range.unsatisfiable()) {
      response.send();
      return;
    }
    byte[] part = new byte[(int) range.length()];
    System.arraycopy(block, (int) range.from(), part, 0, part.length);
    response.send(part);
  }

  private void car(
      GatewayRequest asked, Resolver.Resolved resolved, ServerResponse response, boolean head)
      throws IOException, Malformed {
    Cid end = resolved.end();
    // A CAR that has begun can only be cut off: what is missing at once is told before.
    blocks.require(end);
    response.header(
        HeaderNames.CONTENT_TYPE,
        GatewayRequest.CAR_TYPE
            + "; version=1; order=dfs; dups="
            + (asked.duplicates() ? "y" : "n"));
    response.header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + end + ".car\"");
    response.header(HeaderNames.ACCEPT_RANGES, "none");
    if (head) {
      response.send();
      return;
    }
    try (OutputStream out = new BufferedOutputStream(response.outputStream(), BUFFER)) {
      CarWriter writer = new CarWriter(out, List.of(end));
      DagWalk walk = new DagWalk(blocks, asked.duplicates(), writer::block);
      walk.path(resolved.passed());
      walk.run(end, asked.scope(), asked.window());
    } catch (IOException | Malformed e) {
      LOG.warn("the CAR of {} was cut off: {}", end, e.toString());
      throw new CloseConnectionException("a block of the CAR cannot be had", e);
    }
  }

  private static void fail(ServerResponse response, Status status, String message) {
    response.headers().clear();
    response.status(status);
    response.header(HeaderValues.CONTENT_TYPE_TEXT_PLAIN);
    response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response.send(message + "\n");
  }
}
