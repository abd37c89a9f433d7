package org.groundwork.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.RandomScene;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.junit.jupiter.api.Test;

/** The same reports give the same result however they arrive and are worked on. */
class SameRootsTest {
  private static final int SEEDS = 25;

  @Test
  void doNotDependOnOrderOrThreadsOrTheCutIntoSegments() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Scene scene = RandomScene.of(new Random(seed));
      EpochResult expected = scene.run(new Cut(0, 1), 1);
      for (int variant = 1; variant <= 4; variant++) {
        EpochResult other = scene.run(new Cut(variant, variant), variant);
        assertThat(other.leaves()).as("leaves, seed %s", seed).isEqualTo(expected.leaves());
        assertThat(other.carry()).as("carry, seed %s", seed).isEqualTo(expected.carry());
        assertThat(other.charges()).as("charges, seed %s", seed).isEqualTo(expected.charges());
        assertThat(other.devices()).as("devices, seed %s", seed).isEqualTo(expected.devices());
        assertThat(other.statement().totals()).isEqualTo(expected.statement().totals());
        assertThat(other.statement().moneyRoot()).isEqualTo(expected.statement().moneyRoot());
        assertThat(other.statement().carryRoot()).isEqualTo(expected.statement().carryRoot());
      }
    }
  }

  @Test
  void giveTheSameVerdictFilesOnAnyNumberOfThreads() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Scene scene = RandomScene.of(new Random(seed));
      EpochResult expected = scene.run(new Cut(seed, 3), 1);
      assertThat(scene.run(new Cut(seed, 3), 7)).as("seed %s", seed).isEqualTo(expected);
    }
  }

  /** The scenes are worth something only if they reach the corners. */
  @Test
  void coverChargesRefusalsFaultsAndConflicts() {
    Set<String> seen = new TreeSet<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      EpochResult result = RandomScene.of(new Random(seed)).run();
      result.devices().forEach(device -> seen.addAll(device.verdicts().keySet()));
      result.devices().forEach(device -> seen.addAll(device.faultCounts().keySet()));
      result.charges().forEach(line -> seen.add(line.outcome().code()));
      result.charges().stream()
          .filter(line -> !line.paid().isZero())
          .forEach(line -> seen.add("paid " + line.kind().code()));
    }
    assertThat(seen)
        .contains(
            "accepted",
            "paid deal",
            "paid voucher",
            "paid scope",
            "report.duplicate",
            "report.sequence-conflict",
            "report.wrong-signature",
            "report.wrong-epoch",
            "device.inactive",
            "device.key-taken",
            "counter.silent",
            "counter.second",
            "money.charged",
            "money.above-reservation",
            "money.above-cap",
            "money.already-charged",
            "money.reservation-mismatch");
  }
}
