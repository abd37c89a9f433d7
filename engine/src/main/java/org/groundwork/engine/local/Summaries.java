package org.groundwork.engine.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Fault;

/** What an epoch meant for each device, from verdicts, faults and charges. */
final class Summaries {
  private record Earned(Credits charged, TokenAmount paid) {
    static final Earned NOTHING = new Earned(Credits.ZERO, TokenAmount.ZERO);

    Earned plus(Earned other) {
      return new Earned(charged.plus(other.charged), paid.plus(other.paid));
    }
  }

  private final Map<DeviceId, Earned> earned = new HashMap<>();
  private final List<DeviceSummary> summaries = new ArrayList<>();

  private Summaries(List<ChargeLine> lines) {
    for (ChargeLine line : lines) {
      earned.merge(line.device(), new Earned(line.charged(), line.paid()), Earned::plus);
    }
  }

  /** Summaries of the devices with records, faults or evidence of demand, ascending. */
  static List<DeviceSummary> of(List<JudgedDevice> devices, List<ChargeLine> lines) {
    Summaries all = new Summaries(lines);
    devices.forEach(all::add);
    return all.summaries;
  }

  private void add(JudgedDevice judged) {
    Optional<Earned> earning = Optional.ofNullable(earned.get(judged.device().id()));
    if (judged.tally().counts().isEmpty() && judged.faults().isEmpty() && earning.isEmpty()) {
      return;
    }
    SortedMap<String, Long> faultCounts = new TreeMap<>();
    judged.faults().forEach(fault -> faultCounts.merge(fault.reason().code(), 1L, Long::sum));
    Earned sum = earning.orElse(Earned.NOTHING);
    summaries.add(
        new DeviceSummary(
            judged.device().id(),
            judged.device().network(),
            judged.tally().counts(),
            faultCounts,
            lines(judged.faults()),
            sum.charged(),
            sum.paid()));
  }

  private static List<DeviceSummary.FaultLine> lines(List<Fault> faults) {
    return faults.stream()
        .sorted(Comparator.comparing(Fault::slot).thenComparingInt(f -> f.reason().number()))
        .limit(DeviceSummary.MAX_FAULTS)
        .map(f -> new DeviceSummary.FaultLine(f.slot(), f.reason().code(), f.evidence()))
        .toList();
  }
}
