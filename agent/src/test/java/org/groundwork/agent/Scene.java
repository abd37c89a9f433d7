package org.groundwork.agent;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** A chain and a gateway at the edge of the agent, with a clock that tests turn. */
final class Scene implements ChainFeed, Gateways, InstantSource {
  static final NetworkId NETWORK = new NetworkId(1);
  static final SigningDomain DOMAIN =
      SigningDomain.of(
          BigInteger.valueOf(31337),
          AccountId.fromHex("0x00000000000000000000000000000000000000aa"));
  static final EpochSchedule SCHEDULE = new EpochSchedule(1000, 1, 10, 3);

  final AccountKey payer = AccountKey.fromSecret(secret(1));
  final AccountKey seller = AccountKey.fromSecret(secret(2));
  final DeviceKey device = DeviceKey.fromSecret(KeyType.ED25519, secret(3));
  final Reservation reservation = reservation(1, 1000);
  final Map<ReservationId, Reservation> reservations = new HashMap<>();
  final List<Shown> sessions = new ArrayList<>();
  final Map<Long, Seed> seeds = new HashMap<>();
  final List<Report> received = new ArrayList<>();
  volatile long now = 1000;
  final CountDownLatch failed = new CountDownLatch(1);
  volatile boolean reachable = true;
  volatile Optional<Answer.Refused> refusal = Optional.empty();

  Scene() {
    reservations.put(reservation.id(), reservation);
  }

  static byte[] secret(int number) {
    return Sha256.hash(new byte[] {(byte) number}).toArray();
  }

  DeviceIdentity identity() {
    return new DeviceIdentity(DOMAIN.deployment(), NETWORK, new DeviceId(7), device);
  }

  Reservation reservation(int number, long credits) {
    return new Reservation(
        new ReservationId(Sha256.hash(new byte[] {9, (byte) number})),
        payer.account(),
        NETWORK,
        seller.account(),
        Credits.of(credits),
        TokenAmount.of(credits),
        new EpochNumber(100));
  }

  static SecureRandom random() {
    return new SecureRandom();
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
    return Optional.empty();
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) {
    return List.of();
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return Optional.ofNullable(reservations.get(id));
  }

  @Override
  public List<Reservation> reservationsOf(AccountId account) {
    return List.copyOf(reservations.values());
  }

  /** A key that the chain shows from an epoch on until another. */
  record Shown(SessionKey session, long firstEpoch, long lastEpoch) {}

  @Override
  public Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) {
    return sessions.stream()
        .filter(shown -> shown.firstEpoch() <= epoch.value() && epoch.value() <= shown.lastEpoch())
        .map(Shown::session)
        .filter(session -> session.network().equals(network))
        .filter(session -> session.account().equals(account) && session.key().equals(key))
        .findFirst();
  }

  @Override
  public synchronized Optional<Seed> seed(NetworkId network, SlotNumber slot) {
    return Optional.ofNullable(seeds.get(slot.value()));
  }

  synchronized void openSlot(long slot) {
    seeds.put(slot, new Seed(new SlotNumber(slot), Hash.ZERO));
  }

  @Override
  public synchronized List<Answer> submit(List<Report> reports) throws IOException {
    if (!reachable) {
      failed.countDown();
      throw new IOException("no gateway answers");
    }
    List<Answer> answers = new ArrayList<>();
    for (Report report : reports) {
      if (refusal.isPresent()) {
        answers.add(refusal.get());
        continue;
      }
      received.add(report);
      answers.add(
          new Answer.Promised(
              new Promise(
                  payer.account(),
                  new SlotNumber(0),
                  Sha256.hash(report.body().unsafeArray()),
                  0,
                  1,
                  List.of(),
                  Bytes.wrap(new byte[65]))));
    }
    return answers;
  }

  synchronized List<Report> received() {
    return List.copyOf(received);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(now);
  }
}
