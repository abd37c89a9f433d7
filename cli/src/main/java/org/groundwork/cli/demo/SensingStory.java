package org.groundwork.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.cli.Amounts;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.DataDaemon;
import org.groundwork.cli.daemon.DataSetup;
import org.groundwork.cli.daemon.DeviceFleet;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.networks.sensing.customer.DataClient;
import org.groundwork.networks.sensing.customer.DataRefusal;
import org.groundwork.networks.sensing.customer.Places;
import org.groundwork.networks.sensing.customer.ScopeOrder;
import org.groundwork.networks.sensing.data.DataToken;
import org.groundwork.networks.sensing.data.Format;
import org.groundwork.networks.sensing.rules.SensingNetwork;
import org.groundwork.networks.sensing.wire.Consistency;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.wallet.Wallet;

/**
 * Some two hundred weather stations around a town replay a recorded day, six minutes a second. Some
 * are broken and some cheat. A customer buys the data of all cells with one signature; who measured
 * is paid, and everybody else is told why not.
 */
final class SensingStory implements Story {
  private static final double LATITUDE = 48.58;
  private static final double LONGITUDE = 7.75;
  private static final int RINGS = 2;
  private static final int STATIONS = 209;
  private static final int OWNERS = 11;
  private static final int OF_EACH_PART = 3;
  private static final long SEED = 20210619;
  private static final int EPOCHS_BOUGHT = 4;

  /** Who is off the neighbours in three of seven fields stands elsewhere. */
  private static final BasisPoints MINIMUM_SCORE = new BasisPoints(6000);

