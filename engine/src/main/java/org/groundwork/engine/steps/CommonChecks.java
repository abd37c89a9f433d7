package org.groundwork.engine.steps;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Sequence;
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
  private final Map<NetworkId, Installed> networks;
  private final SignatureVerifier verifier;

  CommonChecks(EpochPlan plan, Map<NetworkId, Installed> networks, SignatureVerifier verifier) {
    this.deployment = plan.domain().deployment();
    this.epoch = plan.epoch();
    this.networks = networks;
    this.verifier = verifier;
  }

  /** Rejects all records of a device that is not registered. */
  void rejectUnregistered(Iterator<? extends ArrivedRecord> records, DevicePhase.Bench bench) {
    while (records.hasNext()) {
      ArrivedRecord next = records.next();
      CommonReason reason =
          next.isOf(deployment) ? CommonReason.UNKNOWN_DEVICE : CommonReason.WRONG_DEPLOYMENT;
      bench.reject(next, reason, "");
    }
  }

  /** Checks all records of a device. */
  Checked check(
      KnownDevice known, Iterator<? extends ArrivedRecord> records, DevicePhase.Bench bench) {
    Pass pass = new Pass(subject(known), bench);
    records.forEachRemaining(pass::take);
    return pass.end();
  }

  private Subject subject(KnownDevice known) {
    Installed network = networks.get(known.device().network());
    return new Subject(
        known,
        known.device().key().hash(),
        network != null,
        network == null ? 0 : network.rules().maxRecordsPerDevice());
  }

  /** The first reason against a record that can be said of it alone. */
  private @Nullable CommonReason unsound(Subject subject, ArrivedRecord record) {
    if (!record.isOf(deployment)) {
      return CommonReason.WRONG_DEPLOYMENT;
    }
    if (!subject.isKnown()) {
      return CommonReason.UNKNOWN_NETWORK;
    }
    if (record.network() != subject.device().network().value()) {
      return CommonReason.WRONG_NETWORK;
    }
    if (!record.claimsKey(subject.keyHash())) {
      return CommonReason.WRONG_KEY;
    }
    if (!isSigned(subject, record)) {
      return CommonReason.WRONG_SIGNATURE;
    }
    return new Sequence(record.sequence()).epoch().equals(epoch) ? null : CommonReason.WRONG_EPOCH;
  }

  private boolean isSigned(Subject subject, ArrivedRecord record) {
    return switch (record.signature()) {
      case GOOD -> true;
      case BAD -> false;
      case KEY_UNKNOWN -> verify(FactsMaker.signedMessage(subject.device().key(), record.signed()));
    };
  }

  private boolean verify(SignedMessage signed) {
    return verifier.verify(signed.key(), signed.message().unsafeArray(), signed.signature());
  }

  /** One device on its way through the checks; holds the records of one sequence at a time. */
  private final class Pass {
    private final Subject subject;
    private final DevicePhase.Bench bench;
    private final List<ArrivedRecord> sameSequence = new ArrayList<>();
    private final List<ArrivedRecord> admitted = new ArrayList<>();
    private final List<ArrivedRecord> hellos = new ArrayList<>();
    private int looked;
    private boolean active;

    Pass(Subject subject, DevicePhase.Bench bench) {
      this.subject = subject;
      this.bench = bench;
      this.active = subject.known().isActive();
    }

    void take(ArrivedRecord placed) {
      CommonReason reason = unsound(subject, placed);
      if (reason != null) {
        bench.reject(placed, reason, "");
        return;
      }
      if (!sameSequence.isEmpty() && !hasSequenceOf(sameSequence.getFirst(), placed)) {
        closeSequence();
      }
      sameSequence.add(placed);
    }

    Checked end() {
      closeSequence();
      return new Checked(List.copyOf(admitted), List.copyOf(hellos), active);
    }

    private static boolean hasSequenceOf(ArrivedRecord a, ArrivedRecord b) {
      return a.sequence() == b.sequence();
    }

    /** Records of a sequence come sorted by report, then by rank: copies are neighbours. */
    private void closeSequence() {
      if (sameSequence.isEmpty()) {
        return;
      }
      ArrivedRecord first = sameSequence.getFirst();
      if (sameSequence.size() == 1) {
        look(first);
      } else if (!first.isCopyOf(sameSequence.getLast())) {
        String evidence =
            "reports %s and %s under one sequence"
                .formatted(first.report(), sameSequence.getLast().report());
        sameSequence.forEach(
            placed -> bench.reject(placed, CommonReason.SEQUENCE_CONFLICT, evidence));
      } else {
        sameSequence.stream()
            .skip(1)
            .forEach(copy -> bench.reject(copy, CommonReason.DUPLICATE, ""));
        look(first);
      }
      sameSequence.clear();
    }

    private void look(ArrivedRecord placed) {
      if (looked == subject.maxRecords()) {
        bench.reject(placed, CommonReason.TOO_MANY, "");
        return;
      }
      looked++;
      Bytes payload = placed.payload();
      if (payload.get(0) == Hello.TYPE) {
        hello(placed, payload);
      } else if (active) {
        admitted.add(placed);
      } else {
        bench.reject(placed, CommonReason.INACTIVE, "");
      }
    }

    private void hello(ArrivedRecord placed, Bytes payload) {
      switch (judge(payload)) {
        case Verdict.Rejected(var reason, var evidence) -> bench.reject(placed, reason, evidence);
        case Verdict.Accepted _ -> {
          active = true;
          hellos.add(placed);
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
      return subject.known().ownsKey()
          ? Verdict.ACCEPTED
          : Verdict.rejected(CommonReason.KEY_TAKEN, "key " + subject.keyHash());
    }
  }
}
