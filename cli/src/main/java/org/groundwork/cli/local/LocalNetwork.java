package org.groundwork.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.groundwork.agent.FolderFormat;
import org.groundwork.cli.Amounts;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.ContentSetup;
import org.groundwork.cli.daemon.CourtSetup;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.cli.daemon.ProviderSetup;
import org.groundwork.cli.daemon.PurchasedReadings;
import org.groundwork.engine.Networks;
import org.groundwork.engine.local.Runners;
import org.groundwork.networks.storage.rules.StorageNetwork;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.node.Node;
import org.groundwork.node.NodeConfig;
import org.groundwork.node.Retention;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.mqtt.MqttSettings;
import org.groundwork.node.run.Worker;
import org.groundwork.node.verifier.VerifierSettings;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.rules.Kind;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.Operator;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.deploy.Deployer;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.deploy.DeploymentParameters;
import org.groundwork.settlement.local.LocalChain;
import org.groundwork.settlement.local.LocalChainSettings;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;

/**
 * A chain and a deployment on this machine, with everybody registered: what {@code up} and {@code
 * demo} stand on. It may hold any number of networks; the storage network is the one whose provider
 * and customer parts run here too. Each step looks at the chain first, so an interrupted start goes
 * on where it was.
 */
public final class LocalNetwork implements AutoCloseable {
  private static final BigInteger COIN = BigInteger.TEN.pow(19);
  private static final TokenAmount TOKEN = new TokenAmount(BigInteger.TEN.pow(18));
  private static final long GENESIS_AHEAD_SECONDS = 12;

  /** Two dollars a token, as the test feeds say from the start. */
  private static final BigInteger TEST_PRICE = BigInteger.valueOf(2_00000000L);

  private static final int COUNCIL = 3;
  private static final long CUSTOMER_TOKENS = 10_000;

  private static final Duration PROVIDERS_DEADLINE = Duration.ofMinutes(3);

  private final Path folder;
  private final LocalSettings settings;
  private final String host;
  private final Consumer<String> progress;
  private final FolderLock lock;
  private final Accounts accounts;
  private final Ports ports;
  private final LocalChain chain;
  private final JsonRpc rpc;
  private final Transactions transactions;
  private final Deployment deployment;
  private final ChainReader reader;
  private final Optional<NetworkId> storage;

