package org.groundwork.cli.data;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.engine.Economy;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.Networks;
import org.groundwork.engine.ParentSigners;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PlannedOperator;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultDues;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.MoneyOutcome;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentWriter;
import org.groundwork.networks.sensing.data.PublicRecords;
import org.groundwork.networks.sensing.rules.SensingNetwork;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** A chain, a gateway and a verifier in memory: epochs are sealed and judged by the real engine. */
final class SoldEpochs implements ChainFeed, PublicRecords {
  static final SigningDomain DOMAIN = SigningDomain.of(BigInteger.TEN, account("registry"));
  static final NetworkId NETWORK = new NetworkId(2);
  static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 60, 60, 5);
  static final SensingDefinition DEFINITION = WeatherStation.DEFINITION;
  static final BasisPoints MARGIN = new BasisPoints(1000);
  static final Price PRICE_HIGH = Price.of(200_000_000);
  private static final AccountId GATEWAY = key("gateway").account();
  private static final VerifyPool POOL = new VerifyPool(SignatureVerifiers.best(), 1);

  final List<Device> devices = new ArrayList<>();
  private final Map<ReservationId, Reservation> reservations = new TreeMap<>();
  private final Map<EpochNumber, TreeMap<SlotNumber, List<Report>>> sent = new TreeMap<>();
  private final Map<EpochNumber, List<Hash>> sealed = new TreeMap<>();
  private final Map<Hash, Segment> segments = new TreeMap<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private final Map<Hash, EpochResult> results = new TreeMap<>();
  private CarrySnapshot carry = CarrySnapshot.EMPTY;

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

  void register(long id, String owner, long cell) {
    PublicKey key = deviceKey(id).publicKey();
    devices.add(new Device(new DeviceId(id), NETWORK, account(owner), key, cell));
  }

  ReservationId reserve(AccountId payer, Credits credits, TokenAmount basis) {
    ReservationId id = new ReservationId(hash("reservation " + reservations.size()));
    AccountId pool = NetworkPool.of(DOMAIN.deployment(), NETWORK);
    reservations.put(
        id, new Reservation(id, payer, NETWORK, pool, credits, basis, new EpochNumber(1000)));
    return id;
  }

  /** A gateway takes a report in the slot of a moment. */
  void send(long unixSecond, Report report) {
    SlotNumber slot = SCHEDULE.slotAt(unixSecond);
    sent.computeIfAbsent(SCHEDULE.epochOf(slot), _ -> new TreeMap<>())
        .computeIfAbsent(slot, _ -> new ArrayList<>())
        .add(report);
  }

  /** Seals what was sent in an epoch. */
  void seal(EpochNumber epoch) throws Malformed {
    List<Hash> hashes = sealed.computeIfAbsent(epoch, _ -> new ArrayList<>());
    for (List<Report> reports : sent.getOrDefault(epoch, new TreeMap<>()).values()) {
      SegmentWriter writer =
          new SegmentWriter(new SegmentHeader(DOMAIN.deployment(), GATEWAY, epoch, hashes.size()));
      for (Report report : reports) {
        writer.add(report);
      }
      Segment segment = writer.seal();
      segments.put(segment.hash(), segment);
      hashes.add(segment.hash());
    }
  }

  /** Judges a sealed epoch, and has the chain accept the result. */
  EpochResult judge(EpochNumber epoch) throws IOException, UnknownRules {
    List<IndexEntry> entries = new ArrayList<>();
    List<SlotNumber> slots = List.copyOf(sent.getOrDefault(epoch, new TreeMap<>()).keySet());
    List<Hash> hashes = sealed(epoch);
    for (int i = 0; i < hashes.size(); i++) {
      Segment segment = segment(hashes.get(i));
      SlotSignature signature =
          SlotSignature.sign(DOMAIN, epoch, GATEWAY, segment.hash(), slots.get(i), key("verifier"));
      entries.add(
          new IndexEntry(
              segment.hash(), segment.canonical().size(), segment.count(), List.of(signature)));
    }
    entries.sort(Comparator.comparing(IndexEntry::segment));
    SegmentIndex index = new SegmentIndex(DOMAIN.deployment(), epoch, GATEWAY, entries);
    Map<Hash, PublicKey> keys = new HashMap<>();
    devices.forEach(device -> keys.put(device.key().hash(), device.key()));
    FactsMaker maker = new FactsMaker(hash -> Optional.ofNullable(keys.get(hash)), POOL);
    EpochResult result =
        new LocalRunner(new Networks(List.of(new SensingNetwork())), SignatureVerifiers.best(), 1)
            .run(
                ResultPlan.of(plan(epoch, List.of(new PostedIndex(GATEWAY, index.hash())))),
                segment -> maker.establish(segment(segment)),
                hash -> hash.equals(index.hash()) ? Optional.of(index) : Optional.empty(),
                carry);
    carry = result.carry();
    Hash hash = result.statement().structHash();
    results.put(hash, result);
    accepted.add(new Accepted(epoch, hash, false));
    return result;
  }

  private EpochPlan plan(EpochNumber epoch, List<PostedIndex> posted) {
    SensingNetwork kind = new SensingNetwork();
    Hash rules = kind.versions().getLast().hash(SensingNetwork.KIND, DEFINITION.encode());
    return new EpochPlan(
        DOMAIN,
        epoch,
        0,
        SCHEDULE,
        hash("parent of " + epoch),
        hash("close of " + epoch),
        Inputs.of(posted),
        List.of(
            operator(PlannedOperator.Role.VERIFIER, "verifier"),
            operator(PlannedOperator.Role.GATEWAY, "gateway")),
        devices,
        List.of(
            new PlannedNetwork(
                NETWORK, SensingNetwork.KIND, DEFINITION.encode(), rules, BootstrapBudget.NONE)),
        List.copyOf(reservations.values()),
        Stream.iterate(SCHEDULE.firstSlot(epoch), slot -> slot.plus(1))
            .limit(SCHEDULE.slotsPerEpoch())
            .map(slot -> hash("block of slot " + slot))
            .toList(),
        Optional.of(PRICE_HIGH),
        posted,
        new Economy(MARGIN, new BasisPoints(500), EmissionSchedule.NONE, 2),
        List.of(),
        List.of(),
        Optional.of(new ResultDues(epoch, epoch, ParentSigners.NONE)));
  }

  private static PlannedOperator operator(PlannedOperator.Role role, String name) {
    return new PlannedOperator(
        role, account("operator of " + name), key(name).account(), BigInteger.TEN);
  }

  private Segment segment(Hash hash) {
    return Objects.requireNonNull(segments.get(hash));
  }

  @Override
  public List<Hash> sealed(EpochNumber epoch) {
    return sealed.getOrDefault(epoch, List.of());
  }

  @Override
  public Optional<List<Report>> reports(Hash segment) {
    return Optional.of(reports(segment(segment)));
  }

  private static List<Report> reports(Segment segment) {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < segment.count(); i++) {
      reports.add(segment.report(i));
    }
    return reports;
  }

  @Override
  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  @Override
  public Optional<Judged> judged(Accepted result) {
    EpochResult judged = Objects.requireNonNull(results.get(result.hash()));
    List<Report> reports = new ArrayList<>();
    for (SegmentVerdicts verdicts : judged.segments()) {
      List<Report> all = reports(segment(verdicts.segment()));
      for (int i = 0; i < all.size(); i++) {
        if (verdicts.reason(i) == SegmentVerdicts.ACCEPTED) {
          reports.add(all.get(i));
        }
      }
    }
    Set<Hash> unpaid = new HashSet<>();
    for (ChargeLine line : judged.charges()) {
      if (line.outcome() != MoneyOutcome.CHARGED) {
        unpaid.add(line.evidence());
      }
    }
    return Optional.of(new Judged(reports, unpaid));
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
    return devices(NETWORK).stream().filter(each -> each.device().id().equals(id)).findFirst();
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
}
