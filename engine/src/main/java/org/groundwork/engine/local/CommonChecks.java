package org.groundwork.engine.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.SignedMessage;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What is checked of every record before a network's own rules, in this order; the first that fails
 * names the reason.
 *
 * <ol>
 *   <li>deployment; device registered; its network known; network; key; signature; epoch: of each
 *       record alone;
 *   <li>conflict: records with different bodies under one sequence are all void;
 *   <li>duplicate: of copies of one report the one with the smallest slot counts;
 *   <li>too many: only the first {@link org.groundwork.rules.Rules#maxRecordsPerDevice} sequences
 *       are looked at, Hellos included;
 *   <li>Hello: canonical, of the registered owner, with a key that no other device said Hello with
 *       before;
 *   <li>inactive: other records count from the first accepted Hello on, in the order of sequences.
 * </ol>
 *
 * <p>A body that is not canonical cannot stand in a segment, so that {@code report.malformed} is
 * said of payloads only.
 */
final class CommonChecks {
  private final DeploymentId deployment;
  private final EpochNumber epoch;
  private final SignatureVerifier verifier;

  CommonChecks(DeploymentId deployment, EpochNumber epoch, SignatureVerifier verifier) {
    this.deployment = deployment;
    this.epoch = epoch;
    this.verifier = verifier;
  }

  /** Rejects all records of a device that is not registered. */
  void rejectUnregistered(RecordMerge merge, Judgements judgements) {
    long device = merge.device();
    for (Placed next = merge.next(device); next != null; next = merge.next(device)) {
      CommonReason reason =
          next.segment().facts().isOf(next.record(), deployment)
              ? CommonReason.UNKNOWN_DEVICE
              : CommonReason.WRONG_DEPLOYMENT;
      judgements.reject(next, reason, "");
    }
  }

  /** Takes all records of a device from the merge. */
  Checked check(Subject subject, RecordMerge merge, Judgements judgements) {
    Pass pass = new Pass(subject, judgements);
    long device = subject.device().id().value();
    for (Placed next = merge.next(device); next != null; next = merge.next(device)) {
      pass.take(next);
    }
    return pass.end();
  }

  /** The first reason against a record that can be said of it alone. */
  private @Nullable CommonReason unsound(Subject subject, Placed placed) {
    SegmentFacts facts = placed.segment().facts();
    int record = placed.record();
    if (!facts.isOf(record, deployment)) {
      return CommonReason.WRONG_DEPLOYMENT;
    }
    if (!subject.known()) {
      return CommonReason.UNKNOWN_NETWORK;
    }
    if (facts.network(record) != subject.device().network().value()) {
      return CommonReason.WRONG_NETWORK;
    }
    if (!facts.claimsKey(record, subject.keyHash())) {
      return CommonReason.WRONG_KEY;
    }
    if (!isSigned(subject, facts, record)) {
      return CommonReason.WRONG_SIGNATURE;
    }
    return facts.sequenceOf(record).epoch().equals(epoch) ? null : CommonReason.WRONG_EPOCH;
  }

  private boolean isSigned(Subject subject, SegmentFacts facts, int record) {
    return switch (facts.signature(record)) {
      case GOOD -> true;
      case BAD -> false;
      case KEY_UNKNOWN ->
          verify(FactsMaker.signedMessage(subject.device().key(), facts.signed(record)));
    };
  }

  private boolean verify(SignedMessage signed) {
    return verifier.verify(signed.key(), signed.message().unsafeArray(), signed.signature());
  }

  /** One device on its way through the checks; holds the records of one sequence at a time. */
  private final class Pass {
    private final Subject subject;
    private final Judgements judgements;
    private final List<Placed> sameSequence = new ArrayList<>();
    private final List<Placed> admitted = new ArrayList<>();
    private @Nullable SlotNumber firstHello;
    private int looked;
    private int hellos;
    private boolean active;

    Pass(Subject subject, Judgements judgements) {
      this.subject = subject;
      this.judgements = judgements;
      this.active = subject.active();
    }

    void take(Placed placed) {
      CommonReason reason = unsound(subject, placed);
      if (reason != null) {
        judgements.reject(placed, reason, "");
        return;
      }
      if (!sameSequence.isEmpty() && !sameSequence.getFirst().hasSequenceOf(placed)) {
        closeSequence();
      }
      sameSequence.add(placed);
    }

    Checked end() {
      closeSequence();
      return new Checked(List.copyOf(admitted), hellos, Optional.ofNullable(firstHello), active);
    }

    /** Records of a sequence come sorted by report, then by rank: copies are neighbours. */
    private void closeSequence() {
      if (sameSequence.isEmpty()) {
        return;
      }
      Placed first = sameSequence.getFirst();
      if (!first.isCopyOf(sameSequence.getLast())) {
        String evidence =
            "reports %s and %s under one sequence"
                .formatted(first.report(), sameSequence.getLast().report());
        sameSequence.forEach(
            placed -> judgements.reject(placed, CommonReason.SEQUENCE_CONFLICT, evidence));
      } else {
        sameSequence.stream()
            .skip(1)
            .forEach(copy -> judgements.reject(copy, CommonReason.DUPLICATE, ""));
        look(first);
      }
      sameSequence.clear();
    }

    private void look(Placed placed) {
      if (looked == subject.maxRecords()) {
        judgements.reject(placed, CommonReason.TOO_MANY, "");
        return;
      }
      looked++;
      Bytes payload = placed.segment().facts().payload(placed.record());
      if (payload.get(0) == Hello.TYPE) {
        hello(placed, payload);
      } else if (active) {
        admitted.add(placed);
      } else {
        judgements.reject(placed, CommonReason.INACTIVE, "");
      }
    }

    private void hello(Placed placed, Bytes payload) {
      switch (judge(payload)) {
        case Verdict.Rejected(var reason, var evidence) ->
            judgements.reject(placed, reason, evidence);
        case Verdict.Accepted _ -> {
          active = true;
          hellos++;
          SlotNumber slot = placed.segment().slot();
          if (firstHello == null || slot.compareTo(firstHello) < 0) {
            firstHello = slot;
          }
        }
      }
    }

    private Verdict judge(Bytes payload) {
      Hello hello;
      try {
        hello = Hello.decode(payload);
      } catch (Malformed e) {
        return Verdict.rejected(CommonReason.MALFORMED, String.valueOf(e.getMessage()));
      }
      if (!hello.owner().equals(subject.device().owner())) {
        return Verdict.rejected(
            CommonReason.WRONG_HELLO,
            "%s, registered is %s".formatted(hello.owner(), subject.device().owner()));
      }
      return subject.ownsKey()
          ? Verdict.ACCEPTED
          : Verdict.rejected(CommonReason.KEY_TAKEN, "key " + subject.keyHash());
    }
  }
}
