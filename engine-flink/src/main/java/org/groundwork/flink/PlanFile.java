package org.groundwork.flink;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.Economy;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.ParentSigners;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PlannedOperator;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultDues;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/**
 * A plan as bytes, for tasks of the same program: all components in their order, lists with their
 * length before them (u32).
 */
final class PlanFile {
  private static final Bytes MAGIC = Bytes.of((byte) 'G', (byte) 'W', (byte) 'P', (byte) '2');
  private static final int MAX_TEXT = 1 << 20;

  private PlanFile() {}

  static Bytes encode(EpochPlan plan) {
    CanonicalWriter out =
        new CanonicalWriter()
            .raw(MAGIC)
            .hash(plan.domain().deployment().hash())
            .hash(plan.domain().separator())
            .u64(plan.epoch().value())
            .u32(plan.attempt())
            .u64(plan.schedule().genesis())
            .u64(plan.schedule().slotSeconds())
            .u64(plan.schedule().slotsPerEpoch())
            .u64(plan.schedule().commitSlots())
            .hash(plan.parent())
            .hash(plan.closeBlock())
            .hash(plan.inputs())
            .u32(plan.operators().size());
    for (PlannedOperator operator : plan.operators()) {
      out.u8(operator.role().number())
          .account(operator.operator())
          .account(operator.signer())
          .u256(operator.weight());
    }
    out.u32(plan.devices().size());
    plan.devices().forEach(device -> write(out, device));
    out.u32(plan.networks().size());
    plan.networks().forEach(network -> write(out, network));
    out.u32(plan.reservations().size());
    plan.reservations().forEach(reservation -> write(out, reservation));
    out.u32(plan.slotBlocks().size());
    plan.slotBlocks().forEach(out::hash);
    out.u256(plan.priceHigh().map(Price::value).orElse(BigInteger.ZERO));
    out.u32(plan.posted().size());
    plan.posted().forEach(posted -> out.account(posted.gateway()).hash(posted.index()));
    write(out, plan.economy());
    out.u32(plan.deviceStakes().size());
    for (DeviceStake stake : plan.deviceStakes()) {
      out.u64(stake.device().value()).u256(stake.amount().value()).u8(stake.leaving() ? 1 : 0);
    }
    out.u32(plan.sessionKeys().size());
    for (SessionKey session : plan.sessionKeys()) {
      out.account(session.account())
          .account(session.key())
          .u32(session.network().value())
          .u256(session.limit().value());
    }
    out.u8(plan.dues().isPresent() ? 1 : 0);
    plan.dues().ifPresent(dues -> write(out, dues));
    return out.toBytes();
  }

