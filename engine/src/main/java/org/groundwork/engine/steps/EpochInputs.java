package org.groundwork.engine.steps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.Skipped;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.IndexSource;
import org.groundwork.engine.index.SegmentClock;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;

/**
 * The segments that count: those that a posted index lists and for which more than a third of the
 * stake signed. Several indexes of a gateway add up, signatures included.
 *
 * @param segments by rank: ascending by slot, then by hash
 * @param facts of each segment, in the same order
 */
public record EpochInputs(
    List<InputSegment> segments, List<SegmentFacts> facts, List<Skipped> skipped) {
  private record Timed(SegmentFacts facts, SlotNumber slot) {}

  private static final Comparator<Timed> ORDER =
      Comparator.comparing(Timed::slot).thenComparing(timed -> timed.facts().segment());

  public EpochInputs {
    segments = List.copyOf(segments);
    facts = List.copyOf(facts);
    skipped = List.copyOf(skipped);
  }

  /** Reads the posted indexes, and opens the facts of all segments that count. */
  public static EpochInputs gather(EpochPlan plan, IndexSource indexes, FactsSource source)
      throws IOException {
    Set<Skipped> skipped = new HashSet<>();
    Map<AccountId, Map<Hash, List<SlotSignature>>> listed = list(plan, indexes, skipped);
    SegmentClock clock = new SegmentClock(plan.domain(), plan.epoch(), plan.verifierWeights());
    List<Timed> timed = new ArrayList<>();
    for (Map.Entry<AccountId, Map<Hash, List<SlotSignature>>> gateway : listed.entrySet()) {
      for (Map.Entry<Hash, List<SlotSignature>> entry : gateway.getValue().entrySet()) {
        Hash segment = entry.getKey();
        Optional<SlotNumber> slot = clock.slotOf(gateway.getKey(), segment, entry.getValue());
        if (slot.isEmpty()) {
          skipped.add(new Skipped(gateway.getKey(), segment, Skipped.Cause.NO_QUORUM));
          continue;
        }
        SegmentFacts facts = source.facts(segment);
        if (isOf(plan, gateway.getKey(), facts.header())) {
          timed.add(new Timed(facts, slot.get()));
        } else {
          skipped.add(new Skipped(gateway.getKey(), segment, Skipped.Cause.WRONG_SEGMENT));
        }
      }
    }
    timed.sort(ORDER);
    List<InputSegment> segments = new ArrayList<>();
    for (Timed next : timed) {
      SegmentFacts facts = next.facts();
      segments.add(
          new InputSegment(
              segments.size(),
              facts.segment(),
              facts.header().gateway(),
              next.slot(),
              facts.count()));
    }
    return new EpochInputs(
        segments, timed.stream().map(Timed::facts).toList(), skipped.stream().sorted().toList());
  }

  /** All signatures for each segment that a gateway's posted indexes list. */
  private static Map<AccountId, Map<Hash, List<SlotSignature>>> list(
      EpochPlan plan, IndexSource indexes, Set<Skipped> skipped) throws IOException {
    Map<AccountId, Map<Hash, List<SlotSignature>>> listed = new TreeMap<>();
    for (PostedIndex posted : plan.posted()) {
      SegmentIndex index =
          indexes
              .get(posted.index())
              .orElseThrow(() -> new IOException("index " + posted.index() + " is not here"));
      if (!isPosted(plan, posted, index)) {
        skipped.add(new Skipped(posted.gateway(), posted.index(), Skipped.Cause.WRONG_INDEX));
        continue;
      }
      Map<Hash, List<SlotSignature>> ofGateway =
          listed.computeIfAbsent(posted.gateway(), _ -> new TreeMap<>());
      for (IndexEntry entry : index.entries()) {
        ofGateway
            .computeIfAbsent(entry.segment(), _ -> new ArrayList<>())
            .addAll(entry.signatures());
      }
    }
    return listed;
  }

  private static boolean isPosted(EpochPlan plan, PostedIndex posted, SegmentIndex index) {
    return index.deployment().equals(plan.domain().deployment())
        && index.epoch().equals(plan.epoch())
        && index.gateway().equals(posted.gateway());
  }

  private static boolean isOf(EpochPlan plan, AccountId gateway, SegmentHeader header) {
    return header.deployment().equals(plan.domain().deployment())
        && header.epoch().equals(plan.epoch())
        && header.gateway().equals(gateway);
  }
}
