package org.groundwork.networks.storage.provider;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.groundwork.agent.ChainFeed;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP interface of {@link MetadataRoots}: one root for each account with a reservation here.
 */
final class MetadataRootApi {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataRootApi.class);

  private final MetadataRoots roots;
  private final ChainFeed chain;
  private final NetworkId network;
  private final DealIntake deals;

  MetadataRootApi(MetadataRoots roots, ChainFeed chain, NetworkId network, DealIntake deals) {
    this.roots = roots;
    this.chain = chain;
    this.network = network;
    this.deals = deals;
  }

  void route(HttpRouting.Builder routing) {
    routing.get(ProviderHttp.ROOTS + "{account}", this::get);
    routing.put(ProviderHttp.ROOTS + "{account}", this::put);
  }

  private void get(ServerRequest request, ServerResponse response) {
    try {
      Optional<MetadataRoot.Signed> root = roots.find(account(request));
      if (root.isEmpty()) {
        fail(response, ProviderError.NOT_FOUND.exception());
        return;
      }
      response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
      response.send(root.get().encode().toArray());
    } catch (ProviderException e) {
      fail(response, e);
    } catch (IOException e) {
      LOG.warn("A metadata root cannot be read: {}", e.toString());
      fail(response, ProviderError.INTERNAL.exception());
    }
  }

  private void put(ServerRequest request, ServerResponse response) {
    try {
      keep(request);
      response.status(Status.OK_200);
      response.send();
    } catch (ProviderException e) {
      fail(response, e);
    } catch (IOException e) {
      LOG.warn("A metadata root was not kept: {}", e.toString());
      fail(response, ProviderError.INTERNAL.exception());
    }
  }

  private void keep(ServerRequest request) throws IOException, ProviderException {
    MetadataRoot.Signed root;
    try {
      byte[] body = request.content().inputStream().readNBytes(MetadataRoot.MAX_SIZE + 1);
      root = MetadataRoot.Signed.decode(Bytes.wrap(body));
    } catch (Malformed e) {
      throw ProviderError.MALFORMED.exception(String.valueOf(e.getMessage()));
    }
    if (!root.root().payer().equals(account(request))
        || !root.root().network().equals(network)
        || !root.isGenuine(chain.domain())) {
      throw ProviderError.UNSIGNED.exception();
    }
    if (!deals.isCustomer(root.root().payer())) {
      throw ProviderError.NO_RESERVATION.exception();
    }
    if (!roots.keep(root)) {
      throw ProviderError.OLD_ROOT.exception();
    }
  }

  private static AccountId account(ServerRequest request) throws ProviderException {
    String text = request.path().pathParameters().get("account");
    if (!text.matches("0x[0-9a-f]{40}")) {
      throw ProviderError.MALFORMED.exception("Not an account.");
    }
    return new AccountId(Bytes.fromHex(text));
  }

  private static void fail(ServerResponse response, ProviderException e) {
    response.status(Status.create(e.error().status()));
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(
        "{\"code\":\"%s\",\"message\":\"%s\"}"
            .formatted(e.error().code(), e.error().sentence())
            .getBytes(StandardCharsets.UTF_8));
  }
}