  private LocalNetwork(Path folder, LocalSettings settings, String host, Consumer<String> progress)
      throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.host = host;
    this.progress = progress;
    Files.createDirectories(folder);
    lock = FolderLock.take(folder);
    FolderFormat.check(folder);
    accounts = new Accounts(folder.resolve("keys"), new SecureRandom());
    accounts.keep("founder", Accounts.TREASURY);
    ports = new Ports(folder.resolve("ports.json"));
    chain =
        LocalChain.start(
            LocalChainSettings.in(folder.resolve("chain"))
                .withPort(ports.of("chain"))
                .withBlockInterval(Duration.ofSeconds(1)),
            Time.system());
    rpc = new JsonRpc(chain.endpoint());
    transactions = new Transactions(rpc, Time.system());
    deployment = deploy();
    reader = new ChainReader(rpc, deployment);
    storage = settings.providers() > 0 ? Optional.of(createStorage()) : Optional.empty();
    progress.accept("Contracts on the local chain at " + chain.endpoint());
  }

  /** Starts the chain in a folder and deploys what is not there yet. */
  public static LocalNetwork open(Path folder, LocalSettings settings, Consumer<String> progress)
      throws IOException {
    return open(folder, settings, "127.0.0.1", progress);
  }

  /** The same with nodes and providers that others reach at this host. */
  public static LocalNetwork open(
      Path folder, LocalSettings settings, String host, Consumer<String> progress)
      throws IOException {
    return new LocalNetwork(folder, settings, host, progress);
  }

  public Path folder() {
    return folder;
  }

  public LocalSettings settings() {
    return settings;
  }

  public Deployment deployment() {
    return deployment;
  }

  public Path deploymentFile() {
    return folder.resolve("deployment.json");
  }

  public URI rpc() {
    return chain.endpoint();
  }

  public ChainReader reader() {
    return reader;
  }

  public Transactions transactions() {
    return transactions;
  }

  /** The storage network, which there is if the settings have providers. */
  public NetworkId network() {
    return storage.orElseThrow(() -> new IllegalStateException("no storage network here"));
  }

  /** The first network of a kind and with these parameters; created if there is none. */
  public NetworkId createNetwork(Kind kind, Bytes parameters, BootstrapBudget bootstrap)
      throws IOException {
    reader.sync();
    Optional<NetworkId> known =
        reader.state().networks().values().stream()
            .filter(created -> created.kind().equals(kind.name()))
            .filter(created -> created.rules().getFirst().parameters().equals(parameters))
            .map(RegisteredNetwork::id)
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    ResourceNetwork rules = Networks.installed().of(kind).orElseThrow();
    return treasury()
        .createNetwork(kind.name(), rules.newest().hash(kind, parameters), parameters, bootstrap);
  }

  public Accounts accounts() {
    return accounts;
  }

  public int port(String part) throws IOException {
    return ports.of(part);
  }

  /** Where nodes, providers and sellers are reached. */
  public String endpoint(String part) throws IOException {
    return "http://" + host + ":" + ports.of(part);
  }

  public Wallet wallet(AccountKey key) {
    return new Wallet(transactions, deployment, key);
  }

  public Wallet treasury() {
    return wallet(Accounts.TREASURY);
  }

  /** Gives accounts what pays for their transactions. */
  public void fund(AccountId account, TokenAmount tokens) throws IOException {
    if (transactions.coin(account).signum() == 0) {
      treasury().giveCoin(account, COIN);
    }
    if (!tokens.isZero() && treasury().tokens(account).compareTo(tokens) < 0) {
      treasury().giveTokens(account, tokens);
    }
  }

  /** Gives the accounts that examples use coin, and the customer tokens to burn for credits. */
  public void fundActors() throws IOException {
    fund(accounts.account("provider").account(), TokenAmount.ZERO);
    BigInteger tokens = TOKEN.value().multiply(BigInteger.valueOf(CUSTOMER_TOKENS));
    fund(accounts.account("customer").account(), new TokenAmount(tokens));
  }

  /** Stakes a gateway and the verifiers. */
  public void joinOperators() throws IOException {
    join(Role.GATEWAY, ChainState.GATEWAY, "gateway");
    for (int i = 1; i <= settings.verifiers(); i++) {
      join(Role.VERIFIER, ChainState.VERIFIER, "verifier-" + i);
    }
    progress.accept("A gateway and " + settings.verifiers() + " verifiers have staked");
  }

  /** Registers the providers' devices; returns them in order. */
  public List<DeviceId> registerProviders() throws IOException {
    List<DeviceId> devices = new ArrayList<>();
    for (int i = 1; i <= settings.providers(); i++) {
      devices.add(register("provider-" + i));
    }
    progress.accept(settings.providers() + " storage providers are registered");
    return devices;
  }

  /** Starts the gateway and the verifiers in this process. */
  public Node startNode() throws IOException {
    return startNode(Runners.LOCAL);
  }

  /** The same, with epochs judged at this address. */
  public Node startNode(URI runner) throws IOException {
    List<NodeConfig.VerifierRole> verifiers = new ArrayList<>();
    for (int i = 1; i <= settings.verifiers(); i++) {
      verifiers.add(
          new NodeConfig.VerifierRole(
              accounts.account("verifier-" + i),
              ServerSettings.loopback(port("verifier-" + i)),
              VerifierSettings.DEFAULT.withRunner(runner)));
    }
    NodeConfig config =
        new NodeConfig(
            folder.resolve("node"),
            rpc(),
            deployment,
            Optional.empty(),
            Retention.DEFAULT,
            Runtime.getRuntime().availableProcessors(),
            Optional.of(
                new NodeConfig.GatewayRole(
                        accounts.account("gateway"),
                        ServerSettings.loopback(port("gateway")),
                        GatewayLimits.DEFAULT)
                    .withMqtt(
                        MqttSettings.loopback(port("mqtt")),
                        new PurchasedReadings(
                            PurchasedReadings.Servers.in(folder), Time.system()))),
            verifiers);
    return Node.start(config, Networks.installed(), Time.system());
  }

  /**
   * Records a price and makes results final once in a while, as somebody must for credits to be
   * sold and claims to be paid.
   */
  public Worker priceKeeper() {
    return new Worker(
        "prices",
        Duration.ofSeconds(
            deployment.schedule().slotSeconds() * deployment.schedule().slotsPerEpoch()),
        () -> {
          if (Time.system().instant().getEpochSecond() >= deployment.schedule().genesis()) {
            refreshFeeds();
            treasury().checkpointPrice();
            treasury().finaliseWhatIsDue();
          }
          return false;
        });
  }

  /** Test feeds have nobody who updates them: without this their answer would grow too old. */
  private void refreshFeeds() throws IOException {
    for (String feed : List.of("TestFeedA", "TestFeedB")) {
      AccountId address = deployment.addresses().get(feed);
      if (address != null) {
        treasury().setTestFeed(address, TEST_PRICE);
      }
    }
  }

  /** Writes the configuration of provider {@code number}, from 1, and returns its folder. */
  public Path writeProvider(int number, DeviceId device) throws IOException {
    String name = "provider-" + number;
    Path home = folder.resolve(name);
    ConfigFile.write(
        home.resolve(ProviderSetup.FILE),
        new ProviderSetup(
            deploymentFile().toString(),
            rpc().toString(),
            device.value(),
            accounts.file(name + "-device").toString(),
            accounts.passwordFile().toString(),
            host,
            port(name),
            settings.capacityBytes()));
    ConfigFile.write(
        home.resolve(CourtSetup.FILE),
        new CourtSetup(accounts.file(name).toString(), accounts.passwordFile().toString()));
    return home;
  }

  /** Returns when every provider listens. */
  public void awaitProviders() throws IOException {
    for (int i = 1; i <= settings.providers(); i++) {
      await("provider " + i, host, port("provider-" + i));
    }
  }

  /** Returns when a part listens. */
  public void await(String part, String address, int port) throws IOException {
    Instant deadline = Time.system().instant().plus(PROVIDERS_DEADLINE);
    while (!listens(address, port)) {
      if (Time.system().instant().isAfter(deadline)) {
        throw new IOException(part + " does not answer; see the logs in " + folder.resolve("logs"));
      }
      pause();
    }
  }

  private static boolean listens(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      Time.system().pause(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Buys credits for the customer, reserves them with every provider, and writes the customer's
   * configuration.
   *
   * @param tokens what is burned for credits, if the customer has none yet
   * @return the customer's folder
   */
  public Path prepareCustomer(TokenAmount tokens, long dealSlots, long repairSeconds)
      throws IOException {
    AccountKey key = accounts.account("customer");
    fund(key.account(), tokens);
    Wallet wallet = wallet(key);
    reader.sync();
    boolean reserved =
        reader.state().reservations().stream()
            .anyMatch(reservation -> reservation.payer().equals(key.account()));
    if (!reserved) {
      Credits credits = wallet.credits(key.account());
      if (credits.isZero()) {
        credits = wallet.buyCredits(tokens, Credits.ZERO);
      }
      Credits share = new Credits(credits.value().divide(BigInteger.valueOf(settings.providers())));
      for (int i = 1; i <= settings.providers(); i++) {
        wallet.reserve(
            network(),
            accounts.account("provider-" + i).account(),
            share,
            new EpochNumber(0xFFFF_FFFFL));
      }
      progress.accept(
          "The customer burned "
              + Amounts.show(tokens)
              + " tokens for $"
              + Amounts.show(credits)
              + " of credits, reserved with the providers");
    }
    Path home = folder.resolve("customer");
    Files.createDirectories(home);
    secret(home.resolve("secret-key"), 20, true);
    secret(home.resolve("master-key"), 32, false);
    ConfigFile.write(
        home.resolve(CustomerSetup.FILE),
        new CustomerSetup(
            deploymentFile().toString(),
            rpc().toString(),
            network().value(),
            accounts.file("customer").toString(),
            accounts.passwordFile().toString(),
            "127.0.0.1",
            port("s3"),
            "groundwork",
            home.resolve("secret-key").toString(),
            home.resolve("master-key").toString(),
            dealSlots,
            repairSeconds));
    ConfigFile.write(
        home.resolve(ContentSetup.FILE), ContentSetup.standard("127.0.0.1", port("content")));
    return home;
  }

  private static void secret(Path file, int bytes, boolean text) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    byte[] secret = new byte[bytes];
    new SecureRandom().nextBytes(secret);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        file,
        text ? HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII) : secret,
        StandardOpenOption.WRITE);
  }

  private DeviceId register(String name) throws IOException {
    AccountKey owner = accounts.account(name);
    DeviceKey key = accounts.device(name + "-device");
    fund(owner.account(), TokenAmount.ZERO);
    reader.sync();
    Optional<RegisteredDevice> known =
        reader.state().devices().stream()
            .filter(device -> device.key().equals(key.publicKey().bytes()))
            .findFirst();
    if (known.isEmpty()) {
      return wallet(owner).registerDevice(network(), key.publicKey(), 0, endpoint(name));
    }
    if (!known.get().endpoint().equals(endpoint(name))) {
      wallet(owner).setDeviceEndpoint(known.get().id(), endpoint(name));
    }
    return known.get().id();
  }

  private void join(Role role, int number, String name) throws IOException {
    AccountKey key = accounts.account(name);
    reader.sync();
    Optional<Operator> staked =
        reader.state().operators(number).stream()
            .filter(operator -> operator.signer().equals(key.account()))
            .findFirst();
    if (staked.isPresent() && !staked.get().endpoint().equals(endpoint(name))) {
      wallet(key).setOperatorEndpoint(role, endpoint(name));
    } else if (staked.isEmpty()) {
      TokenAmount stake = new TokenAmount(TOKEN.value().multiply(BigInteger.valueOf(1_000)));
      fund(key.account(), stake);
      wallet(key).join(role, key.account(), endpoint(name), stake);
    }
  }

  private Deployment deploy() throws IOException {
    if (Files.exists(deploymentFile())) {
      Deployment known = Deployment.load(deploymentFile());
      known.verify(rpc);
      return known;
    }
    Path genesisFile = folder.resolve("genesis");
    if (!Files.exists(genesisFile)) {
      long genesis = Time.system().instant().getEpochSecond() + GENESIS_AHEAD_SECONDS;
      Files.writeString(genesisFile, Long.toString(genesis));
    }
    EpochSchedule schedule =
        new EpochSchedule(
            Long.parseLong(Files.readString(genesisFile).strip()),
            settings.slotSeconds(),
            settings.slotsPerEpoch(),
            settings.commitSlots());
    Deployment made =
        new Deployer(
                rpc,
                Accounts.TREASURY,
                DeploymentParameters.local(schedule, Accounts.TREASURY.account(), council()),
                folder.resolve("deploy.journal"),
                Time.system(),
                _ -> {})
            .run();
    Files.write(deploymentFile(), made.toJson());
    return made;
  }

  /** Three accounts that decide disputes. */
  private List<AccountId> council() throws IOException {
    List<AccountId> members = new ArrayList<>();
    for (int i = 1; i <= COUNCIL; i++) {
      members.add(accounts.account("council-" + i).account());
    }
    return members;
  }

  private NetworkId createStorage() throws IOException {
    reader.sync();
    Optional<NetworkId> known =
        reader.state().networks().values().stream()
            .filter(created -> created.kind().equals(StorageNetwork.KIND.name()))
            .map(RegisteredNetwork::id)
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    StorageParameters standard = StorageParameters.DEFAULT;
    Bytes parameters =
        new StorageParameters(
                standard.answerSlots(),
                standard.challengesPerSlot(),
                settings.egressPerGib(),
                standard.maxDealsPerDevice(),
                settings.ratePerGibSlot())
            .encode();
    return createNetwork(StorageNetwork.KIND, parameters, BootstrapBudget.NONE);
  }

  @Override
  public void close() {
    rpc.close();
    chain.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
