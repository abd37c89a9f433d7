package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Gateways;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.Payee;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.networks.storage.rules.StorageRules;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.Score;
import org.groundwork.rules.SessionKey;

/**
 * A chain, a gateway and a verifier in memory, at the ports of real providers: time passes only
 * when a test says so.
 */
public final class Sim implements ChainFeed, Gateways, InstantSource, CarryFeed, AutoCloseable {
  public static final NetworkId NETWORK = new NetworkId(1);
  private static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 60, 5, 2);
  private static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.TEN, new AccountId(Bytes.wrap(new byte[20])));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A running provider and what it was started with. */
  public static final class Node {
    public final DeviceId id;
    public final Path folder;
    final DeviceKey key;
    final AccountKey owner;
    ProviderConfig config;
    private int port;
    private Optional<StorageProvider> provider = Optional.empty();
    private Optional<Outbox> outbox = Optional.empty();
    private Optional<Payee> payee = Optional.empty();

    Node(DeviceId id, Path folder, ProviderConfig config, AccountKey owner) {
      this.id = id;
      this.folder = folder;
      this.config = config;
      this.owner = owner;
      this.key = DeviceKey.generate(KeyType.ED25519, new SecureRandom());
    }

    public StorageProvider provider() {
      return provider.orElseThrow();
    }

    public AccountId owner() {
      return owner.account();
    }
  }

  public final StorageParameters parameters;
  private final StorageRules rules;
  private final SecureRandom random = new SecureRandom();
  private final AccountKey gateway = AccountKey.generate(random);
  private final Map<DeviceId, Node> nodes = new TreeMap<>();
  private final Map<DeviceId, ListedDevice> listed = new ConcurrentHashMap<>();
  private final Map<ReservationId, Reservation> reservations = new ConcurrentHashMap<>();
  private final Map<DeviceId, List<Admitted>> admitted = new LinkedHashMap<>();
  private final Map<DeviceId, Carry> carries = new ConcurrentHashMap<>();
  private final List<SessionKey> sessions = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.ofEpochSecond(SCHEDULE.genesis() + 1);
  private volatile Optional<EpochNumber> settled = Optional.empty();
  public volatile boolean gatewayDown;
  public volatile boolean resultsHidden;

  public Sim() {
    this(new StorageParameters(2, 8, Credits.of(1 << 30), 100, Credits.of(1 << 20)));
  }

  public Sim(StorageParameters parameters) {
    this.parameters = parameters;
    rules = new StorageRules(parameters);
  }

  public Node addProvider(Path folder, UnaryOperator<ProviderConfig> configure) throws IOException {
    return addProvider(folder, configure, AccountKey.generate(random));
  }

  public Node addProvider(Path folder, UnaryOperator<ProviderConfig> configure, AccountKey owner)
      throws IOException {
    ProviderConfig config = configure.apply(ProviderConfig.of(parameters, 64L << 20));
    DeviceId id = new DeviceId(nodes.size() + 1L);
    Node node = new Node(id, folder.resolve("device-" + id), config, owner);
    nodes.put(id, node);
    start(node);
    return node;
  }

  public void start(Node node) throws IOException {
    DeviceIdentity identity = new DeviceIdentity(DOMAIN.deployment(), NETWORK, node.id, node.key);
    Device device = new Device(node.id, NETWORK, node.owner.account(), node.key.publicKey(), 0);
    listed.put(node.id, new ListedDevice(device, ""));
    Outbox outbox = new Outbox(node.folder.resolve("outbox"), identity, SCHEDULE, this, this);
    Payee payee =
        new Payee(node.folder.resolve("payee"), DOMAIN, NETWORK, node.owner.account(), this, this);
    outbox.start();
    StorageProvider provider =
        new StorageProvider(
                node.config.listening("127.0.0.1", node.port),
                parameters,
                identity,
                node.folder.resolve("storage"),
                this,
                this,
                outbox,
                payee,
                this)
            .start();
    node.port = provider.port();
    node.provider = Optional.of(provider);
    node.outbox = Optional.of(outbox);
    node.payee = Optional.of(payee);
    listed.put(node.id, new ListedDevice(device, provider.endpoint()));
    await("first slot of device " + node.id, () -> provider.lastSlot() == slot().value());
  }

  public void restart(Node node, UnaryOperator<ProviderConfig> change) throws IOException {
    stop(node);
    node.config = change.apply(node.config);
    start(node);
  }

  /** Stops a provider's threads without letting it finish anything; its disk stays as it is. */
  public void stop(Node node) throws IOException {
    if (node.provider.isPresent()) {
      node.provider.get().close();
      node.outbox.orElseThrow().close();
      node.payee.orElseThrow().close();
      node.provider = Optional.empty();
    }
  }

  /** Reserves credits of a payer for a provider's owner, for ever. */
  public Reservation reserve(AccountId payer, Node node, long credits) {
    byte[] id = new byte[32];
    random.nextBytes(id);
    Reservation reservation =
        new Reservation(
            new ReservationId(Hash.wrap(id)),
            payer,
            NETWORK,
            node.owner.account(),
            Credits.of(credits),
            TokenAmount.of(credits),
            new EpochNumber(1_000_000));
    reservations.put(reservation.id(), reservation);
    return reservation;
  }

  public void replace(Reservation reservation) {
    reservations.put(reservation.id(), reservation);
  }

  public SlotNumber slot() {
    return SCHEDULE.slotAt(now.getEpochSecond());
  }

  public EpochNumber epoch() {
    return SCHEDULE.epochOf(slot());
  }

  /** What an epoch came to. */
  public record Outcome(
      EpochNumber epoch, Map<DeviceId, DeviceResult> devices, List<Score> scores) {
    public DeviceResult of(Node node) {
      return Objects.requireNonNull(devices.get(node.id));
    }
  }

  /** Goes to the next slot, and lets the running providers answer it. */
  public void nextSlot() {
    now = Instant.ofEpochSecond(SCHEDULE.slotStart(slot().plus(1)) + 1);
    SlotNumber slot = slot();
    for (Node node : nodes.values()) {
      if (node.provider.isPresent()) {
        await("slot", () -> node.provider().lastSlot() == slot.value());
        await("answer", () -> !owes(node, slot) || answered(node.id, slot));
      }
    }
  }

  /** Lets slots go by without waiting for anybody. */
  public void sleep(long slots) {
    now = Instant.ofEpochSecond(SCHEDULE.slotStart(slot().plus(slots)) + 1);
  }

  /** Goes on to the next epoch and settles the one that ended. */
  public Outcome nextEpoch() {
    EpochNumber epoch = epoch();
    while (slot().compareTo(SCHEDULE.lastSlot(epoch)) < 0) {
      nextSlot();
    }
    await("reports", () -> nodes.values().stream().allMatch(this::isIdle));
    Outcome outcome = settle(epoch);
    nextSlot();
    return outcome;
  }

  private boolean isIdle(Node node) {
    return node.provider.isEmpty() || node.outbox.orElseThrow().waiting() == 0;
  }

  private boolean owes(Node node, SlotNumber slot) {
    Carry carry = carries.getOrDefault(node.id, Carry.NONE);
    Device device = Objects.requireNonNull(listed.get(node.id)).device();
    return !gatewayDown && !rules.challenges(seedOf(slot), device, carry).isEmpty();
  }

  private synchronized boolean answered(DeviceId id, SlotNumber slot) {
    return admitted.getOrDefault(id, List.of()).stream()
        .anyMatch(record -> record.type() == 2 && record.slot().equals(slot));
  }

  public synchronized long reports(Node node, int type) {
    return admitted.getOrDefault(node.id, List.of()).stream()
        .filter(record -> record.type() == type)
        .count();
  }

  private synchronized Outcome settle(EpochNumber epoch) {
    Map<DeviceId, DeviceResult> results = new TreeMap<>();
    Map<GroupKey, List<Claim>> groups = new TreeMap<>();
    for (DeviceId id : nodes.keySet()) {
      List<Admitted> records =
          admitted.getOrDefault(id, List.of()).stream()
              .filter(record -> record.ref().sequence().epoch().equals(epoch))
              .sorted(java.util.Comparator.comparing(Admitted::ref))
              .toList();
      Device device = Objects.requireNonNull(listed.get(id)).device();
      Carry carry = carries.getOrDefault(id, Carry.NONE);
      DeviceResult result = rules.judge(new DeviceInput(facts(epoch), device, carry, records));
      carries.put(id, result.carry());
      results.put(id, result);
      result
          .claims()
          .forEach(c -> groups.computeIfAbsent(c.group(), _ -> new ArrayList<>()).add(c));
    }
    List<Score> scores = new ArrayList<>();
    groups.forEach((group, claims) ->
        scores.addAll(
            rules
                .reconcile(
                    new GroupInput(
                        facts(epoch), group, claims.stream().sorted().toList(), Carry.NONE))
                .scores()));
    settled = Optional.of(epoch);
    return new Outcome(epoch, results, scores);
  }

  @Override
  public List<Answer> submit(List<Report> reports) throws IOException {
    if (gatewayDown) {
      throw new IOException("no gateway");
    }
    return reports.stream().map(this::submit).toList();
  }

  private synchronized Answer submit(Report report) {
    try {
      ReportBody body = report.parse();
      if (!body.sequence().epoch().equals(epoch())) {
        return new Answer.Refused("refused.old-epoch", "another epoch", false);
      }
      RecordRef ref = new RecordRef(body.device(), body.sequence(), body.hash());
      admitted
          .computeIfAbsent(body.device(), _ -> new ArrayList<>())
          .add(new Admitted(ref, slot(), body.payload()));
      Hash root = HashTree.leaf(body.hash().bytes());
      Hash digest =
          DOMAIN.digest(Statements.promise(DOMAIN.deployment(), gateway.account(), slot(), root));
      return new Answer.Promised(
          new Promise(
              gateway.account(), slot(), body.hash(), 0, 1, List.of(), gateway.sign(digest)));
    } catch (Malformed e) {
      return new Answer.Refused("refused.malformed", String.valueOf(e.getMessage()), false);
    }
  }

  @Override
  public SigningDomain domain() {
    return DOMAIN;
  }

  @Override
  public EpochSchedule schedule() {
    return SCHEDULE;
  }

  @Override
  public Optional<ListedDevice> device(DeviceId id) {
    return Optional.ofNullable(listed.get(id));
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) {
    return new TreeMap<>(listed).values().stream().toList();
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return Optional.ofNullable(reservations.get(id));
  }

  @Override
  public List<Reservation> reservationsOf(AccountId payer) {
    return new TreeMap<>(reservations)
        .values().stream().filter(there -> there.payer().equals(payer)).toList();
  }

  /** Lets the chain show a session key from now on. */
  public void authorise(SessionKey session) {
    sessions.add(session);
  }

  @Override
  public Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) {
    return sessions.stream()
        .filter(session -> session.network().equals(network))
        .filter(session -> session.account().equals(account) && session.key().equals(key))
        .findFirst();
  }

  @Override
  public Optional<Seed> seed(NetworkId network, SlotNumber slot) {
    return slot.compareTo(slot()) <= 0 ? Optional.of(seedOf(slot)) : Optional.empty();
  }

  private static Seed seedOf(SlotNumber slot) {
    return Seed.of(
        DOMAIN.deployment(), NETWORK, slot, Sha256.hash(new byte[] {(byte) slot.value()}));
  }

  @Override
  public Optional<Known> carry(DeviceId device) {
    return resultsHidden
        ? Optional.empty()
        : settled.map(epoch -> new Known(epoch, carries.getOrDefault(device, Carry.NONE)));
  }

  @Override
  public Instant instant() {
    return now;
  }

  private EpochFacts facts(EpochNumber epoch) {
    return new EpochFacts() {
      @Override
      public SigningDomain domain() {
        return DOMAIN;
      }

      @Override
      public NetworkId network() {
        return NETWORK;
      }

      @Override
      public EpochNumber epoch() {
        return epoch;
      }

      @Override
      public EpochSchedule schedule() {
        return SCHEDULE;
      }

      @Override
      public Seed seed(SlotNumber slot) {
        return seedOf(slot);
      }

      @Override
      public Optional<Reservation> reservation(ReservationId id) {
        return Sim.this.reservation(id);
      }

      @Override
      public Optional<SessionKey> sessionKey(AccountId account, AccountId key) {
        return Sim.this.sessionKey(NETWORK, account, key, epoch);
      }
    };
  }

  /** Waits in real time for what other threads do. */
  public static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain for " + what);
      }
      try {
        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void close() {
    for (Node node : nodes.values()) {
      try {
        stop(node);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
