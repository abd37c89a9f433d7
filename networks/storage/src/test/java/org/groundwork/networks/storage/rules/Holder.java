package org.groundwork.networks.storage.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.groundwork.networks.storage.wire.ByteSource;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceProver;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
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

/**
 * A provider with many pieces of which some are deleted, in slots of a minute and epochs of an
 * hour. It proves what it has, says of the rest that it is lost, and is judged by the rules. All of
 * it follows from its number.
 */
final class Holder implements EpochFacts {
  static final EpochSchedule SCHEDULE = new EpochSchedule(1000, 60, 60, 5);
  private static final NetworkId NETWORK = World.NETWORK;
  private static final EpochNumber FIRST = new EpochNumber(5);

  private final Device device;
  private final StorageParameters parameters;
  private final int number;
  private final List<HeldDeal> deals = new ArrayList<>();
  private final Map<PieceCommitment, PieceWithTree> trees = new HashMap<>();
  private final Map<PieceCommitment, byte[]> data = new HashMap<>();
  private final Set<PieceCommitment> deleted = new HashSet<>();
  private EpochNumber epoch = FIRST;

  Holder(int number, StorageParameters parameters, int pieces, int bytes) {
    this.number = number;
    this.parameters = parameters;
    this.device =
        new Device(
            new DeviceId(number),
            NETWORK,
            World.OWNER.account(),
            World.DEVICE.key(),
            World.DEVICE.cell());
    Random random = new Random(number);
    for (int i = 0; i < pieces; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      add(content);
    }
  }

  PieceCommitment add(byte[] content) {
    PieceWithTree made = new CommP(CommP.Keep.TREE).update(content, 0, content.length).finishTree();
    PieceCommitment piece = made.commitment();
    trees.put(piece, made);
    data.put(piece, content);
    Deal deal =
        new Deal(
            World.DOMAIN.deployment(),
            NETWORK,
            device.id(),
            World.PAYER.account(),
            World.OWNER.account(),
            World.RESERVATION,
            Credits.of(1),
            Credits.of(1),
            SCHEDULE.firstSlot(FIRST),
            SCHEDULE.firstSlot(FIRST).plus(100_000),
            piece.encode());
    deals.add(new HeldDeal(deal.id(), deal, piece));
    return piece;
  }

  /** Deletes the first so many pieces. */
  void delete(int pieces) {
    deals.stream().limit(pieces).forEach(held -> deleted.add(held.piece()));
  }

  Holding holding() {
    return Holding.at(SCHEDULE.firstSlot(epoch), deals);
  }

  /** Answers every slot of the next epoch and is judged. */
  DeviceResult judgeEpoch() {
    List<Admitted> records = new ArrayList<>();
    for (int i = 0; i < SCHEDULE.slotsPerEpoch(); i++) {
      SlotNumber slot = SCHEDULE.firstSlot(epoch).plus(i);
      records.add(admitted(answer(slot), slot));
    }
    DeviceResult result = judge(records);
    epoch = epoch.next();
    return result;
  }

  DeviceResult judge(List<Admitted> records) {
    Carry carry = new StorageCarry(0, 0, deals, new java.util.TreeMap<>()).encode();
    return new StorageRules(parameters).judge(new DeviceInput(this, device, carry, records));
  }

  /** The report of an answer, as it came in this slot. */
  Admitted admitted(SlotAnswer answer, SlotNumber arrived) {
    Bytes payload = new StorageReport.Proof(answer).encode();
    RecordRef ref =
        new RecordRef(
            device.id(), Sequence.of(epoch, answer.slot().value()), Sha256.hash(payload.toArray()));
    return new Admitted(ref, arrived, payload);
  }

  SlotAnswer answer(SlotNumber slot) {
    Holding holding = Holding.at(slot, deals);
    List<SlotAnswer.Entry> entries = new ArrayList<>();
    for (Holding.LeafChallenge challenge :
        holding.challenges(seed(slot), device.id(), parameters.challengesPerSlot())) {
      entries.add(entry(challenge));
    }
    return new SlotAnswer(slot, holding.hash(), entries);
  }

  private SlotAnswer.Entry entry(Holding.LeafChallenge challenge) {
    PieceCommitment piece = challenge.deal().piece();
    if (deleted.contains(piece)) {
      return new SlotAnswer.Entry.Lost();
    }
    PieceWithTree tree = java.util.Objects.requireNonNull(trees.get(piece));
    byte[] content = java.util.Objects.requireNonNull(data.get(piece));
    PieceProver prover = new PieceProver(tree.tree(), ByteSource.of(Bytes.wrap(content)));
    try {
      return new SlotAnswer.Entry.Shown(prover.prove(challenge.leaf()).proof());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SlotNumber slot(long index) {
    return SCHEDULE.firstSlot(epoch).plus(index);
  }

  @Override
  public SigningDomain domain() {
    return World.DOMAIN;
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

  /** Each provider lives in a world of its own: other block hashes. */
  @Override
  public Seed seed(SlotNumber slot) {
    byte[] block = ByteBuffer.allocate(12).putInt(number).putLong(slot.value()).array();
    return Seed.of(domain().deployment(), NETWORK, slot, Sha256.hash(block));
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return Optional.empty();
  }

  @Override
  public Optional<SessionKey> sessionKey(AccountId account, AccountId key) {
    return Optional.empty();
  }
}
