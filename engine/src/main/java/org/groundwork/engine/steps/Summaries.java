package org.groundwork.engine.steps;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.scratch.Spool;
import org.groundwork.engine.scratch.StoredList;
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

  private Summaries() {}

  /**
   * Summaries of the devices with records, faults or evidence of demand, ascending.
   *
   * @param devices after the second phase, ascending
   */
  static List<DeviceSummary> of(
      Iterator<DeviceOutcome> devices, List<ChargeLine> lines, Scratch scratch) {
    Map<DeviceId, Earned> earned = new HashMap<>();
    for (ChargeLine line : lines) {
      earned.merge(line.device(), new Earned(line.charged(), line.paid()), Earned::plus);
    }
    Spool summaries = new Spool(scratch);
    while (devices.hasNext()) {
      DeviceOutcome outcome = devices.next();
      Optional<Earned> earning = Optional.ofNullable(earned.get(outcome.device()));
      if (!outcome.verdicts().isEmpty()
          || !outcome.faultCounts().isEmpty()
          || earning.isPresent()) {
        summaries.add(OutcomeFields.encode(of(outcome, earning.orElse(Earned.NOTHING))));
      }
    }
    return new StoredList<>(summaries.finish(), OutcomeFields::decode);
  }

  private static DeviceSummary of(DeviceOutcome outcome, Earned earned) {
    return new DeviceSummary(
        outcome.device(),
        outcome.network(),
        outcome.verdicts(),
        outcome.faultCounts(),
        outcome.faults(),
        earned.charged(),
        earned.paid());
  }
}
