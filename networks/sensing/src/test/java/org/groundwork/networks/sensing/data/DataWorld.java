package org.groundwork.networks.sensing.data;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Outbox;
import org.groundwork.networks.sensing.customer.DataClient;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** A server with its clock, a chain and what others publish; valid unless a test says otherwise. */
final class DataWorld implements AutoCloseable, ChainFeed, PublicRecords {
  static final Credits PRICE = WeatherStation.DEFINITION.pricePerCellEpoch();
  static final Credits LATEST_PRICE = new Credits(PRICE.value().divide(BigInteger.TEN));
  static final SensingDefinition DEFINITION =
      WeatherStation.DEFINITION.with(
          Trust.FULL, new TreeMap<>(Map.of(Product.LATEST, LATEST_PRICE, Product.HISTORY, PRICE)));
  static final SigningDomain DOMAIN = SigningDomain.of(BigInteger.TEN, account("registry"));
  static final NetworkId NETWORK = new NetworkId(2);
  static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 60, 60, 5);
  static final EpochNumber EPOCH = new EpochNumber(7);
  static final DeviceId SERVER = new DeviceId(9);

  /** Neighbours of resolution 7, and what is not sold. */
  static final long CELL = 0x871f1d48affffffL;

  static final long OTHER = 0x871f1d489ffffffL;
  static final AccountKey PAYER = key("payer");

  final Map<ReservationId, Reservation> reservations = new TreeMap<>();
  final Map<EpochNumber, List<Hash>> sealed = new TreeMap<>();
  final Map<Hash, List<Report>> segments = new LinkedHashMap<>();
  final List<Accepted> accepted = new ArrayList<>();
  final Map<Hash, Judged> judged = new TreeMap<>();
  final Outbox outbox;
  final DataServer server;
  final DataClient client;
  private final List<Device> devices = new ArrayList<>();
  private long now = SCHEDULE.opening(EPOCH) + 600;
  private long counter;

  DataWorld(Path folder) throws IOException {
    this(folder, DataServer.READ);
  }

  /** One whose server waits so long for what a client sends. */
  DataWorld(Path folder, Duration read) throws IOException {
    for (long device = 1; device <= 4; device++) {
      devices.add(
          new Device(
              new DeviceId(device),
              NETWORK,
              account("owner"),
              deviceKey(device).publicKey(),
              device == 4 ? OTHER : CELL,
              device == 4));
    }
    DeviceIdentity identity =
        new DeviceIdentity(DOMAIN.deployment(), NETWORK, SERVER, deviceKey(SERVER.value()));
    InstantSource clock = () -> Instant.ofEpochSecond(now);
    // Never started: what is submitted waits there.
    outbox =
        new Outbox(
            folder.resolve("outbox"),
            identity,
            SCHEDULE,
            _ -> {
              throw new IOException("no gateway");
            },
            clock);
    server =
        new DataServer(
            folder.resolve("server"),
            "127.0.0.1",
            0,
            DEFINITION,
            identity,
            this,
            this,
            outbox,
            clock,
            read);
    client = new DataClient(URI.create(server.uri()));
  }

  static Hash hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
  }

  static AccountId account(String name) {
    return new AccountId(hash(name).bytes().slice(0, AccountId.SIZE));
  }

  static AccountKey key(String name) {
    return AccountKey.fromSecret(hash("key of " + name).toArray());
  }

  static DeviceKey deviceKey(long device) {
    return DeviceKey.fromSecret(KeyType.ED25519, hash("device " + device).toArray());
  }

  long now() {
    return now;
  }

  void pass(long seconds) {
    now += seconds;
  }

  static Credits times(Credits price, long factor) {
    return new Credits(price.value().multiply(BigInteger.valueOf(factor)));
  }

  ReservationId reserve(String payer, Credits credits, EpochNumber last) {
    return reserve(payer, NetworkPool.of(DOMAIN.deployment(), NETWORK), credits, last);
  }

  ReservationId reserve(String payer, AccountId seller, Credits credits, EpochNumber last) {
    ReservationId id = new ReservationId(hash("reservation " + reservations.size()));
    reservations.put(
        id,
        new Reservation(
            id, key(payer).account(), NETWORK, seller, credits, TokenAmount.of(1), last));
    return id;
  }

  /** A deal of the payer's for {@link #CELL} in this epoch and the next two, reserved for. */
  SignedScopeDeal deal() {
    ReservationId reservation = reserve("payer", times(PRICE, 3), new EpochNumber(9));
    return sign(terms(reservation, List.of(CELL), PRICE, times(PRICE, 3), 7, 9), List.of(CELL));
  }

  static ScopeTerms terms(
      ReservationId reservation,
      List<Long> cells,
      Credits rate,
      Credits cap,
      long first,
      long last) {
    return new ScopeTerms(
        DOMAIN.deployment(),
        NETWORK,
        hash("nonce"),
        PAYER.account(),
        reservation,
        ScopeDeal.hash(cells),
        rate,
        cap,
        new EpochNumber(first),
        new EpochNumber(last));
  }

  static SignedScopeDeal sign(ScopeTerms terms, List<Long> cells) {
    return new SignedScopeDeal(new ScopeDeal(terms, cells), PAYER.sign(DOMAIN.digest(terms.id())));
  }

  DataToken token(SignedScopeDeal deal) {
    return DataToken.sign(DOMAIN, deal.deal().id(), SERVER, now + 60, PAYER);
  }

  /** A signed report of a temperature in tenths of a degree. */
  Report report(long device, long observedAt, long temperature) {
    TreeMap<Integer, Long> values = new TreeMap<>(Map.of(0, temperature, 1, 55L));
    return report(device, deviceKey(device), new Reading(observedAt, values));
  }

  Report report(long device, DeviceKey key, Reading reading) {
    return Report.sign(
        new ReportBody(
            DOMAIN.deployment(),
            NETWORK,
            new DeviceId(device),
            key.publicKey().hash(),
            Sequence.of(SCHEDULE.epochAt(now), ++counter),
            reading.encode()),
        key);
  }

  /** Publishes a segment of this epoch. */
  void seal(Report... reports) {
    Hash segment = hash("segment " + segments.size());
    segments.put(segment, List.of(reports));
    sealed.computeIfAbsent(SCHEDULE.epochAt(now), _ -> new ArrayList<>()).add(segment);
  }

  /** Publishes a result of an epoch. */
  void accept(long epoch, Set<Hash> unpaid, Report... reports) {
    Hash result = hash("result " + judged.size());
    accepted.add(new Accepted(new EpochNumber(epoch), result, false));
    judged.put(result, new Judged(List.of(reports), unpaid));
  }

  void makeFinal() {
    accepted.replaceAll(each -> new Accepted(each.epoch(), each.hash(), true));
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
    return devices.stream()
        .filter(device -> device.id().equals(id))
        .map(device -> new ListedDevice(device, ""))
        .findFirst();
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) {
    return devices.stream().map(device -> new ListedDevice(device, "")).toList();
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return Optional.ofNullable(reservations.get(id));
  }

  @Override
  public List<Reservation> reservationsOf(AccountId payer) {
    return List.copyOf(reservations.values());
  }

  @Override
  public Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public Optional<Seed> seed(NetworkId network, SlotNumber slot) {
    return Optional.empty();
  }

  @Override
  public List<Hash> sealed(EpochNumber epoch) {
    return sealed.getOrDefault(epoch, List.of());
  }

  @Override
  public Optional<List<Report>> reports(Hash segment) {
    return Optional.ofNullable(segments.get(segment));
  }

  @Override
  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public Optional<Judged> judged(Accepted result) {
    return Optional.ofNullable(judged.get(result.hash()));
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    outbox.close();
  }
}
