package org.groundwork.networks.storage.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.groundwork.protocol.SlotNumber;

/** What became of the last slots in which something was owed, as the device itself saw it. */
final class SlotHistory {
  /** A day of one-minute slots. */
  static final int KEPT = 1440;

  /** How a slot went. */
  enum Outcome {
    /** Every challenge was answered rightly, and the answer is in the outbox. */
    ANSWERED,
    /** Some pieces could not be proven: the slot is not paid. */
    FLAWED,
    /** Nothing was reported: the slot is not paid. */
    MISSED
  }

  /**
   * One slot.
   *
   * @param lagSeconds from the slot's start until the answer was in the outbox
   * @param why what went wrong; empty if nothing did
   */
  record Line(SlotNumber slot, Outcome outcome, long lagSeconds, String why) {}

  private final Deque<Line> lines = new ArrayDeque<>();

  synchronized void add(Line line) {
    lines.addLast(line);
    if (lines.size() > KEPT) {
      lines.removeFirst();
    }
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  synchronized long count(Outcome outcome) {
    return lines.stream().filter(line -> line.outcome() == outcome).count();
  }

  /** The longest lag of the last slots that were answered. */
  synchronized long worstLag(int slots) {
    return lines.stream()
        .skip(Math.max(0, lines.size() - slots))
        .mapToLong(Line::lagSeconds)
        .max()
        .orElse(0);
  }
}
