package org.groundwork.networks.sensing.data;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.http.TimedSockets;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device of a sensing network that sells what the others measure. */
public final class DataServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataServer.class);
  private static final int MAX_CONNECTIONS = 2048;

  /** The cells of the largest deal fit, in bytes. */
  private static final int MAX_REQUEST_LINE = 32 << 10;

  /** After so long without a byte a connection is closed, unless it is a stream. */
  static final Duration READ = Duration.ofSeconds(60);

  private final String host;
  private final ReadingStore store;
  private final Purchases purchases;
  private final Follower follower;
  private final WebServer server;

  /**
   * Opens the server's folder and listens.
   *
   * @param folder the server's own
   * @param port 0 for any free one
   * @param outbox started and closed by the caller
   */
  public DataServer(
      Path folder,
      String host,
      int port,
      SensingDefinition definition,
      DeviceIdentity identity,
      ChainFeed chain,
      PublicRecords records,
      Outbox outbox,
      InstantSource clock)
      throws IOException {
    this(folder, host, port, definition, identity, chain, records, outbox, clock, READ);
  }

  /** The same with another patience for what clients send. */
  DataServer(
      Path folder,
      String host,
      int port,
      SensingDefinition definition,
      DeviceIdentity identity,
      ChainFeed chain,
      PublicRecords records,
      Outbox outbox,
      InstantSource clock,
      Duration read)
      throws IOException {
    this.host = host;
    Files.createDirectories(folder);
    store = new ReadingStore(folder, definition);
    purchases =
        new Purchases(
            folder, definition, identity.network(), chain, Purchases.Reports.to(outbox), clock);
    Streams streams = new Streams(definition);
    follower =
        new Follower(
            definition,
            identity.network(),
            chain,
            records,
            store,
            SignatureVerifiers.best(),
            clock,
            streams::publish,
            purchases::judged);
    Access access = new Access(chain.domain(), identity.device(), purchases, store, clock);
    DataApi api = new DataApi(definition, identity, chain, purchases, access, store, clock);
    Http1ConnectionSelector http1 =
        Http1ConnectionSelector.builder()
            .config(Http1Config.builder().maxPrologueLength(MAX_REQUEST_LINE).build())
            .addUpgrader(new StreamUpgrader(access, streams, clock))
            .build();
    server =
        TimedSockets.server(read)
            .host(host)
            .port(port)
            .maxTcpConnections(MAX_CONNECTIONS)
            .addConnectionSelector(http1)
            .routing((HttpRouting.Builder routing) -> api.route(routing))
            .build()
            .start();
    if (!server.isRunning() || server.port() <= 0) {
      close();
      throw new IOException("nothing can listen on " + host + ":" + port);
    }
    LOG.info("Device {} sells the data of {} at {}", identity.device(), definition.name(), uri());
  }

  /** Takes what became public since; to be called again and again by one thread. */
  public void step() throws IOException {
    follower.step();
    purchases.report();
  }

  public String uri() {
    return "http://" + host + ":" + server.port();
  }

  @Override
  public void close() throws IOException {
    server.stop();
    purchases.close();
    store.close();
  }
}
