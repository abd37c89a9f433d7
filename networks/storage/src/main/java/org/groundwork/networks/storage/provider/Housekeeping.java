package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.groundwork.agent.OutboxFull;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.networks.storage.rules.StorageCarry;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps book and disk in step with what counts: submits again what was not promised or not counted,
 * forgets deals that are over, and deletes pieces that no deal needs.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int MAX_ATTEMPTS = 3;

  private final ProviderConfig config;
  private final EpochSchedule schedule;
  private final PieceStore store;
  private final DealBook book;
  private final DealEnds ends;
  private final Reporter reporter;
  private final HoldingForecast forecast;
  private final InstantSource clock;
  private final Map<Hash, Integer> attempts = new HashMap<>();

  Housekeeping(
      ProviderConfig config,
      EpochSchedule schedule,
      PieceStore store,
      DealBook book,
      DealEnds ends,
      Reporter reporter,
      HoldingForecast forecast,
      InstantSource clock) {
    this.config = config;
    this.schedule = schedule;
    this.store = store;
    this.book = book;
    this.ends = ends;
    this.reporter = reporter;
    this.forecast = forecast;
    this.clock = clock;
  }

  /** Submits again what a crash may have left without a promise. */
  void resume() throws IOException {
    for (DealBook.Entry entry : book.entries()) {
      resume(entry);
    }
  }

  private void resume(DealBook.Entry entry) throws IOException {
    Hash id = entry.held().id();
    Optional<Bytes> end = entry.endSignature();
    boolean ends = end.isPresent() && entry.ended().isEmpty();
    if ((entry.promise().isEmpty() || ends) && !reporter.isUnderWay(id)) {
      again(
          entry,
          () ->
              entry.promise().isEmpty()
                  ? reporter.open(entry)
                  : reporter.end(id, end.orElseThrow()));
    }
  }

  void onSlot(SlotNumber slot) throws IOException {
    if (forecast.refresh()) {
      compare();
    }
    for (DealBook.Entry entry : book.entries()) {
      if (isOver(entry, slot)) {
        drop(entry, slot);
      } else {
        resume(entry);
      }
    }
    sweep();
    store.step();
  }

  private void drop(DealBook.Entry entry, SlotNumber slot) throws IOException {
    Hash id = entry.held().id();
    SlotNumber until = entry.held().deal().endSlot();
    if (entry.endSignature().isPresent() && until.compareTo(slot) > 0) {
      ends.keep(id, until, entry.endSignature().get());
    }
    book.drop(id);
    attempts.remove(id);
  }

  /** Puts into the trash what no deal needs, and takes out of it what one does. */
  private void sweep() throws IOException {
    Set<PieceCommitment> needed = new HashSet<>();
    book.entries().forEach(entry -> needed.add(entry.held().piece()));
    forecast
        .base()
        .ifPresent(base -> base.carry().deals().forEach(held -> needed.add(held.piece())));
    for (PieceCommitment piece : needed) {
      if (!store.holds(piece) && store.restore(piece)) {
        LOG.info("Piece {} is needed again; it was in the trash", piece);
      }
    }
    Instant limit = clock.instant().minus(config.waits().unclaimed());
    List<PieceCommitment> unneeded = new ArrayList<>();
    store.forEach(piece -> {
      if (!needed.contains(piece) && store.since(piece).filter(limit::isBefore).isEmpty()) {
        unneeded.add(piece);
      }
    });
    for (PieceCommitment piece : unneeded) {
      store.delete(piece);
    }
  }

  /** Where results show that a promised report did not count, it is sent again. */
  private void compare() throws IOException {
    Optional<HoldingForecast.Base> known = forecast.base();
    if (known.isEmpty()) {
      return;
    }
    HoldingForecast.Base base = known.get();
    for (DealBook.Entry entry : book.entries()) {
      Hash id = entry.held().id();
      boolean there = base.carry().deals().stream().anyMatch(held -> held.id().equals(id));
      boolean gone = base.carry().ended().containsKey(id);
      if (!there && !gone && isBy(entry.opened(), base.epoch()) && outlives(entry, base)) {
        again(entry, () -> reporter.open(entry));
      }
      Optional<Bytes> end = entry.endSignature();
      if (there && end.isPresent() && isBy(entry.ended(), base.epoch())) {
        again(entry, () -> reporter.end(id, end.get()));
      }
    }
  }

  private interface Submission {
    Future<Promise> submit() throws IOException, OutboxFull;
  }

  private void again(DealBook.Entry entry, Submission submission) throws IOException {
    Hash id = entry.held().id();
    int attempt = attempts.merge(id, 1, Integer::sum);
    if (attempt > MAX_ATTEMPTS) {
      LOG.warn("Deal {} is not taken after {} reports; it is given up", id, MAX_ATTEMPTS);
      book.drop(id);
      return;
    }
    LOG.info("A report about deal {} is sent again", id);
    try {
      var _ = submission.submit();
    } catch (OutboxFull e) {
      LOG.warn("Deal {} is reported later: {}", id, e.getMessage());
    }
  }

  private boolean outlives(DealBook.Entry entry, HoldingForecast.Base base) {
    return entry.held().deal().endSlot().compareTo(schedule.firstSlot(base.epoch().next())) > 0;
  }

  private static boolean isBy(Optional<EpochNumber> epoch, EpochNumber limit) {
    return epoch.isPresent() && epoch.get().compareTo(limit) <= 0;
  }

  /** A deal past its end slot, or one whose end counts. */
  private boolean isOver(DealBook.Entry entry, SlotNumber slot) {
    if (entry.held().deal().endSlot().compareTo(slot) <= 0) {
      return true;
    }
    EpochNumber now = schedule.epochOf(slot);
    Optional<HoldingForecast.Base> base = forecast.base();
    return entry.ended().isPresent()
        && entry.ended().get().compareTo(now) < 0
        && (base.isEmpty() || endCounts(entry, base.get()));
  }

  private static boolean endCounts(DealBook.Entry entry, HoldingForecast.Base base) {
    StorageCarry carry = base.carry();
    return isBy(entry.ended(), base.epoch())
        && carry.deals().stream().map(HeldDeal::id).noneMatch(entry.held().id()::equals);
  }
}
