package org.groundwork.engine.audit;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.audit.ReportStage.Name;
import org.groundwork.engine.audit.ReportStage.State;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.SegmentClock;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;

/** Follows one report from the gateway's promise to the claim, as far as it has come. */
public final class ReportWay {
  private final View chain;
  private final PublicFiles files;
  private final Holders holders;
  private final Why why;

  public ReportWay(View chain, PublicFiles files, Holders holders, Why why) {
    this.chain = chain;
    this.files = files;
    this.holders = holders;
    this.why = why;
  }

  /** What the chain says. */
  public interface View {
    SigningDomain domain();

    EpochSchedule schedule();

    /** Unix seconds. */
    long now();

    /** The indexes posted for an epoch so far. */
    List<PostedIndex> posted(EpochNumber epoch) throws IOException;

    /** The verifiers' weights at an epoch's opening, by their signers. */
    SortedMap<AccountId, BigInteger> weights(EpochNumber epoch) throws IOException;

    /** The accepted result of an epoch, or the one that covers it. */
    Optional<Settled> settled(EpochNumber epoch) throws IOException;

    /** How much was claimed in all of the payable leaf of an account. */
    BigInteger claimed(MoneyLeaf leaf) throws IOException;
  }

  /** An accepted result. */
  public record Settled(EpochNumber epoch, Hash resultHash, boolean isFinal) {}

  /** Who knows which segments hold a report; what they say is checked. */
  @FunctionalInterface
  public interface Holders {
    List<Hash> segments(DeviceId device, Sequence sequence) throws IOException;
  }

  /** A segment that holds the report, and the first posted index that lists it. */
  private record Found(Segment segment, Optional<Listed> listed) {}

  private record Listed(PostedIndex posted, IndexEntry entry) {}

  /**
   * The stages of a report's way; the last ones are left out where one before them failed.
   *
   * @param promise that the device was given, if its outbox is at hand
   */
  public List<ReportStage> of(DeviceId device, Sequence sequence, Optional<Promise> promise)
      throws IOException {
    List<ReportStage> stages = new ArrayList<>();
    Optional<Found> found = find(device, sequence);
    stages.add(promised(sequence, promise, found));
    if (found.isEmpty()) {
      stages.add(notSealed(sequence, promise));
      return List.copyOf(stages);
    }
    Segment segment = found.get().segment();
    stages.add(
        done(
            Name.SEALED,
            "Segment %s of gateway %s holds it."
                .formatted(segment.hash(), segment.header().gateway())));
    if (found.get().listed().isEmpty()) {
      stages.add(notListed(sequence.epoch()));
      return List.copyOf(stages);
    }
    listed(sequence.epoch(), segment, found.get().listed().get(), stages);
    Optional<Settled> settled = chain.settled(sequence.epoch());
    if (settled.isEmpty()) {
      stages.add(
          waiting(
              Name.JUDGED,
              "Verifiers judge the epoch after its commit deadline, "
                  + time(chain.schedule().commitDeadline(sequence.epoch()))
                  + "."));
    } else {
      settled(device, sequence, settled.get(), stages);
    }
    return List.copyOf(stages);
  }

  private Optional<Found> find(DeviceId device, Sequence sequence) throws IOException {
    Optional<Found> best = Optional.empty();
    List<PostedIndex> posted = chain.posted(sequence.epoch());
    for (Hash hash : holders.segments(device, sequence)) {
      Optional<Segment> segment = files.segment(hash);
      if (segment.isEmpty() || segment.get().indexOf(device, sequence).isEmpty()) {
        continue;
      }
      Found found = new Found(segment.get(), listed(hash, posted));
      if (best.isEmpty() || (best.get().listed().isEmpty() && found.listed().isPresent())) {
        best = Optional.of(found);
      }
    }
    return best;
  }

