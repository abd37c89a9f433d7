package org.groundwork.node.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.node.Retention;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.http.GatewayRoutes;
import org.groundwork.node.http.NodeServer;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.settlement.time.Time;

/** A gateway as it runs in production, with its HTTP server, on a chain where nothing happens. */
final class BenchGateway implements AutoCloseable {
  /** Room for a long run; everything else as usual. */
  private static final GatewayLimits LIMITS =
      new GatewayLimits(ReportBody.MAX_SIZE, 100_000, 20_000_000, 64 << 20);

  private final HttpPeers peers = new HttpPeers(Duration.ofSeconds(1));
  private final VerifyPool pool;
  private final Gateway gateway;
  private final NodeServer server;

  BenchGateway(Path folder, EpochSchedule schedule, Workload devices) throws IOException {
    pool = new VerifyPool(SignatureVerifiers.best(), Runtime.getRuntime().availableProcessors());
    gateway =
        new Gateway(
            folder,
            new FolderStore(folder),
            Workload.GATEWAY,
            LIMITS,
            Retention.DEFAULT,
            new QuietChain(Workload.DOMAIN, schedule),
            devices,
            pool,
            peers,
            Tasks.THREADS,
            Time.system(),
            new SimpleMeterRegistry());
    ServerSettings settings = ServerSettings.loopback(0);
    server = NodeServer.start(settings, new GatewayRoutes(gateway, Time.system(), settings));
    gateway.start();
  }

  Admission admission() {
    return gateway.admission();
  }

  long sealedThrough() {
    return gateway.sealedThrough();
  }

  URI uri() {
    return server.uri();
  }

  @Override
  public void close() throws IOException {
    server.close();
    gateway.close();
    peers.close();
    pool.close();
  }
}
