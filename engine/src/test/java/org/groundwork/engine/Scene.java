package org.groundwork.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentWriter;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** One epoch under construction: valid unless a test says otherwise. */
public final class Scene {
  public static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 60, 4, 2);
  public static final Networks NETWORKS = new Networks(List.of(new CounterNetwork()));
  private static final VerifyPool POOL = new VerifyPool(SignatureVerifiers.best(), 2);
  private static final List<String> VERIFIERS = List.of("v1", "v2", "v3", "v4");

  private record Sent(int slot, Report report) {}

  public final List<Device> devices = new ArrayList<>();
  public final List<Reservation> reservations = new ArrayList<>();
  public EpochNumber epoch = Samples.EPOCH;
  public CarrySnapshot carry = CarrySnapshot.EMPTY;
  public Optional<Price> priceHigh = Optional.of(Price.of(200_000_000));
  public BasisPoints margin = new BasisPoints(1000);
  public EmissionSchedule emission = EmissionSchedule.NONE;
  public BootstrapBudget bootstrap = BootstrapBudget.NONE;

  /** The network, if it is not the counter. */
  public Optional<PlannedNetwork> network = Optional.empty();

  public long vestingEpochs = 2;
  public final List<DeviceStake> deviceStakes = new ArrayList<>();
  public final List<SessionKey> sessionKeys = new ArrayList<>();

  /** Which verifiers signed the result before. */
  public List<String> parentSigners = VERIFIERS;

  public boolean keysKnownOnArrival = true;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<Long, Long> counters = new HashMap<>();

  /** Registers devices of owners of their own, and lets them say Hello. */
  public static Scene withDevices(long... ids) {
    Scene scene = new Scene();
    for (long id : ids) {
      scene.register(id);
      scene.hello(id);
    }
    return scene;
  }

  /** The next epoch, with all that was registered, after a result. */
  public Scene after(EpochResult result) {
    Scene next = new Scene();
    next.devices.addAll(devices);
    next.reservations.addAll(reservations);
    next.epoch = epoch.next();
    next.carry = result.carry();
    next.priceHigh = priceHigh;
    next.margin = margin;
    next.emission = emission;
    next.bootstrap = bootstrap;
    next.network = network;
    next.vestingEpochs = vestingEpochs;
    next.deviceStakes.addAll(deviceStakes);
    next.sessionKeys.addAll(sessionKeys);
    return next;
  }

  public static AccountId owner(long device) {
    return Samples.account("owner of " + device);
  }

  public Scene register(long id) {
    return register(id, owner(id), Samples.deviceKey(id).publicKey());
  }

  public Scene register(long id, AccountId owner, PublicKey key) {
    devices.removeIf(device -> device.id().value() == id);
    devices.add(new Device(new DeviceId(id), Samples.NETWORK, owner, key, 0));
    return this;
  }

  /** Puts a registered device into a cell. */
  public Scene place(long id, long cell) {
    Device device = devices.stream().filter(d -> d.id().value() == id).findFirst().orElseThrow();
    devices.remove(device);
    devices.add(new Device(device.id(), device.network(), device.owner(), device.key(), cell));
    return this;
  }

  public Scene stake(long device, long amount) {
    deviceStakes.removeIf(stake -> stake.device().value() == device);
    deviceStakes.add(new DeviceStake(new DeviceId(device), TokenAmount.of(amount), false));
    return this;
  }

  public Scene hello(long device) {
    return send(device, 0, new Hello(owner(device), 1).encode());
  }

  /** A reading in each of these slots of the epoch. */
  public Scene readings(long device, int... slots) {
    for (int slot : slots) {
      send(device, slot, CounterNetwork.reading(slot));
    }
    return this;
  }

  /** Sends a payload under the device's next sequence. */
  public Scene send(long device, int slot, Bytes payload) {
    long counter = counters.merge(device, 1L, Long::sum);
    return send(slot, report(device, counter, payload, Samples.deviceKey(device)));
  }

  public Report report(long device, long counter, Bytes payload, DeviceKey key) {
    return Samples.report(device, Sequence.of(epoch, counter), payload, key);
  }

  public Scene send(int slot, Report report) {
    sent.add(new Sent(slot, report));
    return this;
  }

  public ReservationId reserve(String payer, long device, long credits, long basis) {
    return reserve(payer, owner(device), Credits.of(credits), TokenAmount.of(basis));
  }

  public ReservationId reserve(String payer, AccountId seller, Credits credits, TokenAmount basis) {
    ReservationId id = new ReservationId(Samples.hash("reservation " + reservations.size()));
    reservations.add(
        new Reservation(
            id,
            Samples.key(payer).account(),
            Samples.NETWORK,
            seller,
            credits,
            basis,
            new EpochNumber(1000)));
    return id;
  }

  public Deal deal(String payer, long device, ReservationId reservation, long rate, long cap) {
    return new Deal(
        Samples.DOMAIN.deployment(),
        Samples.NETWORK,
        new DeviceId(device),
        Samples.key(payer).account(),
        owner(device),
        reservation,
        Credits.of(rate),
        Credits.of(cap),
        SCHEDULE.firstSlot(epoch),
        SCHEDULE.firstSlot(new EpochNumber(500)),
        Bytes.EMPTY);
  }

  public Scene agree(String payer, Deal deal) {
    return send(deal.device().value(), 0, CounterNetwork.deal(sign(payer, deal)));
  }

  /** Reports a scope of these cells, from this epoch on, through a device. */
  public Scene buy(
      String payer, long device, ReservationId reservation, long rate, long cap, Long... cells) {
    AccountKey key = Samples.key(payer);
    ScopeTerms terms =
        new ScopeTerms(
            Samples.DOMAIN.deployment(),
            Samples.NETWORK,
            Samples.hash("scope"),
            key.account(),
            reservation,
            ScopeDeal.hash(List.of(cells)),
            Credits.of(rate),
            Credits.of(cap),
            epoch,
            new EpochNumber(500));
    Bytes signature = key.sign(Samples.DOMAIN.digest(terms.id()));
    ScopeDeal deal = new ScopeDeal(terms, List.of(cells));
    return send(device, 0, CounterNetwork.scope(new SignedScopeDeal(deal, signature)));
  }

  public static SignedDeal sign(String payer, Deal deal) {
    AccountKey key = Samples.key(payer);
    return new SignedDeal(deal, key.sign(Samples.DOMAIN.digest(deal.id())));
  }

  public Voucher voucher(String payer, long seller, ReservationId id, String session, long sum) {
    return new Voucher(
        Samples.DOMAIN.deployment(),
        Samples.NETWORK,
        Samples.key(payer).account(),
        owner(seller),
        id,
        Samples.hash(session),
        Credits.of(sum));
  }

  /** Reports a voucher that this payer, or session key, signs. */
  public Scene pay(String payer, long device, Voucher voucher) {
    Bytes signature = Samples.key(payer).sign(Samples.DOMAIN.digest(voucher.structHash()));
    return send(device, 1, CounterNetwork.voucher(new SignedVoucher(voucher, signature)));
  }

  public EpochResult run() {
    return run(new Cut(0, 1), 2);
  }

  /** How reports come into segments: shuffled by a seed, into so many segments for each slot. */
  public record Cut(long seed, int segmentsPerSlot) {}

  public EpochResult run(Cut cut, int threads) {
    Files files = files(cut);
    try {
      return runner(threads).run(ResultPlan.of(files.plan()), files::facts, files::index, carry);
    } catch (IOException | UnknownRules e) {
      throw new AssertionError(e);
    }
  }

  public static LocalRunner runner(int threads) {
    return new LocalRunner(NETWORKS, SignatureVerifiers.best(), threads);
  }

  /** All files of an epoch, in memory. */
  public record Files(
      EpochPlan plan,
      Map<Hash, Segment> segments,
      Map<Hash, SegmentIndex> indexes,
      FactsMaker maker) {
    public SegmentFacts facts(Hash segment) throws IOException {
      return maker.establish(Optional.ofNullable(segments.get(segment)).orElseThrow());
    }

    public Optional<SegmentIndex> index(Hash index) {
      return Optional.ofNullable(indexes.get(index));
    }
  }

  public Files files(Cut cut) {
    Map<Integer, List<Segment>> bySlot = segments(cut);
    Map<Hash, Segment> segments = new TreeMap<>();
    List<IndexEntry> entries = new ArrayList<>();
    bySlot.forEach((slot, ofSlot) -> {
      for (Segment segment : ofSlot) {
        segments.put(segment.hash(), segment);
        entries.add(entry(segment, slotNumber(slot)));
      }
    });
    entries.sort(Comparator.comparing(IndexEntry::segment));
    Map<Hash, SegmentIndex> indexes = new TreeMap<>();
    List<PostedIndex> posted = new ArrayList<>();
    if (!entries.isEmpty()) {
      SegmentIndex index =
          new SegmentIndex(Samples.DOMAIN.deployment(), epoch, Samples.GATEWAY, entries);
      indexes.put(index.hash(), index);
      posted.add(new PostedIndex(Samples.GATEWAY, index.hash()));
    }
    return new Files(plan(posted), segments, indexes, maker());
  }

  public FactsMaker maker() {
    Map<Hash, PublicKey> keys = new HashMap<>();
    if (keysKnownOnArrival) {
      devices.forEach(device -> keys.put(device.key().hash(), device.key()));
    }
    return new FactsMaker(hash -> Optional.ofNullable(keys.get(hash)), POOL);
  }

  public EpochPlan plan(List<PostedIndex> posted) {
    List<Device> anyOrder = new ArrayList<>(devices);
    Collections.shuffle(anyOrder, new Random(1));
    return new EpochPlan(
        Samples.DOMAIN,
        epoch,
        0,
        SCHEDULE,
        Samples.hash("parent"),
        Samples.hash("close of " + epoch),
        Inputs.of(posted),
        operators(),
        anyOrder,
        List.of(network.orElseGet(() -> network(Samples.NETWORK, bootstrap))),
        reservations,
        slotBlocks(),
        priceHigh,
        posted,
        economy(),
        deviceStakes,
        sessionKeys,
        Optional.of(new ResultDues(epoch, epoch, parents())));
  }

  /** Half of the margin is the operators'. */
  public Economy economy() {
    BasisPoints operators = new BasisPoints(margin.value() / 2);
    return new Economy(margin, operators, emission, vestingEpochs);
  }

  private ParentSigners parents() {
    TreeMap<AccountId, BigInteger> weights = new TreeMap<>();
    parentSigners.forEach(name -> weights.put(operator(name), BigInteger.TEN));
    return new ParentSigners(weights, BigInteger.valueOf(10L * VERIFIERS.size()));
  }

  public static PlannedNetwork network(NetworkId id) {
    return network(id, BootstrapBudget.NONE);
  }

  private static PlannedNetwork network(NetworkId id, BootstrapBudget bootstrap) {
    Bytes parameters = CounterNetwork.parameters(1000);
    return new PlannedNetwork(
        id, CounterNetwork.KIND, parameters, CounterNetwork.rulesHash(parameters), bootstrap);
  }

  private List<Hash> slotBlocks() {
    return Stream.iterate(SCHEDULE.firstSlot(epoch), slot -> slot.plus(1))
        .limit(SCHEDULE.slotsPerEpoch())
        .map(slot -> Samples.hash("block of slot " + slot))
        .toList();
  }

  public SlotNumber slotNumber(int slot) {
    return SCHEDULE.firstSlot(epoch).plus(slot);
  }

  /** The account that staked for a verifier or gateway. */
  public static AccountId operator(String name) {
    return Samples.account("operator of " + name);
  }

  private static List<PlannedOperator> operators() {
    List<PlannedOperator> operators = new ArrayList<>();
    for (String name : VERIFIERS) {
      operators.add(
          new PlannedOperator(
              PlannedOperator.Role.VERIFIER,
              operator(name),
              Samples.key(name).account(),
              BigInteger.TEN));
    }
    operators.add(
        new PlannedOperator(
            PlannedOperator.Role.GATEWAY, operator("gateway"), Samples.GATEWAY, BigInteger.ONE));
    return operators;
  }

  private IndexEntry entry(Segment segment, SlotNumber slot) {
    return new IndexEntry(
        segment.hash(),
        segment.canonical().size(),
        segment.count(),
        signatures(segment.hash(), slot, VERIFIERS));
  }

  public List<SlotSignature> signatures(Hash segment, SlotNumber slot, Collection<String> names) {
    return names.stream()
        .map(Samples::key)
        .map(key -> SlotSignature.sign(Samples.DOMAIN, epoch, Samples.GATEWAY, segment, slot, key))
        .sorted(Comparator.comparing(SlotSignature::verifier))
        .toList();
  }

  /** The reports of each slot, dealt out to segments. */
  private Map<Integer, List<Segment>> segments(Cut cut) {
    List<Sent> shuffled = new ArrayList<>(sent);
    Random random = new Random(cut.seed());
    Collections.shuffle(shuffled, random);
    Map<Integer, List<List<Report>>> dealt = new TreeMap<>();
    for (Sent next : shuffled) {
      List<List<Report>> piles = dealt.computeIfAbsent(next.slot(), _ -> new ArrayList<>());
      while (piles.size() < cut.segmentsPerSlot()) {
        piles.add(new ArrayList<>());
      }
      piles.get(random.nextInt(piles.size())).add(next.report());
    }
    Map<Integer, List<Segment>> segments = new TreeMap<>();
    long number = 0;
    for (Map.Entry<Integer, List<List<Report>>> slot : dealt.entrySet()) {
      for (List<Report> pile : slot.getValue()) {
        if (!pile.isEmpty()) {
          segments.computeIfAbsent(slot.getKey(), _ -> new ArrayList<>()).add(seal(number++, pile));
        }
      }
    }
    return segments;
  }

  private Segment seal(long number, List<Report> pile) {
    SegmentWriter writer =
        new SegmentWriter(
            new SegmentHeader(Samples.DOMAIN.deployment(), Samples.GATEWAY, epoch, number));
    try {
      for (Report report : pile) {
        writer.add(report);
      }
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
    return writer.seal();
  }
}