  private Optional<Listed> listed(Hash segment, List<PostedIndex> posted) throws IOException {
    for (PostedIndex each : posted) {
      Optional<SegmentIndex> index = files.index(each.index());
      Optional<IndexEntry> entry =
          index.stream()
              .flatMap(found -> found.entries().stream())
              .filter(listed -> listed.segment().equals(segment))
              .findFirst();
      if (entry.isPresent()) {
        return Optional.of(new Listed(each, entry.get()));
      }
    }
    return Optional.empty();
  }

  private ReportStage promised(
      Sequence sequence, Optional<Promise> promise, Optional<Found> found) {
    if (promise.isPresent()) {
      SlotNumber slot = promise.get().slot();
      return done(
          Name.PROMISED,
          "Gateway %s promised it for slot %s, %s."
              .formatted(promise.get().gateway(), slot, time(chain.schedule().slotStart(slot))));
    }
    if (found.isPresent()) {
      return done(
          Name.PROMISED,
          "Gateway " + found.get().segment().header().gateway() + " took it: it has sealed it.");
    }
    return new ReportStage(
        Name.PROMISED,
        State.UNKNOWN,
        "Only the device knows before the report is sealed: its outbox keeps gateways' promises.",
        chain.now() < chain.schedule().close(sequence.epoch())
            ? "Name the folder of its outbox with --outbox, or ask again when the slot is over."
            : "Look into the agent's log: was it sent while its epoch was open?");
  }

  private ReportStage notSealed(Sequence sequence, Optional<Promise> promise) {
    long deadline = chain.schedule().commitDeadline(sequence.epoch());
    if (chain.now() < deadline) {
      return waiting(
          Name.SEALED,
          "No segment that anybody has shown holds it. Gateways seal a slot when it is over, and"
              + " may bring segments until "
              + time(deadline)
              + ".");
    }
    return new ReportStage(
        Name.SEALED,
        State.FAILED,
        "No segment of epoch " + sequence.epoch() + " that anybody keeps holds it.",
        promise.isPresent()
            ? "Prove the broken promise: \"groundwork dispute promise-export\", then"
                + " \"groundwork dispute promise\"."
            : "If the epoch is long over, its segments are not kept any more. Else send earlier,"
                + " or through another gateway, too.");
  }

  private ReportStage notListed(EpochNumber epoch) {
    long deadline = chain.schedule().commitDeadline(epoch);
    return chain.now() < deadline
        ? waiting(
            Name.INDEXED,
            "The gateway lists its segments on chain between "
                + time(chain.schedule().close(epoch))
                + " and "
                + time(deadline)
                + ".")
        : new ReportStage(
            Name.INDEXED,
            State.FAILED,
            "No index on chain lists its segment: the report does not count.",
            "If the gateway promised it: \"groundwork dispute promise\". Send through another"
                + " gateway, too.");
  }

  private void listed(EpochNumber epoch, Segment segment, Listed listed, List<ReportStage> stages)
      throws IOException {
    AccountId gateway = listed.posted().gateway();
    SortedMap<AccountId, BigInteger> weights = chain.weights(epoch);
    Optional<SlotNumber> slot =
        new SegmentClock(chain.domain(), epoch, weights)
            .slotOf(gateway, segment.hash(), listed.entry().signatures());
    stages.add(
        slot.map(signed ->
                done(
                    Name.CLOCKED,
                    "Slot %s, %s, by the signatures of %d of %d verifiers."
                        .formatted(
                            signed,
                            time(chain.schedule().slotStart(signed)),
                            listed.entry().signatures().size(),
                            weights.size())))
            .orElse(
                new ReportStage(
                    Name.CLOCKED,
                    State.FAILED,
                    "Not more than a third of the verifiers' weight signed when the segment came.",
                    "Send through another gateway, too.")));
    stages.add(
        done(
            Name.INDEXED,
            "Index %s of gateway %s on chain lists its segment."
                .formatted(listed.posted().index(), gateway)));
  }

