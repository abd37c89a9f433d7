package org.groundwork.networks.storage.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.networks.storage.wire.PieceProof;
import org.groundwork.networks.storage.wire.PieceProofs;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.Fault;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Verdict;

/** Judges a device's answers to the slots of an epoch, and the slots that were not answered. */
final class SlotJudge {
  /** One slot in which the device owes an answer. */
  private static final class Owed {
    final Holding holding;
    Optional<RecordRef> proof = Optional.empty();
    Optional<Verdict.Rejected> failure = Optional.empty();

    Owed(Holding holding) {
      this.holding = holding;
    }
  }

  private final EpochFacts facts;
  private final DeviceId device;
  private final StorageParameters parameters;
  private final Map<SlotNumber, Owed> owed = new TreeMap<>();

  SlotJudge(EpochFacts facts, DeviceId device, StorageParameters parameters, List<HeldDeal> deals) {
    this.facts = facts;
    this.device = device;
    this.parameters = parameters;
    EpochSchedule schedule = facts.schedule();
    SlotNumber last = schedule.lastSlot(facts.epoch());
    for (SlotNumber slot = schedule.firstSlot(facts.epoch());
        slot.compareTo(last) <= 0;
        slot = slot.plus(1)) {
      Holding holding = Holding.at(slot, deals);
      if (!holding.isEmpty()) {
        owed.put(slot, new Owed(holding));
      }
    }
  }

  Verdict answer(Admitted record, SlotAnswer answer) {
    SlotNumber slot = answer.slot();
    if (!facts.schedule().isIn(facts.epoch(), slot)) {
      return Verdict.rejected(
          StorageReason.OTHER_EPOCH, "slot " + slot + ", epoch " + facts.epoch());
    }
    Owed there = owed.get(slot);
    if (there == null) {
      return Verdict.rejected(StorageReason.NOT_CHALLENGED, "slot " + slot);
    }
    if (there.proof.isPresent()) {
      return Verdict.rejected(StorageReason.ANSWERED_ALREADY, "slot " + slot);
    }
    Optional<Verdict.Rejected> failure = late(record, slot).or(() -> wrong(there.holding, answer));
    if (failure.isPresent()) {
      there.failure = there.failure.or(() -> failure);
      return failure.get();
    }
    there.proof = Optional.of(record.ref());
    return Verdict.ACCEPTED;
  }

  /** The slots that were owed and not proven, in order. */
  List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    owed.forEach((slot, there) -> {
      if (there.proof.isEmpty()) {
        faults.add(fault(slot, there));
      }
    });
    return faults;
  }

  private Fault fault(SlotNumber slot, Owed there) {
    return there
        .failure
        .map(failure -> new Fault(slot, failure.reason(), failure.evidence()))
        .orElseGet(() ->
            new Fault(
                slot,
                StorageReason.NO_ANSWER,
                "slot "
                    + slot
                    + ", "
                    + there.holding.deals().size()
                    + " deals, allowed until slot "
                    + deadline(slot)));
  }

  /** How many slots of a deal were proven, and the last record that proved one. */
  record Proven(HeldDeal held, long slots, RecordRef last) {}

  /** The deals that have at least one proven slot, by id. */
  List<Proven> proven() {
    Map<Hash, Proven> found = new TreeMap<>();
    for (Owed there : owed.values()) {
      there.proof.ifPresent(ref ->
          there
              .holding
              .deals()
              .forEach(held ->
                  found.merge(
                      held.id(),
                      new Proven(held, 1, ref),
                      (sum, one) -> new Proven(held, sum.slots + 1, ref))));
    }
    return List.copyOf(found.values());
  }

  long provenSlots() {
    return owed.values().stream().filter(there -> there.proof.isPresent()).count();
  }

  private SlotNumber deadline(SlotNumber slot) {
    return slot.plus(parameters.answerSlots());
  }

  private Optional<Verdict.Rejected> late(Admitted record, SlotNumber slot) {
    return record.slot().compareTo(deadline(slot)) <= 0
        ? Optional.empty()
        : failure(
            StorageReason.LATE_ANSWER,
            "slot "
                + slot
                + " was answered in slot "
                + record.slot()
                + ", allowed until slot "
                + deadline(slot));
  }

  private Optional<Verdict.Rejected> wrong(Holding holding, SlotAnswer answer) {
    String where = "slot " + answer.slot();
    if (!answer.holding().equals(holding.hash())) {
      return failure(
          StorageReason.HOLDING_DIFFERS,
          where
              + ": made for "
              + answer.holding()
              + ", the "
              + holding.deals().size()
              + " deals that count are "
              + holding.hash());
    }
    int count = parameters.challengesPerSlot();
    if (answer.entries().size() != count) {
      return failure(
          StorageReason.PROOF_WRONG,
          where + ": " + answer.entries().size() + " of " + count + " challenges are answered");
    }
    List<Holding.LeafChallenge> challenges =
        holding.challenges(facts.seed(answer.slot()), device, count);
    for (int i = 0; i < count; i++) {
      String what = where + ", challenge " + i;
      Optional<Verdict.Rejected> wrong = wrong(what, challenges.get(i), answer.entries().get(i));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<Verdict.Rejected> wrong(
      String where, Holding.LeafChallenge challenge, SlotAnswer.Entry entry) {
    String what = where + ": leaf " + challenge.leaf() + " of piece " + challenge.deal().piece();
    return switch (entry) {
      case SlotAnswer.Entry.Lost() -> failure(StorageReason.PIECE_LOST, what);
      case SlotAnswer.Entry.Shown(PieceProof proof) -> wrongProof(what, challenge, proof);
    };
  }

  private static Optional<Verdict.Rejected> wrongProof(
      String what, Holding.LeafChallenge challenge, PieceProof proof) {
    String evidence =
        switch (PieceProofs.check(challenge.deal().piece(), challenge.leaf(), proof)) {
          case VALID -> "";
          case OTHER_LEAF -> "the proof is of leaf " + proof.leafIndex();
          case OTHER_HEIGHT -> "the proof has " + proof.height() + " steps";
          case OTHER_ROOT ->
              "the proof leads to "
                  + PieceProofs.rootOf(proof)
                  + ", expected "
                  + challenge.deal().piece().root();
        };
    return evidence.isEmpty()
        ? Optional.empty()
        : failure(StorageReason.PROOF_WRONG, what + ": " + evidence);
  }

  private static Optional<Verdict.Rejected> failure(StorageReason reason, String evidence) {
    return Optional.of(new Verdict.Rejected(reason, evidence));
  }
}
