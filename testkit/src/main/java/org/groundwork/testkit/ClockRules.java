package org.groundwork.testkit;

import java.util.List;

/** Slots and epochs, which are numbered from genesis: pure arithmetic. */
record ClockRules(Parameters.Clock clock) {
  long slotAt(long timestamp) {
    Refusal.unless(timestamp >= clock.genesis(), "BeforeGenesis");
    return (timestamp - clock.genesis()) / clock.slotSeconds();
  }

  /** Before genesis the epoch to come, 0. */
  long epochAt(long timestamp) {
    return timestamp < clock.genesis() ? 0 : (timestamp - clock.genesis()) / epochSeconds();
  }

  long openingOf(long epoch) {
    return clock.genesis() + epoch * epochSeconds();
  }

  long closeOf(long epoch) {
    return openingOf(epoch + 1);
  }

  long commitDeadlineOf(long epoch) {
    return closeOf(epoch) + seconds(clock.commitSlots());
  }

  long epochSeconds() {
    return seconds(clock.slotsPerEpoch());
  }

  long seconds(long slots) {
    return slots * clock.slotSeconds();
  }

  void addViews(List<View> views, long now) {
    views.add(View.of("EpochClock", "epochAt", List.of(now), epochAt(now)));
    views.add(
        now < clock.genesis()
            ? View.refused("EpochClock", "slotAt", List.of(now), "BeforeGenesis")
            : View.of("EpochClock", "slotAt", List.of(now), slotAt(now)));
    long epoch = epochAt(now);
    views.add(View.of("EpochClock", "openingOf", List.of(epoch), openingOf(epoch)));
    views.add(View.of("EpochClock", "closeOf", List.of(epoch), closeOf(epoch)));
    views.add(View.of("EpochClock", "commitDeadlineOf", List.of(epoch), commitDeadlineOf(epoch)));
  }
}