  private void settled(
      DeviceId device, Sequence sequence, Settled settled, List<ReportStage> stages)
      throws IOException {
    Optional<PublishedResult> result = files.result(settled.epoch(), settled.resultHash());
    if (result.isEmpty()) {
      stages.add(
          new ReportStage(
              Name.JUDGED,
              State.UNKNOWN,
              "No verifier publishes the accepted result of epoch " + settled.epoch() + ".",
              "Ask again later."));
    } else {
      stages.add(judged(device, sequence, result.get()));
      stages.add(paid(device, result.get()));
    }
    stages.add(
        done(
            Name.ACCEPTED,
            "The chain accepted the result of epoch %s: %s."
                .formatted(settled.epoch(), settled.resultHash())));
    stages.add(
        settled.isFinal()
            ? done(Name.FINAL, "The result is final.")
            : waiting(Name.FINAL, "The result can still be disputed."));
    if (result.isPresent() && settled.isFinal()) {
      claimed(device, result.get()).ifPresent(stages::add);
    }
  }

  private ReportStage judged(DeviceId device, Sequence sequence, PublishedResult result)
      throws IOException {
    List<Explanation.RecordLine> lines =
        why.report(result, device, sequence, files::segment).records();
    Optional<Explanation.RecordLine> accepted =
        lines.stream().filter(line -> line.code().equals(DeviceSummary.ACCEPTED)).findFirst();
    Optional<Explanation.RecordLine> shown = accepted.or(() -> lines.stream().findFirst());
    return shown
        .map(line ->
            new ReportStage(
                Name.JUDGED,
                accepted.isPresent() ? State.DONE : State.FAILED,
                "%s (%s). %s %s"
                    .formatted(line.code(), line.payload(), line.happened(), line.evidence())
                    .strip(),
                accepted.isPresent() ? "" : line.remedy()))
        .orElse(
            new ReportStage(
                Name.JUDGED,
                State.FAILED,
                "Its segment did not count in the result.",
                "Send through another gateway, too."));
  }

  private static List<ChargeLine> charges(DeviceId device, PublishedResult result) {
    return result.charges().stream().filter(line -> line.device().equals(device)).toList();
  }

  private static ReportStage paid(DeviceId device, PublishedResult result) {
    List<ChargeLine> charges = charges(device, result);
    if (charges.isEmpty()) {
      return new ReportStage(
          Name.PAID,
          State.FAILED,
          "Nothing was charged for the device's service in this result.",
          "\"groundwork why " + device + "\" says what it owed and delivered.");
    }
    StringBuilder said = new StringBuilder();
    for (ChargeLine charge : charges) {
      said.append(
          "%s %s: %s, charged %s credits, %s tokens to %s. "
              .formatted(
                  charge.kind().code(),
                  charge.evidence(),
                  charge.outcome().code(),
                  charge.charged(),
                  charge.paid(),
                  charge.seller()));
    }
    return done(Name.PAID, said.toString().strip());
  }

  /** How much of what the device's seller has earned there is claimed. */
  private Optional<ReportStage> claimed(DeviceId device, PublishedResult result)
      throws IOException {
    for (ChargeLine charge : charges(device, result)) {
      for (MoneyLeaf leaf : result.leaves()) {
        if (leaf.kind() == MoneyKind.PAYMENT
            && leaf.network().equals(charge.network())
            && leaf.subject().equals(charge.seller().toSubject())) {
          BigInteger claimed = chain.claimed(leaf);
          String said =
              "%s has earned %s in all until this result, and claimed %s."
                  .formatted(charge.seller(), leaf.cumulative(), claimed);
          return Optional.of(
              claimed.compareTo(leaf.cumulative()) >= 0
                  ? done(Name.CLAIMED, said)
                  : new ReportStage(
                      Name.CLAIMED, State.WAITING, said, "\"groundwork claim\" pays the rest."));
        }
      }
    }
    return Optional.empty();
  }

  private static ReportStage done(Name name, String said) {
    return new ReportStage(name, State.DONE, said, "");
  }

  private static ReportStage waiting(Name name, String said) {
    return new ReportStage(name, State.WAITING, said, "Ask again then.");
  }

  private static String time(long unixSeconds) {
    return Instant.ofEpochSecond(unixSeconds).toString();
  }
}
