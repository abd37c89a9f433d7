package org.groundwork.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.Networks;
import org.groundwork.engine.audit.Why;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.engine.store.Store;
import org.groundwork.node.chain.ContractChain;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.FreshReader;
import org.groundwork.node.chain.Registry;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.http.GatewayRoutes;
import org.groundwork.node.http.NodeServer;
import org.groundwork.node.http.Routes;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.http.StatusRoutes;
import org.groundwork.node.http.VerifierRoutes;
import org.groundwork.node.mqtt.MqttServer;
import org.groundwork.node.mqtt.MqttSettings;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.verifier.Verifier;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.Kind;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node: all parts of its roles, started in order, stopped in reverse. */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration PEER_PATIENCE = Duration.ofSeconds(30);

  private final Deployment deployment;
  private final NodeConfig config;
  private final Networks networks;
  private final Time time;
  private final Closing closing = new Closing();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final SignatureVerifier verifier = SignatureVerifiers.best();
  private final DataFolder data;
  private final JsonRpc rpc;
  private final FreshReader chain;
  private final Transactions transactions;
  private final Registry registry;
  private final VerifyPool verifyPool;
  private final HttpPeers peers;
  private final List<URI> verifierUris = new ArrayList<>();
  private Optional<URI> gatewayUri = Optional.empty();
  private Optional<URI> mqttUri = Optional.empty();

  private Node(NodeConfig config, Networks networks, Time time) throws IOException {
    this.config = config;
    this.deployment = config.deployment();
    this.networks = networks;
    this.time = time;
    data = closing.add(DataFolder.lock(config.data()));
    rpc = closing.add(new JsonRpc(config.rpc()));
    deployment.verify(rpc);
    chain = new FreshReader(new ChainReader(rpc, deployment), time);
    transactions = new Transactions(rpc, time);
    verifyPool = closing.add(new VerifyPool(verifier, config.verifyThreads()));
    registry = closing.add(new Registry(chain));
    peers = new HttpPeers(PEER_PATIENCE);
  }

  /** Starts a node; returns when it listens. */
  public static Node start(NodeConfig config, Networks networks, Time time) throws IOException {
    Node node = new Node(config, networks, time);
    boolean started = false;
    try {
      node.registry.start();
      for (NodeConfig.VerifierRole role : config.verifiers()) {
        node.startVerifier(role);
      }
      if (config.gateway().isPresent()) {
        node.startGateway(config.gateway().get());
      }
      // First, so that no part waits for peers or for the chain's node while it stops.
      node.closing.add(node.peers);
      node.closing.add(node.rpc::stopRetrying);
      started = true;
      return node;
    } finally {
      if (!started) {
        node.close();
      }
    }
  }

  /** Where the gateway listens; empty if the node is none. */
  public Optional<URI> gatewayUri() {
    return gatewayUri;
  }

  /** Where the gateway's MQTT broker listens; empty if there is none. */
  public Optional<URI> mqttUri() {
    return mqttUri;
  }

  /** Where the verifiers listen, in the order of the configuration. */
  public List<URI> verifierUris() {
    return List.copyOf(verifierUris);
  }

  @Override
  public void close() {
    closing.close();
  }

  private void startVerifier(NodeConfig.VerifierRole role) throws IOException {
    EpochChain view = view(role.key());
    Path folder = data.verifier(role.key().account());
    Verifier part =
        closing.add(
            new Verifier(
                folder,
                store(folder),
                role.key(),
                role.settings(),
                config.retention(),
                view,
                registry,
                networks,
                verifier,
                verifyPool,
                peers,
                Tasks.THREADS,
                time,
                meters));
    NodeServer server =
        listen(
            role.server(),
            new VerifierRoutes(part, view, this::why, time, role.server()),
            status("verifier", view, part::troubles));
    part.start();
    verifierUris.add(server.uri());
    LOG.info("Verifier {} listens on {}", role.key().account(), server.uri());
  }

  private void startGateway(NodeConfig.GatewayRole role) throws IOException {
    EpochChain view = view(role.key());
    Path folder = data.gateway();
    Gateway part =
        closing.add(
            new Gateway(
                folder,
                store(folder),
                role.key(),
                role.limits(),
                config.retention(),
                view,
                registry,
                verifyPool,
                peers,
                Tasks.THREADS,
                time,
                meters));
    part.start();
    NodeServer server =
        listen(
            role.server(),
            new GatewayRoutes(part, time, role.server()),
            status("gateway", view, part::troubles));
    gatewayUri = Optional.of(server.uri());
    LOG.info("Gateway {} listens on {}", role.key().account(), server.uri());
    if (role.mqtt().isPresent()) {
      startMqtt(role, role.mqtt().get(), part, folder);
    }
  }

  private void startMqtt(
      NodeConfig.GatewayRole role, MqttSettings settings, Gateway gateway, Path folder)
      throws IOException {
    MqttServer server =
        closing.add(
            MqttServer.start(
                settings,
                deployment.domain().deployment(),
                registry,
                gateway.admission(),
                role.readers(),
                folder,
                time,
                meters));
    mqttUri = Optional.of(server.uri());
    LOG.info("Its MQTT broker listens on {}", server.uri());
  }

  /** Where the public files of a role are, which has this folder for the rest. */
  private Store store(Path folder) throws IOException {
    if (config.store().isEmpty()) {
      return new FolderStore(folder);
    }
    String role = String.valueOf(folder.getFileName());
    return closing.add(config.store().get().open(role, System.getenv())).store();
  }

  private EpochChain view(AccountKey key) {
    return new ContractChain(chain, new Wallet(transactions, deployment, key));
  }

  private NodeServer listen(ServerSettings settings, Routes... routes) throws IOException {
    return closing.add(NodeServer.start(settings, routes));
  }

  private StatusRoutes status(
      String role, EpochChain view, java.util.function.Supplier<List<String>> troubles)
      throws IOException {
    return new StatusRoutes(role, deploymentJson(), view, registry, time, meters, troubles);
  }

  private JsonNode deploymentJson() throws IOException {
    try {
      return Json.decode(Bytes.wrap(deployment.toJson()));
    } catch (Malformed e) {
      throw new IOException("The deployment file is no JSON", e);
    }
  }

  /** An explainer that knows the networks of the moment. */
  private Why why() throws IOException {
    Map<NetworkId, Kind> kinds = new TreeMap<>();
    chain.state().networks().forEach((id, created) -> kinds.put(id, new Kind(created.kind())));
    return new Why(networks, kinds);
  }
}
