package org.groundwork.networks.storage.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.groundwork.networks.storage.wire.ByteSource;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceProver;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DealEnd;
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
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** One device, one customer, pieces in memory, and an epoch of ten slots to judge. */
final class World {
  static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.ONE, new AccountId(Bytes.wrap(new byte[20])));
  static final NetworkId NETWORK = new NetworkId(3);
  static final EpochSchedule SCHEDULE = new EpochSchedule(1000, 60, 10, 5);
  static final AccountKey PAYER = key(1);

  /** A session key of the payer's. */
  static final AccountKey SESSION = key(77);

  static final AccountKey OWNER = key(2);
  static final AccountKey STRANGER = key(3);
  static final Device DEVICE =
      new Device(
          new DeviceId(7),
          NETWORK,
          OWNER.account(),
          DeviceKey.generate(KeyType.ED25519, new java.security.SecureRandom()).publicKey(),
          0);
  static final ReservationId RESERVATION = new ReservationId(Hash.fromHex("aa".repeat(32)));
  static final long CREDITS = 1_000_000;

  final StorageParameters parameters;
  final StorageRules rules;
  final Map<PieceCommitment, PieceWithTree> trees = new HashMap<>();
  final Map<PieceCommitment, byte[]> data = new HashMap<>();
  final List<Admitted> records = new ArrayList<>();
  EpochNumber epoch = new EpochNumber(5);
  EpochNumber lastEpoch = new EpochNumber(100);
  Carry carry = Carry.NONE;

  World() {
    this(new StorageParameters(2, 4, Credits.of(1), 10, Credits.of(1)));
  }

  World(StorageParameters parameters) {
    this.parameters = parameters;
    this.rules = new StorageRules(parameters);
  }

  PieceCommitment piece(Random random, int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    PieceWithTree made = new CommP(CommP.Keep.TREE).update(content, 0, size).finishTree();
    data.put(made.commitment(), content);
    trees.put(made.commitment(), made);
    return made.commitment();
  }

  SlotNumber slot(long index) {
    return SCHEDULE.firstSlot(epoch).plus(index);
  }

  /** A deal for a piece from the first slot of this epoch until far ahead. */
  Deal deal(PieceCommitment piece) {
    return deal(piece, slot(0), slot(1000));
  }

  Deal deal(PieceCommitment piece, SlotNumber start, SlotNumber end) {
    return new Deal(
        DOMAIN.deployment(),
        NETWORK,
        DEVICE.id(),
        PAYER.account(),
        OWNER.account(),
        RESERVATION,
        Credits.of(3),
        Credits.of(3000),
        start,
        end,
        piece.encode());
  }

  static SignedDeal sign(Deal deal, AccountKey by) {
    return new SignedDeal(deal, by.sign(DOMAIN.digest(deal.id())));
  }

  static StorageReport opened(Deal deal) {
    return new StorageReport.DealOpened(sign(deal, PAYER));
  }

  static StorageReport ended(Hash deal, AccountKey by) {
    DealEnd end = new DealEnd(DOMAIN.deployment(), deal);
    return new StorageReport.DealEnded(deal, by.sign(DOMAIN.digest(end.structHash())));
  }

  static Voucher voucher(long session, long cumulative) {
    return new Voucher(
        DOMAIN.deployment(),
        NETWORK,
        PAYER.account(),
        OWNER.account(),
        RESERVATION,
        Sha256.hash(new byte[] {(byte) session}),
        Credits.of(cumulative));
  }

  static StorageReport egress(Voucher voucher, AccountKey by) {
    return new StorageReport.Egress(
        new SignedVoucher(voucher, by.sign(DOMAIN.digest(voucher.structHash()))));
  }

  static Seed seed(SlotNumber slot) {
    return new Seed(slot, Sha256.hash(new byte[] {(byte) slot.value(), 42}));
  }

  Holding holding(SlotNumber slot) {
    try {
      return Holding.at(slot, StorageCarry.decode(NETWORK, DEVICE.id(), carry).deals());
    } catch (org.groundwork.protocol.Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  /** The honest answer to a slot, from the data as it is now. */
  SlotAnswer answer(SlotNumber slot) {
    Holding holding = holding(slot);
    List<SlotAnswer.Entry> entries = new ArrayList<>();
    for (Holding.LeafChallenge challenge :
        holding.challenges(seed(slot), DEVICE.id(), parameters.challengesPerSlot())) {
      entries.add(shown(challenge));
    }
    return new SlotAnswer(slot, holding.hash(), entries);
  }

  private SlotAnswer.Entry shown(Holding.LeafChallenge challenge) {
    PieceCommitment piece = challenge.deal().piece();
    PieceWithTree tree = trees.getOrDefault(piece, trees.values().iterator().next());
    byte[] content = data.getOrDefault(piece, new byte[0]);
    PieceProver prover = new PieceProver(tree.tree(), ByteSource.of(Bytes.wrap(content)));
    try {
      return new SlotAnswer.Entry.Shown(prover.prove(challenge.leaf()).proof());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  World report(StorageReport report) {
    return report(report, slot(0));
  }

  World report(StorageReport report, SlotNumber arrived) {
    return report(report.encode(), arrived);
  }

  World report(Bytes payload, SlotNumber arrived) {
    Sequence sequence = Sequence.of(epoch, records.size());
    RecordRef ref = new RecordRef(DEVICE.id(), sequence, Sha256.hash(payload.toArray()));
    records.add(new Admitted(ref, arrived, payload));
    return this;
  }

  /** Answers every slot of the epoch in time. */
  World answerAll() {
    for (int i = 0; i < SCHEDULE.slotsPerEpoch(); i++) {
      if (!holding(slot(i)).isEmpty()) {
        report(new StorageReport.Proof(answer(slot(i))), slot(i));
      }
    }
    return this;
  }

  DeviceResult judge() {
    return rules.judge(new DeviceInput(facts(), DEVICE, carry, records));
  }

  /** Judges, and goes on to the next epoch. */
  DeviceResult next() {
    DeviceResult result = judge();
    carry = result.carry();
    records.clear();
    epoch = epoch.next();
    return result;
  }

  EpochFacts facts() {
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
        return World.seed(slot);
      }

      @Override
      public Optional<Reservation> reservation(ReservationId id) {
        return id.equals(RESERVATION)
            ? Optional.of(
                new Reservation(
                    id,
                    PAYER.account(),
                    NETWORK,
                    OWNER.account(),
                    Credits.of(CREDITS),
                    TokenAmount.of(CREDITS),
                    lastEpoch))
            : Optional.empty();
      }

      @Override
      public Optional<SessionKey> sessionKey(AccountId account, AccountId key) {
        return account.equals(PAYER.account()) && key.equals(SESSION.account())
            ? Optional.of(new SessionKey(account, key, NETWORK, Credits.of(CREDITS)))
            : Optional.empty();
      }
    };
  }

  private static AccountKey key(int number) {
    byte[] secret = new byte[32];
    secret[31] = (byte) number;
    return AccountKey.fromSecret(secret);
  }
}
