package org.groundwork.node.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.groundwork.engine.Networks;
import org.groundwork.engine.local.Runners;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.ChainFeeds;
import org.groundwork.node.HttpGateways;
import org.groundwork.node.Node;
import org.groundwork.node.NodeConfig;
import org.groundwork.node.Retention;
import org.groundwork.node.chain.FreshReader;
import org.groundwork.node.chain.PlanReader;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.verifier.VerifierSettings;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.deploy.Deployer;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.deploy.DeploymentParameters;
import org.groundwork.settlement.local.FreePort;
import org.groundwork.settlement.local.LocalChain;
import org.groundwork.settlement.local.LocalChainSettings;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;

/**
 * A whole deployment on a real local chain: four staked verifiers and a gateway, of which a test
 * starts and stops those it likes, in slots of a second.
 */
public final class LocalNetwork implements AutoCloseable {
  public static final int VERIFIERS = 4;

  /** In which all devices are: the H3 cell of a place in the sea. */
  public static final long CELL = 0x871F1D48FFFFFFFL;

  private static final String GATEWAY = "gateway";
  private static final BigInteger UNIT = BigInteger.TEN.pow(18);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Between the deployment's first transaction and genesis: all members join in it. */
  private static final long PREPARATION_SECONDS = 12;

  /** Long enough for a killed gateway to come back on a busy machine. */
  private static final long COMMIT_SLOTS = 20;

  private final Path folder;
  private final LocalChain chain;
  private final JsonRpc rpc;
  private final Deployment deployment;
  private final Transactions transactions;
  private final FreshReader reader;
  private final HttpPeers peers = new HttpPeers(Duration.ofSeconds(10));
  private final Map<String, Integer> ports = new TreeMap<>();
  private final Map<String, Node> running = new TreeMap<>();
  private final Map<String, Process> processes = new TreeMap<>();
  private final NetworkId network;

  public LocalNetwork(Path folder) throws IOException {
    this.folder = folder;
    Time time = Time.system();
    chain =
        LocalChain.start(
            LocalChainSettings.in(folder.resolve("chain"))
                .withAnvil(InstalledAnvil.locate())
                .withBlockInterval(Duration.ofSeconds(1)),
            time);
    rpc = new JsonRpc(chain.endpoint());
    long genesis = time.instant().getEpochSecond() + PREPARATION_SECONDS;
    AccountKey deployer = LocalChain.richAccount();
    deployment =
        new Deployer(
                rpc,
                deployer,
                DeploymentParameters.local(
                    new EpochSchedule(genesis, 1, 5, COMMIT_SLOTS), deployer.account(), council()),
                folder.resolve("deploy.journal"),
                time,
                _ -> {})
            .run();
    Files.write(folder.resolve("deployment.json"), deployment.toJson());
    transactions = new Transactions(rpc, time);
    reader = new FreshReader(new ChainReader(rpc, deployment), time);
    Bytes parameters = CounterNetwork.parameters(1000);
    network = treasury().createNetwork("counter", CounterNetwork.rulesHash(parameters), parameters);
    for (int i = 0; i < VERIFIERS; i++) {
      join(Role.VERIFIER, verifierName(i));
    }
    join(Role.GATEWAY, GATEWAY);
  }

  private static List<AccountId> council() {
    return Stream.of("one", "two", "three")
        .map(name -> Reporter.account("council " + name).account())
        .toList();
  }

  private void join(Role role, String name) throws IOException {
    int port = FreePort.find();
    ports.put(name, port);
    AccountKey key = Reporter.account(name);
    TokenAmount stake = tokens(1_000);
    fund(key, stake);
    wallet(key).join(role, key.account(), "http://127.0.0.1:" + port, stake);
  }

  public static TokenAmount tokens(long whole) {
    return new TokenAmount(BigInteger.valueOf(whole).multiply(UNIT));
  }

  public static Credits credits(long whole) {
    return new Credits(BigInteger.valueOf(whole).multiply(UNIT));
  }

  private static String verifierName(int number) {
    return "verifier " + number;
  }

  /** The key of the verifier who signs with this account. */
  public AccountKey verifierKey(AccountId signer) {
    return IntStream.range(0, VERIFIERS)
        .mapToObj(number -> Reporter.account(verifierName(number)))
        .filter(key -> key.account().equals(signer))
        .findFirst()
        .orElseThrow();
  }

  public Wallet treasury() {
    return wallet(LocalChain.richAccount());
  }

  public Wallet wallet(AccountKey key) {
    return new Wallet(transactions, deployment, key);
  }

  public void fund(AccountKey key, TokenAmount amount) throws IOException {
    treasury().giveCoin(key.account(), UNIT);
    treasury().giveTokens(key.account(), amount);
  }

  /** Registers a device of this owner in the test's network. */
  public DeviceId register(AccountKey owner, DeviceKey device) throws IOException {
    return wallet(owner).registerDevice(network, device.publicKey(), CELL, "");
  }

