package org.groundwork.networks.sensing.rules;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.MakerCertificate;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.Score;
import org.groundwork.testkit.network.Sample;
import org.groundwork.testkit.network.SampleFacts;

/**
 * Stations that read every three minutes, in epochs of an hour, and a customer who bought two cells
 * of them.
 */
final class Fleet {
  static final long HOME = 0x871f85600ffffffL;
  static final long NEXT = 0x871f85606ffffffL;

  /** In another town; nobody bought it. */
  static final long FAR = 0x871f1d48bffffffL;

  static final SensingDefinition DEFINITION = WeatherStation.DEFINITION;
  static final int STEPS = 20;
  static final long CADENCE = DEFINITION.cadenceSeconds();
  static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.TWO, new AccountId(Bytes.wrap(new byte[20])));
  static final NetworkId NETWORK = new NetworkId(5);
  static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, CADENCE, STEPS, 5);
  static final AccountKey PAYER = key("payer");
  static final ReservationId RESERVATION = new ReservationId(hash("reservation"));
  static final DeviceKey MAKER = deviceKey("maker");
  static final PublicKey KEY = deviceKey("device").publicKey();

  /**
   * Half for who shows no certificate, a quarter for who has a bridge; the latest is sold alone.
   */
  static final SensingDefinition WEIGHED =
      DEFINITION.with(
          new Trust(List.of(MAKER.publicKey()), new BasisPoints(5000), new BasisPoints(2500)),
          new TreeMap<>(Map.of(Product.LATEST, new Credits(BigInteger.TEN.pow(15)))));

  final SensingRules rules;
  final TreeMap<Long, Device> devices = new TreeMap<>();
  final TreeMap<Long, LongFunction<Bytes>> signals = new TreeMap<>();
  final List<Sample.Epoch> epochs = new ArrayList<>();
  private final TreeMap<Long, Carry> carry = new TreeMap<>();
  private final TreeMap<GroupKey, Carry> groupCarry = new TreeMap<>();
  private final List<Admitted> records = new ArrayList<>();
  EpochNumber epoch = new EpochNumber(10);

  Fleet() {
    this(DEFINITION);
  }

  Fleet(SensingDefinition definition) {
    this(definition, 1);
  }

  Fleet(SensingDefinition definition, int version) {
    rules = new SensingRules(definition, version);
  }

  /** What one epoch came to. */
  record Outcome(
      SortedMap<Long, DeviceResult> devices,
      SortedMap<Long, List<Amendment>> amendments,
      SortedMap<Long, Long> weights) {
    long weight(long device) {
      return weights.getOrDefault(device, 0L);
    }

    DeviceResult of(long device) {
      return Objects.requireNonNull(devices.get(device));
    }

    List<String> faults(long device) {
      return of(device).faults().stream().map(fault -> fault.reason().code()).toList();
    }

    List<String> amended(long device) {
      return amendments.getOrDefault(device, List.of()).stream()
          .map(amendment -> amendment.verdict().reason().code())
          .toList();
    }
  }

  /** The same device, with a bridge that signs for it. */
  Fleet bridged(long id) {
    devices.computeIfPresent(
        id,
        (_, device) -> new Device(device.id(), NETWORK, device.owner(), KEY, device.cell(), true));
    return this;
  }

  static Bytes certificate(DeviceKey maker, PublicKey device) {
    return new CanonicalWriter()
        .u8(SensingRules.CERTIFICATE)
        .raw(MakerCertificate.issue(maker, device).encode())
        .toBytes();
  }

  static DeviceKey deviceKey(String name) {
    return DeviceKey.fromSecret(KeyType.ED25519, hash("key of the " + name).toArray());
  }

  Fleet station(long id, long cell, LongFunction<Bytes> signal) {
    return station(id, "owner " + id, cell, signal);
  }

  Fleet station(long id, String owner, long cell, LongFunction<Bytes> signal) {
    devices.put(id, new Device(new DeviceId(id), NETWORK, key(owner).account(), KEY, cell));
    signals.put(id, signal);
    return this;
  }

  /** Stations of as many owners that measure what there is to measure. */
  Fleet honest(long cell, long... ids) {
    for (long id : ids) {
      station(id, cell, Weather.station(id));
    }
    return this;
  }

  void send(long device, long slot, Bytes payload) {
    long count = records.stream().filter(each -> each.ref().device().value() == device).count();
    RecordRef ref =
        new RecordRef(
            new DeviceId(device), Sequence.of(epoch, count), Sha256.hash(payload.unsafeArray()));
    records.add(new Admitted(ref, SCHEDULE.firstSlot(epoch).plus(slot), payload));
  }

  static long step(EpochNumber epoch) {
    return epoch.value() * STEPS;
  }

  /** Unix second in the middle of a step. */
  static long second(long step) {
    return SCHEDULE.genesis() + step * CADENCE + CADENCE / 2;
  }

  /** The next so many hours; the outcome of the last one. */
  Outcome run(int hours) {
    for (int i = 1; i < hours; i++) {
      run();
    }
    return run();
  }

  Outcome run() {
    signals.forEach((id, signal) -> {
      for (int i = 0; i < STEPS; i++) {
        Bytes payload = signal.apply(step(epoch) + i);
        if (!payload.isEmpty()) {
          send(id, i, payload);
        }
      }
    });
    SampleFacts facts = facts();
    epochs.add(new Sample.Epoch(facts, List.copyOf(devices.values()), records));
    TreeMap<Long, DeviceResult> results = new TreeMap<>();
    TreeMap<GroupKey, List<Claim>> groups = new TreeMap<>();
    groupCarry.keySet().forEach(group -> groups.put(group, new ArrayList<>()));
    devices.forEach((id, device) -> {
      List<Admitted> own =
          records.stream().filter(each -> each.ref().device().value() == id).toList();
      DeviceResult result =
          rules.judge(new DeviceInput(facts, device, carry.getOrDefault(id, Carry.NONE), own));
      results.put(id, result);
      carry.put(id, result.carry());
      result
          .claims()
          .forEach(
              claim -> groups.computeIfAbsent(claim.group(), _ -> new ArrayList<>()).add(claim));
    });
    Outcome outcome = new Outcome(results, new TreeMap<>(), new TreeMap<>());
    groups.forEach((group, claims) -> reconcile(facts, group, claims, outcome));
    records.clear();
    epoch = epoch.next();
    return outcome;
  }

  private void reconcile(SampleFacts facts, GroupKey group, List<Claim> claims, Outcome outcome) {
    GroupResult result =
        rules.reconcile(
            new GroupInput(
                facts,
                group,
                claims.stream().sorted().toList(),
                groupCarry.getOrDefault(group, Carry.NONE)));
    if (result.carry().isEmpty()) {
      groupCarry.remove(group);
    } else {
      groupCarry.put(group, result.carry());
    }
    for (Amendment amendment : result.amendments()) {
      outcome
          .amendments
          .computeIfAbsent(amendment.record().device().value(), _ -> new ArrayList<>())
          .add(amendment);
    }
    for (Score score : result.scores()) {
      Entitlement.Scope scope = (Entitlement.Scope) score.entitlement();
      outcome.weights.put(score.device().value(), scope.weight());
    }
  }

  private SampleFacts facts() {
    Reservation reservation =
        new Reservation(
            RESERVATION,
            PAYER.account(),
            NETWORK,
            NetworkPool.of(DOMAIN.deployment(), NETWORK),
            Credits.of(1_000_000),
            TokenAmount.of(1000),
            new EpochNumber(1_000_000));
    return new SampleFacts(
        DOMAIN,
        NETWORK,
        epoch,
        SCHEDULE,
        slot -> new Seed(slot, hash("slot " + slot)),
        List.of(reservation),
        List.of());
  }

  /** The customer's purchase of two cells. */
  static ScopeDeal scope(ReservationId reservation, Credits rate) {
    List<Long> cells = List.of(HOME, NEXT);
    return new ScopeDeal(
        new ScopeTerms(
            DOMAIN.deployment(),
            NETWORK,
            hash("nonce"),
            PAYER.account(),
            reservation,
            ScopeDeal.hash(cells),
            rate,
            Credits.of(1_000_000),
            new EpochNumber(10),
            new EpochNumber(1000)),
        cells);
  }

  static Bytes purchase(ScopeDeal deal, AccountKey by) {
    CanonicalWriter out = new CanonicalWriter().u8(SensingRules.SCOPE);
    new SignedScopeDeal(deal, by.sign(DOMAIN.digest(deal.id()))).write(out);
    return out.toBytes();
  }

  static Bytes purchase(ScopeDeal deal, Product product, AccountKey by) {
    CanonicalWriter out = new CanonicalWriter().u8(SensingRules.PRODUCT);
    int number = product.number();
    new ProductDeal(deal, number, by.sign(ProductDeal.digest(deal, number, DOMAIN))).write(out);
    return out.toBytes();
  }

  /** A fleet whose cells are bought. */
  static Fleet bought() {
    return bought(DEFINITION, 1);
  }

  static Fleet bought(SensingDefinition definition, int version) {
    Fleet fleet = new Fleet(definition, version).honest(HOME, 1);
    fleet.send(1, 0, purchase(scope(RESERVATION, DEFINITION.pricePerCellEpoch()), PAYER));
    return fleet;
  }

  static Bytes reading(long step, List<Long> values) {
    TreeMap<Integer, Long> byField = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      byField.put(i, values.get(i));
    }
    return new Reading(second(step), byField).encode();
  }

  static AccountKey key(String name) {
    return AccountKey.fromSecret(hash(name).bytes().toArray());
  }

  static Hash hash(String text) {
    return Sha256.hash(text.getBytes(StandardCharsets.UTF_8));
  }

  static Random random(String what, long number) {
    return new Random(new BigInteger(hash(what + number).bytes().toArray()).longValue());
  }
}
