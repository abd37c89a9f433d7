package org.groundwork.networks.sensing.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.groundwork.networks.sensing.rules.Finding;
import org.groundwork.networks.sensing.rules.SensingReason;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.junit.jupiter.api.Test;

/**
 * The kinds of faults of the fault days, injected at random into all other days that the station
 * recorded: how many are found for the right reason, and how much else is said. No threshold was
 * chosen by these days.
 */
class InjectedFaultsTest {
  private static final long SEED = 20_261_121;
  private static final List<String> FAULT_DAYS =
      List.of("2021-06-01", "2021-06-19", "2021-06-24", "2021-06-29", "2021-07-04");
  private static final int HOUR = 20;

  /** A kind of fault: how long it lasts, in steps, and what it does to a field; -1 for silence. */
  private record Kind(String name, int field, int steps, SensingReason reason, long value) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("temperature +14 degC, one reading", 0, 1, SensingReason.SPIKE, 140),
          new Kind("pressure -9 hPa, one reading", 2, 1, SensingReason.SPIKE, -900),
          new Kind("temperature 85 degC, three readings", 0, 3, SensingReason.OUT_OF_RANGE, 850),
          new Kind("wind 61 m/s, five readings", 3, 5, SensingReason.OUT_OF_RANGE, 6100),
          new Kind("temperature stuck, 5.5 h", 0, 110, SensingReason.STUCK, 0),
          new Kind("pressure stuck, 3 h", 2, 60, SensingReason.STUCK, 0),
          new Kind("wind head dead, 6 h", 3, 120, SensingReason.HEAD_DEAD, 0),
          new Kind("vane dead, 6 h", 4, 120, SensingReason.VANE_DEAD, 0),
          new Kind("silence, 4 h", Finding.ALL, 80, SensingReason.OUTAGE, 0));

  /** What became of a kind. */
  private static final class Count {
    private int injected;
    private int found;
    private int other;
  }

  @Test
  void faultsOfOtherDaysAreFoundAndHardlyAnythingElse() throws IOException {
    List<List<Reading>> stretches = Strasbourg.stretches(FAULT_DAYS);
    assertThat(stretches).hasSizeGreaterThan(80);
    Map<String, Count> counts = new TreeMap<>();
    Random random = new Random(SEED);
    List<Finding> alarms = new ArrayList<>();
    for (List<Reading> stretch : stretches) {
      List<Finding> alone = judge(stretch);
      alarms.addAll(alone);
      for (Kind kind : KINDS) {
        int at = HOUR + random.nextInt(stretch.size() - kind.steps() - 2 * HOUR);
        Count count = counts.computeIfAbsent(kind.name(), _ -> new Count());
        count.injected++;
        List<Finding> findings = new ArrayList<>(judge(inject(stretch, kind, at)));
        List<Finding> right =
            findings.stream().filter(each -> isOf(each, kind, stretch, at)).toList();
        count.found += right.isEmpty() ? 0 : 1;
        findings.removeAll(right);
        findings.removeIf(each -> overlaps(each, kind, stretch, at));
        findings.removeAll(alone);
        count.other += findings.size();
      }
    }
    StringBuilder table = new StringBuilder();
    counts.forEach((name, count) ->
        table.append(
            "%s: %d of %d, %d others%n".formatted(name, count.found, count.injected, count.other)));
    table.append("%d days, false alarms %s".formatted(stretches.size(), alarms));
    assertThat(alarms).as(table.toString()).isEmpty();
    counts.forEach((name, count) -> {
      assertThat(count.other).as(table.toString()).isZero();
      if (!name.startsWith("vane")) {
        assertThat(count.found).as(table.toString()).isEqualTo(count.injected);
      }
    });
  }

  private static List<Finding> judge(List<Reading> readings) {
    return FileJudge.judge(
            new RecordedFile(WeatherStation.at(Strasbourg.STEP), readings, 0), List.of())
        .findings();
  }

  private static List<Reading> inject(List<Reading> good, Kind kind, int at) {
    List<Reading> bad = new ArrayList<>();
    Reading frozen = good.get(at);
    for (int i = 0; i < good.size(); i++) {
      Reading reading = good.get(i);
      if (i < at || i >= at + kind.steps()) {
        bad.add(reading);
      } else if (kind.reason() != SensingReason.OUTAGE) {
        TreeMap<Integer, Long> values = new TreeMap<>(reading.values());
        values.put(kind.field(), value(kind, reading, frozen));
        if (kind.reason() == SensingReason.HEAD_DEAD) {
          values.put(4, frozen.value(4).orElseThrow());
        }
        bad.add(new Reading(reading.observedAt(), values));
      }
    }
    return bad;
  }

  private static long value(Kind kind, Reading reading, Reading frozen) {
    return switch (kind.reason()) {
      case SPIKE -> reading.value(kind.field()).orElseThrow() + kind.value();
      case OUT_OF_RANGE, HEAD_DEAD -> kind.value();
      default -> frozen.value(kind.field()).orElseThrow();
    };
  }

  private static boolean isOf(Finding finding, Kind kind, List<Reading> stretch, int at) {
    boolean field =
        finding.field() == kind.field()
            || (kind.reason() == SensingReason.HEAD_DEAD && finding.field() == 4);
    return field && finding.reason() == kind.reason() && overlaps(finding, kind, stretch, at);
  }

  private static boolean overlaps(Finding finding, Kind kind, List<Reading> stretch, int at) {
    return finding.from() < stretch.get(at + kind.steps()).observedAt() + Strasbourg.STEP
        && finding.to() > stretch.get(at).observedAt();
  }
}
