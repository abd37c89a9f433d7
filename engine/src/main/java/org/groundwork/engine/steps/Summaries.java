package org.groundwork.engine.steps;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.TokenAmount;

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
  static List<DeviceSummary> of(
      Iterable<DeviceOutcome> devices, Map<DeviceId, Amended> amended, List<ChargeLine> lines) {
    Summaries all = new Summaries(lines);
    devices.forEach(outcome -> all.add(outcome, amended));
    return all.summaries;
  }

  private void add(DeviceOutcome outcome, Map<DeviceId, Amended> amended) {
    Optional<Earned> earning = Optional.ofNullable(earned.get(outcome.device()));
    if (outcome.verdicts().isEmpty() && outcome.faultCounts().isEmpty() && earning.isEmpty()) {
      return;
    }
    Earned sum = earning.orElse(Earned.NOTHING);
    Amended after = amended.get(outcome.device());
    summaries.add(
        new DeviceSummary(
            outcome.device(),
            outcome.network(),
            after == null ? outcome.verdicts() : after.verdicts(outcome.verdicts()),
            outcome.faultCounts(),
            outcome.faults(),
            sum.charged(),
            sum.paid()));
  }
}