  /** Buys credits for all these tokens and sets some aside for a seller. */
  public ReservationId reserve(AccountKey payer, AccountId seller, long tokens, long credits)
      throws IOException {
    awaitSecond(deployment.schedule().genesis());
    treasury().checkpointPrice();
    wallet(payer).buyCredits(tokens(tokens), Credits.ZERO);
    return wallet(payer).reserve(network, seller, credits(credits), new EpochNumber(100_000));
  }

  public Deployment deployment() {
    return deployment;
  }

  public URI rpcUri() {
    return chain.endpoint();
  }

  public NetworkId network() {
    return network;
  }

  public FreshReader reader() {
    return reader;
  }

  public PlanReader plans() {
    return new PlanReader(reader);
  }

  public ChainFeeds feeds() {
    return new ChainFeeds(reader);
  }

  public HttpGateways gateways() {
    return new HttpGateways(deployment.domain(), feeds()::gateways, peers);
  }

  public static Networks networks() {
    return new Networks(List.of(new CounterNetwork()));
  }

  public void startVerifier(int number) throws IOException {
    String name = verifierName(number);
    running.put(name, start(name, folder.resolve(name), chain.endpoint(), deployment, port(name)));
  }

  /** The node of this name, as it runs here and in {@link NodeProcess}. */
  static Node start(String name, Path data, URI rpc, Deployment deployment, int port)
      throws IOException {
    AccountKey key = Reporter.account(name);
    ServerSettings server = ServerSettings.loopback(port);
    boolean gateway = name.equals(GATEWAY);
    VerifierSettings settings =
        new VerifierSettings(Runners.LOCAL, 1, 1L << 30, Duration.ofSeconds(1));
    NodeConfig config =
        new NodeConfig(
            data,
            rpc,
            deployment,
            Optional.empty(),
            Retention.DEFAULT,
            1,
            gateway
                ? Optional.of(new NodeConfig.GatewayRole(key, server, GatewayLimits.DEFAULT))
                : Optional.empty(),
            gateway ? List.of() : List.of(new NodeConfig.VerifierRole(key, server, settings)));
    return Node.start(config, networks(), Time.system());
  }

  public void stopVerifier(int number) {
    Optional.ofNullable(running.remove(verifierName(number))).orElseThrow().close();
  }

  /** Starts a verifier in a process of its own, to be killed. */
  public void startVerifierProcess(int number) throws IOException {
    startProcess(verifierName(number));
  }

  public void killVerifier(int number) {
    kill(verifierName(number));
  }

  /** Starts the gateway in a process of its own, to be killed. */
  public void startGatewayProcess() throws IOException {
    startProcess(GATEWAY);
  }

  public void killGateway() {
    kill(GATEWAY);
  }

  private void startProcess(String name) throws IOException {
    Path file = folder.resolve("deployment.json");
    Path data = folder.resolve(name);
    processes.put(name, NodeProcess.start(name, data, chain.endpoint(), file, port(name)));
  }

  private void kill(String name) {
    NodeProcess.kill(Optional.ofNullable(processes.remove(name)).orElseThrow());
  }

  private int port(String name) {
    return Optional.ofNullable(ports.get(name)).orElseThrow();
  }

  /** A client of a verifier. */
  public NodeClient verifier(int number) throws IOException {
    return peers.at("http://127.0.0.1:" + port(verifierName(number)));
  }

  public List<NodeClient> verifiers() throws IOException {
    List<NodeClient> clients = new ArrayList<>();
    for (int i = 0; i < VERIFIERS; i++) {
      clients.add(verifier(i));
    }
    return clients;
  }

  /** The epoch of this moment. */
  public EpochNumber epochNow() {
    return deployment.schedule().epochAt(Time.system().instant().getEpochSecond());
  }

  /** The epoch whose result is accepted next. */
  public EpochNumber nextEpoch() throws IOException {
    return treasury().nextEpoch();
  }

  /** A condition that a test waits for. */
  public interface Condition {
    boolean holds() throws IOException;
  }

  public void awaitSettled(EpochNumber epoch) throws IOException {
    await("epoch " + epoch + " settles", () -> nextEpoch().compareTo(epoch) > 0);
    reader.stateNow();
  }

  public void await(String what, Condition condition) throws IOException {
    long end = Time.system().millis() + PATIENCE.toMillis();
    while (!condition.holds()) {
      if (Time.system().millis() > end) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      pause();
    }
  }

  public void awaitSecond(long unixSecond) throws IOException {
    await("second " + unixSecond, () -> Time.system().instant().getEpochSecond() >= unixSecond);
  }

  public static void pause() {
    try {
      Time.system().pause(Duration.ofMillis(50));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The bytes of a payload, for readers of tests. */
  public static Bytes reading(long value) {
    return CounterNetwork.reading(value);
  }

  @Override
  public void close() {
    processes.values().forEach(NodeProcess::kill);
    running.values().forEach(Node::close);
    peers.close();
    rpc.close();
    chain.close();
  }
}
