package org.groundwork.networks.sensing.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.groundwork.networks.sensing.rules.Finding;
import org.groundwork.networks.sensing.rules.SensingReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The days into which faults were injected, and the clean ones. */
class FaultDaysTest {
  private static final long STEP = 180;

  static List<String> files() throws IOException {
    return List.copyOf(Days.injected().keySet());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyInjectedFaultIsFoundAtItsHourForTheRightReasonAndNothingElse(String file)
      throws IOException {
    Judgement judgement = FileJudge.judge(RecordedFile.read(Days.file(file)), List.of());
    List<Finding> unexplained = new ArrayList<>(judgement.findings());
    for (Days.Injected fault : Days.injected().getOrDefault(file, List.of())) {
      List<Finding> found =
          judgement.findings().stream()
              .filter(finding -> fault.isOf(judgement.parameter(finding)))
              .filter(finding -> finding.reason() == fault.reason())
              .filter(finding -> finding.from() >= fault.first() - STEP)
              .filter(finding -> finding.to() <= fault.last() + 2 * STEP)
              .toList();
      assertThat(found).as("%s in %s", fault, judgement.findings()).isNotEmpty();
      assertThat(found.getFirst().from()).isLessThanOrEqualTo(fault.first() + STEP);
      assertThat(found.getLast().to()).isGreaterThanOrEqualTo(fault.last());
      unexplained.removeAll(found);
    }
    assertThat(unexplained).as("false alarms").isEmpty();
  }

  @Test
  void aFaultCostsMoreThanItsReadingsAndACleanDayNothing() throws IOException {
    SortedMap<String, List<Days.Injected>> injected = Days.injected();
    for (String file : injected.keySet()) {
      int score = FileJudge.judge(RecordedFile.read(Days.file(file)), List.of()).score().value();
      if (injected.getOrDefault(file, List.of()).isEmpty()) {
        assertThat(score).as(file).isEqualTo(10_000);
      } else {
        assertThat(score).as(file).isLessThan(9_900);
      }
    }
  }

  @Test
  void anOutageLowersTheScoreByItsShareOfTheDay() throws IOException {
    Judgement judgement =
        FileJudge.judge(RecordedFile.read(Days.file("station_gap_2021-06-01.csv")), List.of());
    assertThat(judgement.score().value()).isEqualTo(10_000 * 520 / 600);
    assertThat(judgement.findings())
        .extracting(Finding::reason)
        .containsExactly(SensingReason.OUTAGE);
  }
}
