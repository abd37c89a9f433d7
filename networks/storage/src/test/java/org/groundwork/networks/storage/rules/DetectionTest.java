package org.groundwork.networks.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How soon a loss shows, counted with the real prover and rules at default settings: 20 challenges
 * a slot of a minute. {@code -Dgroundwork.detection.providers=1000} counts more.
 */
class DetectionTest {
  private static final int PROVIDERS = Integer.getInteger("groundwork.detection.providers", 100);
  private static final int DAY_EPOCHS = 24;
  private static final int PIECES = 100;
  private static final int PIECE_BYTES = 2032;
  private static final double LOST = 0.01;
  private static final double WANTED = 0.6;

  /** What many providers came to in their first day. */
  private static final class Count {
    long found;
    long faultySlots;
    long slots;

    double perProvider() {
      return (double) found / PROVIDERS;
    }

    double faulty() {
      return (double) faultySlots / slots;
    }
  }

  @Tag("A17")
  @Test
  void aProviderThatDeletesAHundredthIsFoundWithinADay() {
    Count count = count(StorageParameters.DEFAULT, 1);
    assertThat(count.perProvider()).isGreaterThanOrEqualTo(WANTED).isEqualTo(1.0);
    // 1-(1-f)^20 of all slots are faults: it loses 18% of its pay to save 1% of its disk.
    double expected = 1 - Math.pow(1 - LOST, StorageParameters.DEFAULT.challengesPerSlot());
    assertThat(count.faulty()).isBetween(expected - margin(count), expected + margin(count));
    System.out.printf(
        "detection: %d of %d found within a day, %.4f of %d slots faulty, %.4f expected%n",
        count.found, PROVIDERS, count.faulty(), count.slots, expected);
  }

  /** Four standard deviations of a share of so many slots. */
  private static double margin(Count count) {
    return 4 * Math.sqrt(0.18 * 0.82 / count.slots);
  }

  @Test
  void theFirstFiveSlotsFindItMoreOftenThanNot() {
    int found = 0;
    for (int number = 1; number <= PROVIDERS; number++) {
      OptionalLong first = firstFault(number);
      found += first.isPresent() && first.getAsLong() < 5 ? 1 : 0;
    }
    // 100 challenges: 1-0.99^100 = 0.634.
    double margin = 4 * Math.sqrt(0.634 * 0.366 / PROVIDERS);
    assertThat((double) found / PROVIDERS).isBetween(0.634 - margin, 0.634 + margin);
  }

  private static OptionalLong firstFault(int number) {
    Holder holder = new Holder(number, StorageParameters.DEFAULT, PIECES, PIECE_BYTES);
    holder.delete(1);
    long start = holder.slot(0).value();
    return holder.judgeEpoch().faults().stream()
        .mapToLong(fault -> fault.slot().value() - start)
        .min();
  }

  @Test
  void whoHasEverythingIsNeverAccused() {
    Holder holder = new Holder(1, StorageParameters.DEFAULT, PIECES, PIECE_BYTES);
    for (int i = 0; i < 4; i++) {
      assertThat(holder.judgeEpoch().faults()).isEmpty();
    }
  }

  /** The count can fail: five challenges, a day of them elsewhere, do not find it. */
  @Test
  void fewChallengesWouldNotBeEnough() {
    StorageParameters one = challenges(1);
    int found = 0;
    for (int number = 1; number <= PROVIDERS; number++) {
      Holder holder = new Holder(number, one, PIECES, PIECE_BYTES);
      holder.delete(1);
      SlotNumber fifth = holder.slot(4);
      found +=
          holder.judgeEpoch().faults().stream()
                  .map(Fault::slot)
                  .anyMatch(s -> s.compareTo(fifth) <= 0)
              ? 1
              : 0;
    }
    assertThat((double) found / PROVIDERS).isLessThan(0.2);
  }

  private static StorageParameters challenges(int count) {
    StorageParameters standard = StorageParameters.DEFAULT;
    return new StorageParameters(
        standard.answerSlots(), count, Credits.of(1), standard.maxDealsPerDevice(), Credits.of(1));
  }

  private static Count count(StorageParameters parameters, int deletedPieces) {
    Count count = new Count();
    for (int number = 1; number <= PROVIDERS; number++) {
      Holder holder = new Holder(number, parameters, PIECES, PIECE_BYTES);
      holder.delete(deletedPieces);
      boolean found = false;
      for (int epoch = 0; epoch < DAY_EPOCHS && !found; epoch++) {
        DeviceResult result = holder.judgeEpoch();
        count.faultySlots += result.faults().size();
        count.slots += Holder.SCHEDULE.slotsPerEpoch();
        found = !result.faults().isEmpty();
      }
      count.found += found ? 1 : 0;
    }
    return count;
  }
}
