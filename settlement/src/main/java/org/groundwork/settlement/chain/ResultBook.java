package org.groundwork.settlement.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;

/** Inputs and results of epochs, and how far they are final, as events add up. */
final class ResultBook {
  private final SortedMap<EpochNumber, List<ChainEvent.IndexCommitted>> indexes = new TreeMap<>();
  private final SortedMap<EpochNumber, ChainEvent.ResultAccepted> results = new TreeMap<>();
  private final SortedMap<EpochNumber, SortedSet<AccountId>> present = new TreeMap<>();
  private final SortedSet<EpochNumber> skipped = new TreeSet<>();
  private final SortedSet<EpochNumber> held = new TreeSet<>();
  private Optional<EpochNumber> finalised = Optional.empty();
  private Optional<EpochNumber> voidedFrom = Optional.empty();
  private int attempt;

  List<ChainEvent.IndexCommitted> indexes(EpochNumber epoch) {
    return List.copyOf(indexes.getOrDefault(epoch, List.of()));
  }

  Optional<ChainEvent.ResultAccepted> result(EpochNumber epoch) {
    return Optional.ofNullable(results.get(epoch));
  }

  Optional<ChainEvent.ResultAccepted> latest() {
    return results.isEmpty() ? Optional.empty() : Optional.of(results.lastEntry().getValue());
  }

  Optional<ChainEvent.ResultAccepted> before(EpochNumber epoch) {
    SortedMap<EpochNumber, ChainEvent.ResultAccepted> earlier = results.headMap(epoch);
    return earlier.isEmpty() ? Optional.empty() : Optional.of(earlier.lastEntry().getValue());
  }

  EpochNumber coveredFrom(EpochNumber epoch) {
    Optional<EpochNumber> next = before(epoch).map(parent -> parent.epoch().next());
    SortedSet<EpochNumber> gaps = skipped.headSet(epoch);
    return next.orElse(gaps.isEmpty() ? epoch : gaps.first());
  }

  Optional<ChainEvent.ResultAccepted> covering(EpochNumber epoch) {
    SortedMap<EpochNumber, ChainEvent.ResultAccepted> from = results.tailMap(epoch);
    return from.isEmpty() ? Optional.empty() : Optional.of(from.firstEntry().getValue());
  }

  Optional<ChainEvent.ResultAccepted> finalised() {
    return finalised.flatMap(this::result);
  }

  SortedSet<EpochNumber> skipped() {
    return skipped;
  }

  SortedSet<AccountId> present(EpochNumber epoch) {
    return present.getOrDefault(epoch, new TreeSet<>());
  }

  boolean isHeld(EpochNumber epoch) {
    return held.contains(epoch);
  }

  Optional<EpochNumber> voidedFrom() {
    return voidedFrom;
  }

  int attempt() {
    return attempt;
  }

  void committed(ChainEvent.IndexCommitted committed) {
    indexes.computeIfAbsent(committed.epoch(), _ -> new ArrayList<>()).add(committed);
  }

  void accepted(ChainEvent.ResultAccepted accepted) {
    results.put(accepted.epoch(), accepted);
  }

  void present(ChainEvent.VerifierPresent verifier) {
    present.computeIfAbsent(verifier.epoch(), _ -> new TreeSet<>()).add(verifier.signer());
  }

  void skipped(EpochNumber epoch) {
    skipped.add(epoch);
  }

  void held(ChainEvent.ResultHeld event) {
    if (event.held()) {
      held.add(event.epoch());
    } else {
      held.remove(event.epoch());
    }
  }

  void voided(ChainEvent.ResultsVoided voided) {
    attempt = voided.attempt();
    voidedFrom = Optional.of(voided.from());
    held.remove(voided.from());
  }

  /** The epoch is next again, and so are those after it, given up or not. */
  void rolledBack(EpochNumber epoch) {
    results.remove(epoch);
    skipped.tailSet(epoch.next()).clear();
    if (voidedFrom.isPresent() && results.tailMap(voidedFrom.get()).isEmpty()) {
      voidedFrom = Optional.empty();
    }
  }

  void finalised(EpochNumber epoch) {
    finalised = Optional.of(epoch);
  }
}
