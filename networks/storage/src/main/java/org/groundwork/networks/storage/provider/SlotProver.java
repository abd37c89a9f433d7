package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.networks.storage.rules.Holding;
import org.groundwork.networks.storage.rules.SlotAnswer;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceProver;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the challenges of each slot from the data as it is. */
final class SlotProver {
  private static final Logger LOG = LoggerFactory.getLogger(SlotProver.class);

  private final StorageParameters parameters;
  private final DeviceId device;
  private final HoldingForecast forecast;
  private final PieceStore store;
  private final Outbox outbox;
  private final EpochSchedule schedule;
  private final InstantSource clock;
  private final SlotHistory history = new SlotHistory();
  private Optional<SlotNumber> last = Optional.empty();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong flawed = new AtomicLong();

  SlotProver(
      StorageParameters parameters,
      DeviceId device,
      HoldingForecast forecast,
      PieceStore store,
      Outbox outbox,
      EpochSchedule schedule,
      InstantSource clock) {
    this.parameters = parameters;
    this.device = device;
    this.forecast = forecast;
    this.store = store;
    this.outbox = outbox;
    this.schedule = schedule;
    this.clock = clock;
  }

  void onSlot(Seed seed) throws IOException {
    noteGap(seed.slot());
    Holding holding = forecast.at(seed.slot());
    if (holding.isEmpty()) {
      return;
    }
    long before = flawed.get();
    List<SlotAnswer.Entry> entries = new ArrayList<>();
    for (Holding.LeafChallenge challenge :
        holding.challenges(seed, device, parameters.challengesPerSlot())) {
      entries.add(prove(challenge));
    }
    SlotAnswer answer = new SlotAnswer(seed.slot(), holding.hash(), entries);
    try {
      var _ = outbox.submit(new StorageReport.Proof(answer).encode(), Outbox.Lifetime.EPOCH);
      answered.incrementAndGet();
      note(seed.slot(), flawed.get() - before);
    } catch (OutboxFull e) {
      LOG.warn("Slot {} stays unanswered: {}", seed.slot(), e.getMessage());
      history.add(missed(seed.slot(), "the outbox is full: " + e.getMessage()));
    } catch (IOException e) {
      history.add(missed(seed.slot(), e.toString()));
      throw e;
    }
  }

  private void note(SlotNumber slot, long flaws) {
    long lag = clock.instant().getEpochSecond() - schedule.slotStart(slot);
    history.add(
        flaws == 0
            ? new SlotHistory.Line(slot, SlotHistory.Outcome.ANSWERED, lag, "")
            : new SlotHistory.Line(
                slot,
                SlotHistory.Outcome.FLAWED,
                lag,
                flaws + " of " + parameters.challengesPerSlot() + " challenges"));
  }

  /** Slots that went by unseen: the program stood still, or the chain could not be followed. */
  private void noteGap(SlotNumber slot) {
    if (last.isPresent()) {
      long from = Math.max(last.get().value() + 1, slot.value() - SlotHistory.KEPT);
      for (long gone = from; gone < slot.value(); gone++) {
        SlotNumber unseen = new SlotNumber(gone);
        if (!forecast.at(unseen).isEmpty()) {
          history.add(missed(unseen, "it was not heard of in time"));
        }
      }
    }
    last = Optional.of(slot);
  }

  private static SlotHistory.Line missed(SlotNumber slot, String why) {
    return new SlotHistory.Line(slot, SlotHistory.Outcome.MISSED, 0, why);
  }

  SlotHistory history() {
    return history;
  }

  long answered() {
    return answered.get();
  }

  /** Challenges that could not be answered rightly. */
  long flawed() {
    return flawed.get();
  }

  private SlotAnswer.Entry prove(Holding.LeafChallenge challenge) {
    PieceCommitment piece = challenge.deal().piece();
    try (OpenPiece open = store.open(piece)) {
      PieceProver.Answer answer = open.prove(challenge.leaf());
      switch (answer.condition()) {
        case INTACT -> {}
        case DATA_DIFFERS -> damaged(piece, "bytes around leaf " + challenge.leaf() + " differ");
        case TREE_DIFFERS -> damaged(piece, "the stored tree does not lead to its root");
      }
      return new SlotAnswer.Entry.Shown(answer.proof());
    } catch (IOException e) {
      damaged(piece, "leaf " + challenge.leaf() + " cannot be read: " + e);
      return new SlotAnswer.Entry.Lost();
    }
  }

  private void damaged(PieceCommitment piece, String how) {
    flawed.incrementAndGet();
    store.markDamaged(piece, how);
  }
}
