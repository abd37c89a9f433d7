package org.groundwork.node.wire;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;

/** Clients of other nodes over HTTP; they share one connection pool. */
public final class HttpPeers implements Peers, AutoCloseable {
  private final HttpClient http;
  private final Duration patience;

  /**
   * A source of clients.
   *
   * @param patience how long one request may take in all
   */
  public HttpPeers(Duration patience) {
    this.http = NodeClient.http();
    this.patience = patience;
  }

  /**
   * A client of the node at an endpoint that its operator put on chain.
   *
   * @throws IOException if the endpoint is not an HTTP address
   */
  @Override
  public NodeClient at(String endpoint) throws IOException {
    try {
      URI uri = new URI(endpoint.endsWith("/") ? endpoint : endpoint + "/");
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
        throw new IOException("not an HTTP address: " + endpoint);
      }
      return new NodeClient(http, uri, patience);
    } catch (URISyntaxException e) {
      throw new IOException("not an HTTP address: " + endpoint, e);
    }
  }

  /**
   * Opens a stream of reports to a gateway.
   *
   * @throws IOException if it offers none, or cannot be reached
   */
  public ReportStreamClient stream(String endpoint) throws IOException {
    return ReportStreamClient.open(http, at(endpoint).base(), patience);
  }

  /** Aborts what is under way; requests fail from now on. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