  static EpochPlan decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    if (!in.raw(MAGIC.size()).equals(MAGIC)) {
      throw new Malformed("not a plan");
    }
    try {
      EpochPlan plan =
          new EpochPlan(
              new SigningDomain(new DeploymentId(in.hash()), in.hash()),
              new EpochNumber(in.count()),
              Math.toIntExact(in.u32()),
              new EpochSchedule(in.count(), in.count(), in.count(), in.count()),
              in.hash(),
              in.hash(),
              in.hash(),
              list(in, PlanFile::readOperator),
              list(in, PlanFile::readDevice),
              list(in, PlanFile::readNetwork),
              list(in, PlanFile::readReservation),
              list(in, CanonicalReader::hash),
              Optional.of(in.u256()).filter(price -> price.signum() > 0).map(Price::new),
              list(in, posted -> new PostedIndex(posted.account(), posted.hash())),
              readEconomy(in),
              list(in, PlanFile::readStake),
              list(in, PlanFile::readSession),
              in.u8() == 0 ? Optional.empty() : Optional.of(readDues(in)));
      in.end();
      return plan;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Malformed("not a plan: " + e.getMessage());
    }
  }

  static void write(CanonicalWriter out, Device device) {
    out.u64(device.id().value())
        .u32(device.network().value())
        .account(device.owner())
        .u8(device.key().type().code())
        .raw(device.key().bytes())
        .u64(device.cell())
        .u8(device.isBridged() ? 1 : 0);
  }

  static Device readDevice(CanonicalReader in) throws Malformed {
    DeviceId id = new DeviceId(in.count());
    var network = in.network();
    AccountId owner = in.account();
    KeyType type = KeyType.of(in.u8());
    PublicKey key = new PublicKey(type, in.raw(type.keySize()));
    return new Device(id, network, owner, key, in.u64(), in.u8() == 1);
  }

  private static PlannedOperator readOperator(CanonicalReader in) throws Malformed {
    PlannedOperator.Role role =
        in.u8() == PlannedOperator.Role.VERIFIER.number()
            ? PlannedOperator.Role.VERIFIER
            : PlannedOperator.Role.GATEWAY;
    return new PlannedOperator(role, in.account(), in.account(), in.u256());
  }

  private static void write(CanonicalWriter out, PlannedNetwork network) {
    BootstrapBudget bootstrap = network.bootstrap();
    out.u32(network.id().value())
        .bytes(Bytes.wrap(network.kind().toString().getBytes(StandardCharsets.US_ASCII)))
        .bytes(network.parameters())
        .hash(network.rulesHash())
        .u256(bootstrap.initial().value())
        .u64(bootstrap.start().value())
        .u64(bootstrap.end().value())
        .u16(bootstrap.maxCell().value())
        .u64(bootstrap.maxAdmissions())
        .u256(bootstrap.deviceStake().value());
  }

  private static PlannedNetwork readNetwork(CanonicalReader in) throws Malformed {
    return new PlannedNetwork(
        in.network(),
        new Kind(new String(in.bytes(MAX_TEXT).unsafeArray(), StandardCharsets.US_ASCII)),
        in.bytes(MAX_TEXT),
        in.hash(),
        new BootstrapBudget(
            new TokenAmount(in.u256()),
            new EpochNumber(in.count()),
            new EpochNumber(in.count()),
            new BasisPoints(in.u16()),
            in.count(),
            new TokenAmount(in.u256())));
  }

  private static void write(CanonicalWriter out, Reservation reservation) {
    out.hash(reservation.id().hash())
        .account(reservation.payer())
        .u32(reservation.network().value())
        .account(reservation.seller())
        .u256(reservation.credits().value())
        .u256(reservation.basis().value())
        .u64(reservation.lastEpoch().value());
  }

  private static Reservation readReservation(CanonicalReader in) throws Malformed {
    return new Reservation(
        new ReservationId(in.hash()),
        in.account(),
        in.network(),
        in.account(),
        new Credits(in.u256()),
        new TokenAmount(in.u256()),
        new EpochNumber(in.count()));
  }

  private static void write(CanonicalWriter out, Economy economy) {
    EmissionSchedule emission = economy.emission();
    out.u16(economy.margin().value())
        .u16(economy.operators().value())
        .u256(emission.initialRate().value())
        .u64(emission.periodEpochs())
        .u16(emission.decline().value())
        .u256(emission.hardCap().value())
        .u16(emission.bootstrap().value())
        .u16(emission.operators().value())
        .u16(emission.treasury().value())
        .account(emission.treasuryAccount())
        .u64(economy.vestingEpochs());
  }

  private static Economy readEconomy(CanonicalReader in) throws Malformed {
    return new Economy(
        new BasisPoints(in.u16()),
        new BasisPoints(in.u16()),
        new EmissionSchedule(
            new TokenAmount(in.u256()),
            in.count(),
            new BasisPoints(in.u16()),
            new TokenAmount(in.u256()),
            new BasisPoints(in.u16()),
            new BasisPoints(in.u16()),
            new BasisPoints(in.u16()),
            in.account()),
        in.count());
  }

  private static DeviceStake readStake(CanonicalReader in) throws Malformed {
    return new DeviceStake(new DeviceId(in.count()), new TokenAmount(in.u256()), in.u8() == 1);
  }

  private static SessionKey readSession(CanonicalReader in) throws Malformed {
    return new SessionKey(in.account(), in.account(), in.network(), new Credits(in.u256()));
  }

  private static void write(CanonicalWriter out, ResultDues dues) {
    out.u64(dues.first().value())
        .u64(dues.last().value())
        .u256(dues.parent().total())
        .u32(dues.parent().weights().size());
    dues.parent().weights().forEach((signer, weight) -> out.account(signer).u256(weight));
  }

  private static ResultDues readDues(CanonicalReader in) throws Malformed {
    EpochNumber first = new EpochNumber(in.count());
    EpochNumber last = new EpochNumber(in.count());
    BigInteger total = in.u256();
    SortedMap<AccountId, BigInteger> weights = new TreeMap<>();
    for (long left = in.u32(); left > 0; left--) {
      weights.put(in.account(), in.u256());
    }
    return new ResultDues(first, last, new ParentSigners(weights, total));
  }

  private interface Item<T> {
    T read(CanonicalReader in) throws Malformed;
  }

  private static <T> List<T> list(CanonicalReader in, Item<T> item) throws Malformed {
    List<T> items = new ArrayList<>();
    for (long left = in.u32(); left > 0; left--) {
      items.add(item.read(in));
    }
    return items;
  }
}
