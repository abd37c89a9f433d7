package org.groundwork.node.testing;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.Networks;
import org.groundwork.engine.audit.Why;
import org.groundwork.engine.local.Runners;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.engine.store.Store;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.Retention;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.http.GatewayRoutes;
import org.groundwork.node.http.NodeServer;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.http.StatusRoutes;
import org.groundwork.node.http.VerifierRoutes;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.verifier.Verifier;
import org.groundwork.node.verifier.VerifierSettings;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.Json;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.settlement.time.Time;

/** Gateways and verifiers that speak real HTTP, on a chain in memory and a clock tests move. */
public final class SimNetwork implements AutoCloseable {
  public static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 10, 4, 8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public final ManualClock clock = new ManualClock(SCHEDULE.genesis() + 1);
  public final SimChain chain = new SimChain(SCHEDULE, clock);
  public final MapRegistry registry = new MapRegistry();
  public final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Path folder;
  private final GatewayLimits limits;
  private final VerifyPool pool = new VerifyPool(SignatureVerifiers.best(), 1);
  private final HttpPeers peers = new HttpPeers(Duration.ofSeconds(10));
  private final Map<String, Running> running = new TreeMap<>();

  private Stores stores = FolderStore::new;
  private Retention retention = Retention.DEFAULT;

  /** Where nodes keep public files, by their folders. */
  public interface Stores {
    Store open(Path folder) throws IOException;
  }

  /** Nodes that are started from now on keep their files there, and so long. */
  public void keep(Stores where, Retention howLong) {
    stores = where;
    retention = howLong;
  }

  private record Running(AutoCloseable part, NodeServer server) {}

  public SimNetwork(Path folder) {
    this(folder, GatewayLimits.DEFAULT);
  }

  public SimNetwork(Path folder, GatewayLimits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  public static AccountKey verifierKey(int number) {
    return Reporter.account("verifier " + number);
  }

  public static AccountKey gatewayKey() {
    return Reporter.account("gateway");
  }

  /** Registers a device that signs reports. */
  public Reporter register(long id) {
    Reporter reporter = new Reporter(id);
    registry.put(reporter.device());
    chain.addDevice(reporter.device());
    return reporter;
  }

  public Gateway startGateway() throws IOException {
    return startGateway("gateway");
  }

  /** Starts a gateway of this name, which is also that of its key. */
  public Gateway startGateway(String name) throws IOException {
    AccountKey key = Reporter.account(name);
    Path data = folder.resolve(name);
    Gateway gateway =
        new Gateway(
            data,
            stores.open(data),
            key,
            limits,
            retention,
            chain,
            registry,
            pool,
            peers,
            Tasks.THREADS,
            clock,
            meters);
    ServerSettings settings = ServerSettings.loopback(0);
    NodeServer server =
        NodeServer.start(settings, new GatewayRoutes(gateway, clock, settings), status("gateway"));
    chain.addGateway(key.account(), server.uri().toString());
    gateway.start();
    running.put(name, new Running(gateway, server));
    return gateway;
  }

  public Verifier startVerifier(int number) throws IOException {
    return startVerifier(number, folder.resolve("verifier-" + number), networks());
  }

  /** Starts a verifier with its data in this folder, which judges by these networks. */
  public Verifier startVerifier(int number, Path data, Networks networks) throws IOException {
    Verifier verifier =
        new Verifier(
            data,
            stores.open(data),
            verifierKey(number),
            new VerifierSettings(Runners.LOCAL, 1, 64 << 20, Duration.ofMillis(100)),
            retention,
            chain,
            registry,
            networks,
            SignatureVerifiers.best(),
            pool,
            peers,
            Tasks.THREADS,
            clock,
            meters);
    ServerSettings settings = ServerSettings.loopback(0);
    NodeServer server =
        NodeServer.start(
            settings,
            new VerifierRoutes(verifier, chain, SimNetwork::why, clock, settings),
            status("verifier"));
    chain.addVerifier(verifierKey(number).account(), 10, server.uri().toString());
    verifier.start();
    running.put("verifier " + number, new Running(verifier, server));
    return verifier;
  }

  public static Networks networks() {
    return new Networks(List.of(new CounterNetwork()));
  }

  private static Why why() {
    return new Why(networks(), Map.of(Reporter.NETWORK, CounterNetwork.KIND));
  }

  private StatusRoutes status(String role) {
    return new StatusRoutes(role, Json.object(), chain, registry, clock, meters, List::of);
  }

  public void stop(String name) {
    Running stopped = Optional.ofNullable(running.remove(name)).orElseThrow();
    stopped.server().close();
    try {
      stopped.part().close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public void stopGateway() {
    stop("gateway");
  }

  public void stopVerifier(int number) {
    stop("verifier " + number);
  }

  /** A running gateway or verifier. */
  public AutoCloseable part(String name) {
    return Optional.ofNullable(running.get(name)).orElseThrow().part();
  }

  public NodeClient client(String name) throws IOException {
    Running found = Optional.ofNullable(running.get(name)).orElseThrow();
    return peers.at(found.server().uri().toString());
  }

  /** To just before an epoch's last slot ends, then over its close. */
  public void goToClose(EpochNumber epoch) {
    clock.set(SCHEDULE.close(epoch) + 2);
  }

  public void goToDeadline(EpochNumber epoch) {
    clock.set(SCHEDULE.commitDeadline(epoch));
  }

  /** A condition that a test waits for. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  public void await(String what, Condition condition) throws Exception {
    long end = Time.system().millis() + PATIENCE.toMillis();
    while (!condition.holds()) {
      if (Time.system().millis() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      Time.system().pause(Duration.ofMillis(10));
    }
  }

  public void awaitSettled(EpochNumber epoch) throws Exception {
    await("epoch " + epoch + " settles", () -> chain.result(epoch).isPresent());
  }

  @Override
  public void close() {
    for (String name : List.copyOf(running.keySet())) {
      stop(name);
    }
    peers.close();
    pool.close();
  }
}
