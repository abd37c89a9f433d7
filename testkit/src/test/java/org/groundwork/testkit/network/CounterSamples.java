package org.groundwork.testkit.network;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Device;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** Golden epochs of the counter network: three meters of one cell, one elsewhere. */
final class CounterSamples {
  private static final AccountId REGISTRY = new AccountId(Bytes.wrap(new byte[20]));
  private static final SigningDomain DOMAIN = SigningDomain.of(BigInteger.TEN, REGISTRY);
  private static final NetworkId NETWORK = new NetworkId(2);
  private static final EpochSchedule SCHEDULE = new EpochSchedule(1000, 60, 6, 2);
  private static final ReservationId RESERVATION = new ReservationId(hash("reservation"));
  private static final AccountKey PAYER = key("payer");
  private static final AccountKey SESSION = key("session key");
  private static final AccountKey OWNER = key("owner");
  private static final long CELL = 0x871F1D48FFFFFFFL;
  private static final List<Device> DEVICES =
      List.of(device(1, CELL), device(2, CELL), device(3, CELL), device(4, 0));

  private final List<Sample.Epoch> epochs = new ArrayList<>();
  private final List<Admitted> records = new ArrayList<>();
  private EpochNumber epoch = new EpochNumber(7);

  private CounterSamples() {}

  static List<Sample> all() {
    Bytes parameters = CounterNetwork.parameters(1000, 10);
    return List.of(new Sample(1, "meters", parameters, new CounterSamples().meters()));
  }

  private List<Sample.Epoch> meters() {
    send(1, 0, CounterNetwork.reading(100)).send(2, 0, CounterNetwork.reading(104));
    send(3, 1, CounterNetwork.reading(150)).send(4, 2, CounterNetwork.reading(1001));
    SignedDeal deal = deal(1);
    send(1, 0, CounterNetwork.deal(deal)).send(2, 0, CounterNetwork.deal(deal));
    send(1, 0, CounterNetwork.deal(new SignedDeal(deal(2).deal(), deal.signature())));
    send(1, 1, CounterNetwork.capacity(7)).send(4, 1, CounterNetwork.offence(250));
    send(4, 1, CounterNetwork.offence(0)).send(4, 1, Bytes.of((byte) 9));
    send(4, 1, Bytes.of((byte) 1, (byte) 2));
    next();
    send(1, 0, CounterNetwork.reading(101)).send(1, 2, CounterNetwork.reading(102));
    send(3, 0, CounterNetwork.reading(103)).send(3, 0, voucher("s", 50, PAYER));
    send(3, 1, voucher("s", 70, SESSION)).send(4, 1, voucher("s", 60, PAYER));
    send(4, 1, voucher("t", 60, OWNER));
    next();
    return next();
  }

  private List<Sample.Epoch> next() {
    Reservation reservation =
        new Reservation(
            RESERVATION,
            PAYER.account(),
            NETWORK,
            OWNER.account(),
            Credits.of(1000),
            TokenAmount.of(1000),
            new EpochNumber(1000));
    SessionKey session =
        new SessionKey(PAYER.account(), SESSION.account(), NETWORK, Credits.of(100));
    SampleFacts facts =
        new SampleFacts(
            DOMAIN,
            NETWORK,
            epoch,
            SCHEDULE,
            slot -> new Seed(slot, hash("slot " + slot)),
            List.of(reservation),
            List.of(session));
    epochs.add(new Sample.Epoch(facts, DEVICES, records));
    records.clear();
    epoch = epoch.next();
    return epochs;
  }

  private CounterSamples send(long device, int slot, Bytes payload) {
    Sequence sequence = Sequence.of(epoch, records.size() + 1);
    RecordRef ref = new RecordRef(new DeviceId(device), sequence, Sha256.hash(payload.toArray()));
    records.add(new Admitted(ref, SCHEDULE.firstSlot(epoch).plus(slot), payload));
    return this;
  }

  private SignedDeal deal(long device) {
    Deal deal =
        new Deal(
            DOMAIN.deployment(),
            NETWORK,
            new DeviceId(device),
            PAYER.account(),
            OWNER.account(),
            RESERVATION,
            Credits.of(3),
            Credits.of(300),
            SCHEDULE.firstSlot(epoch).plus(1),
            SCHEDULE.firstSlot(epoch).plus(9),
            Bytes.EMPTY);
    return new SignedDeal(deal, PAYER.sign(DOMAIN.digest(deal.id())));
  }

  private static Bytes voucher(String session, long cumulative, AccountKey signer) {
    Voucher voucher =
        new Voucher(
            DOMAIN.deployment(),
            NETWORK,
            PAYER.account(),
            OWNER.account(),
            RESERVATION,
            hash(session),
            Credits.of(cumulative));
    return CounterNetwork.voucher(
        new SignedVoucher(voucher, signer.sign(DOMAIN.digest(voucher.structHash()))));
  }

  private static Device device(long id, long cell) {
    DeviceKey key = DeviceKey.fromSecret(KeyType.ED25519, hash("device " + id).bytes().toArray());
    return new Device(new DeviceId(id), NETWORK, OWNER.account(), key.publicKey(), cell);
  }

  private static AccountKey key(String name) {
    return AccountKey.fromSecret(hash(name).bytes().toArray());
  }

  private static Hash hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
  }
}
