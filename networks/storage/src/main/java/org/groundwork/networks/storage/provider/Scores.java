package org.groundwork.networks.storage.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.rules.StorageCarry;
import org.groundwork.protocol.EpochNumber;

/** What the results said of the device's slots, from one result to the next. */
final class Scores {
  private static final int KEPT = 48;

  /** Slots since the result before. */
  record Line(EpochNumber epoch, long proven, long faulty) {}

  private final Deque<Line> lines = new ArrayDeque<>();
  private Optional<HoldingForecast.Base> last = Optional.empty();

  synchronized void note(Optional<HoldingForecast.Base> newest) {
    if (newest.isEmpty() || newest.map(HoldingForecast.Base::epoch).equals(epoch())) {
      return;
    }
    if (last.isPresent()) {
      StorageCarry before = last.get().carry();
      StorageCarry now = newest.get().carry();
      lines.addLast(
          new Line(
              newest.get().epoch(),
              now.provenSlots() - before.provenSlots(),
              now.faultySlots() - before.faultySlots()));
      if (lines.size() > KEPT) {
        lines.removeFirst();
      }
    }
    last = newest;
  }

  private Optional<EpochNumber> epoch() {
    return last.map(HoldingForecast.Base::epoch);
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  synchronized Optional<HoldingForecast.Base> last() {
    return last;
  }
}