  private static final long TOKEN_SECONDS = 600;
  private static final Credits PRICE = new Credits(BigInteger.TEN.pow(16).multiply(BigInteger.TWO));
  private static final TokenAmount TO_BURN =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(20)));

  private final SensingDefinition definition = definition();
  private final SortedMap<DeviceId, Station> stations = new TreeMap<>();
  private final List<DeviceFleet.Member> members = new ArrayList<>();
  private final List<AccountKey> owners = new ArrayList<>();
  private final Map<Part, Set<DeviceId>> found = new EnumMap<>(Part.class);
  private List<Long> cells = List.of();
  private Optional<NetworkId> network = Optional.empty();
  private Optional<DeviceId> server = Optional.empty();
  private int step;
  private long lastSent;
  private long rows;

  /** The network of consumer stations, with a step of a second for six minutes. */
  private static SensingDefinition definition() {
    SensingDefinition real = WeatherStation.DEFINITION;
    List<Field> fields = new ArrayList<>();
    for (Field field : real.fields()) {
      fields.add(
          new Field(
              field.name(),
              field.unit(),
              field.decimals(),
              field.min(),
              field.max(),
              field.maxStep() * 2,
              field.stuckSteps() / 4,
              field.neighbourTolerance(),
              field.type()));
    }
    List<Consistency> checks = new ArrayList<>();
    for (Consistency check : real.checks()) {
      checks.add(
          new Consistency(
              check.kind(), check.field(), check.other(), check.limit(), check.steps() / 4));
    }
    return new SensingDefinition(
        "strasbourg",
        1,
        10,
        real.cellResolution(),
        16,
        List.of(),
        MINIMUM_SCORE,
        PRICE,
        fields,
        checks,
        List.of());
  }

  @Override
  public void register(Stage stage) throws Exception {
    cells = Places.around(LATITUDE, LONGITUDE, definition.cellResolution(), RINGS);
    NetworkId id =
        stage
            .network()
            .createNetwork(new SensingNetwork().kind(), definition.encode(), BootstrapBudget.NONE);
    network = Optional.of(id);
    RecordedDay day = RecordedDay.load(definition);
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < OWNERS; i++) {
      AccountKey owner = stage.network().accounts().account("owner-" + (i + 1));
      stage.network().fund(owner.account(), TokenAmount.ZERO);
      owners.add(owner);
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<DeviceFleet.Member>>> registered = new ArrayList<>();
      for (int i = 0; i < OWNERS; i++) {
        int index = i;
        registered.add(threads.submit(() -> register(stage, id, index, random)));
      }
      for (Future<List<DeviceFleet.Member>> each : registered) {
        members.addAll(each.get());
      }
    }
    List<Part> parts = parts(members.size());
    for (int i = 0; i < members.size(); i++) {
      stations.put(members.get(i).id(), new Station(parts.get(i), definition, day, SEED + i));
    }
    server = Optional.of(registerServer(stage, id));
    stage.say(
        "%d weather stations are registered in %d cells around Strasbourg"
            .formatted(stations.size(), cells.size()));
  }

  /** The stations of one owner, one in a cell after the other. */
  private List<DeviceFleet.Member> register(
      Stage stage, NetworkId id, int owner, SecureRandom random) throws Exception {
    AccountKey key = owners.get(owner);
    Wallet wallet = stage.network().wallet(key);
    List<DeviceFleet.Member> own = new ArrayList<>();
    for (int i = 0; i < STATIONS / OWNERS; i++) {
      DeviceKey device = DeviceKey.generate(KeyType.ED25519, random);
      DeviceId registered =
          wallet.registerDevice(id, device.publicKey(), cells.get(i % cells.size()), "");
      own.add(new DeviceFleet.Member(registered, device, key.account()));
    }
    return own;
  }

  /** Those with something wrong are spread over owners and cells. */
  private static List<Part> parts(int count) {
    List<Part> parts = new ArrayList<>(Collections.nCopies(count, Part.HONEST));
    int at = 1;
    for (Part part : Part.values()) {
      for (int i = 0; part != Part.HONEST && i < OF_EACH_PART; i++) {
        parts.set(at % count, part);
        at += 8;
      }
    }
    return parts;
  }

  private DeviceId registerServer(Stage stage, NetworkId id) throws Exception {
    AccountKey owner = stage.network().accounts().account("data-server");
    stage.network().fund(owner.account(), TokenAmount.ZERO);
    DeviceKey key = stage.network().accounts().device("data-server-device");
    return stage
        .network()
        .wallet(owner)
        .registerDevice(id, key.publicKey(), 0, stage.network().endpoint("data"));
  }

  @Override
  public void tell(Stage stage) throws Exception {
    stage.begin();
    ChainLink link =
        stage.add(new ChainLink(stage.network().deploymentFile(), stage.network().rpc()));
    DeviceFleet fleet =
        stage.add(
            new DeviceFleet(
                link, network.orElseThrow(), stage.folder().resolve("stations"), members));
    Worker sending = stage.add(new Worker("stations", Duration.ofMillis(100), send(stage, fleet)));
    sending.start();
    stage.say("They send a reading a second each: " + stations.size() + " signed reports a second");
    DataDaemon data = stage.add(DataDaemon.start(writeServer(stage)));
    EpochNumber first = stage.epochNow().next();
    stage.awaitEpoch(first);

    AccountKey customer = stage.network().accounts().account("data-customer");
    stage.network().fund(customer.account(), TO_BURN);
    Wallet wallet = stage.network().wallet(customer);
    Credits credits = wallet.buyCredits(TO_BURN, Credits.ZERO);
    EpochNumber from = stage.epochNow().next();
    EpochNumber last = new EpochNumber(from.value() + EPOCHS_BOUGHT - 1);
    ScopeOrder order = new ScopeOrder(network.orElseThrow(), cells, PRICE, from, last);
    stage.say(
        ("A customer burned %s tokens for $%s of credits and bought the data of %d cells and %d"
                + " epochs for $%s at most, with one signature")
            .formatted(
                Amounts.show(TO_BURN),
                Amounts.show(credits),
                cells.size(),
                EPOCHS_BOUGHT,
                Amounts.show(order.cost())));
    URI server = URI.create(data.uri());
    try (DataClient client = new DataClient(server)) {
      SignedScopeDeal deal = buy(link, wallet, customer, order);
      handOver(stage, client, deal);
      for (long epoch = from.value(); epoch <= last.value(); epoch++) {
        stage.awaitEpoch(new EpochNumber(epoch));
        look(stage, new EpochNumber(epoch));
      }
      rows = fetch(stage, link, client, deal, customer);
    }
    stage.say("The customer fetched " + rows + " readings as CSV");
    stage.expect(rows > stations.size(), "the customer got only " + rows + " readings");
    judge(stage, last);
  }

  private Worker.Step send(Stage stage, DeviceFleet fleet) {
    return () -> {
      long now = stage.time().instant().getEpochSecond();
      if (now <= lastSent) {
        return false;
      }
      lastSent = now;
      TreeMap<DeviceId, Bytes> payloads = new TreeMap<>();
      Optional<Reading> neighbour = Optional.empty();
      for (Map.Entry<DeviceId, Station> each : stations.entrySet()) {
        Optional<Reading> reading = each.getValue().read(step, now, neighbour);
        reading.ifPresent(sent -> payloads.put(each.getKey(), sent.encode()));
        neighbour = each.getValue().part() == Part.HONEST ? reading : neighbour;
      }
      step++;
      fleet.submit(payloads);
      return false;
    };
  }

  private Path writeServer(Stage stage) throws IOException {
    Path home = Files.createDirectories(stage.folder().resolve("data-server"));
    ConfigFile.write(
        home.resolve(DataSetup.FILE),
        new DataSetup(
            stage.network().deploymentFile().toString(),
            stage.network().rpc().toString(),
            server.orElseThrow().value(),
            stage.network().accounts().file("data-server-device").toString(),
            stage.network().accounts().passwordFile().toString(),
            "127.0.0.1",
            stage.network().port("data")));
    return home;
  }

  private SignedScopeDeal buy(ChainLink link, Wallet wallet, AccountKey customer, ScopeOrder order)
      throws Exception {
    ReservationId reservation =
        wallet.reserve(
            order.network(),
            NetworkPool.of(link.deployment().domain().deployment(), order.network()),
            order.cost(),
            order.last());
    byte[] nonce = new byte[Hash.SIZE];
    new SecureRandom().nextBytes(nonce);
    return order.sign(link.deployment().domain(), reservation, Hash.wrap(nonce), customer);
  }

  /** The server sees a reservation once the chain cannot take it back. */
  private static void handOver(Stage stage, DataClient client, SignedScopeDeal deal)
      throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        client.buy(deal);
        return;
      } catch (DataRefusal e) {
        if (attempt == 60) {
          throw e;
        }
        stage.time().pause(Duration.ofMillis(500));
      }
    }
  }

  private long fetch(
      Stage stage, ChainLink link, DataClient client, SignedScopeDeal deal, AccountKey customer)
      throws IOException {
    DataToken token =
        DataToken.sign(
            link.deployment().domain(),
            deal.deal().id(),
            server.orElseThrow(),
            stage.time().instant().getEpochSecond() + TOKEN_SECONDS,
            customer);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                client.history(token, List.of(), "", "", Format.CSV), StandardCharsets.UTF_8))) {
      return lines.lines().count() - 1;
    }
  }

  /** Notes what was found in an epoch, the first time that it is. */
  private void look(Stage stage, EpochNumber epoch) throws IOException {
    Map<Part, String> news = new EnumMap<>(Part.class);
    for (DeviceSummary summary : stage.result(epoch).devices()) {
      Station station = stations.get(summary.device());
      if (station == null || station.part().reason().isEmpty()) {
        continue;
      }
      String reason = station.part().reason().orElseThrow();
      boolean said =
          summary.verdicts().containsKey(reason) || summary.faultCounts().containsKey(reason);
      Set<DeviceId> devices = found.computeIfAbsent(station.part(), _ -> new HashSet<>());
      if (said && devices.add(summary.device())) {
        String evidence =
            summary.faults().stream()
                .filter(fault -> fault.reason().equals(reason))
                .findFirst()
                .map(fault -> ": " + fault.evidence())
                .orElse("");
        news.putIfAbsent(station.part(), "  device " + summary.device() + ": " + reason + evidence);
      }
    }
    news.values().forEach(stage::say);
  }

  private void judge(Stage stage, EpochNumber last) throws IOException {
    for (Part part : Part.values()) {
      long all = stations.values().stream().filter(each -> each.part() == part).count();
      int of = found.getOrDefault(part, Set.of()).size();
      stage.expect(
          part.reason().isEmpty() || of == all,
          "\"%s\" was found at %d of %d stations".formatted(part.role(), of, all));
    }
    int unpaid = 0;
    for (DeviceSummary summary : stage.result(last).devices()) {
      Station station = stations.get(summary.device());
      if (station != null && station.part() == Part.HONEST && summary.paid().isZero()) {
        unpaid++;
      }
      if (station != null && station.part().isWorthless()) {
        stage.expect(
            summary.paid().isZero(),
            "device %s (%s) was paid in epoch %s"
                .formatted(summary.device(), station.part().role(), last));
      }
    }
    stage.expect(unpaid == 0, unpaid + " honest stations were not paid in epoch " + last);
  }

  @Override
  public SortedMap<DeviceId, String> roles() {
    SortedMap<DeviceId, String> roles = new TreeMap<>();
    stations.forEach((id, station) -> roles.put(id, station.part().role()));
    return roles;
  }

  @Override
  public List<AccountKey> owners() {
    return owners;
  }

  @Override
  public String outcome() {
    return "%d stations, %d readings sold".formatted(stations.size(), rows);
  }

  @Override
  public void describe(ObjectNode json) {
    json.put("stations", stations.size()).put("readings_sold", rows);
    ObjectNode trouble = json.putObject("found");
    found.forEach((part, devices) -> trouble.put(part.role(), devices.size()));
  }
}
