package org.groundwork.engine.steps;

import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.protocol.AccountId;

/** What the second phase took from the accepted records of one device. */
final class Amended {
  private final SortedMap<String, Long> reasons = new TreeMap<>();
  private final SortedMap<AccountId, Long> gateways = new TreeMap<>();

  void lower(String code, AccountId gateway) {
    reasons.merge(code, 1L, Long::sum);
    gateways.merge(gateway, 1L, Long::sum);
  }

  SortedMap<String, Long> verdicts(SortedMap<String, Long> before) {
    SortedMap<String, Long> after = new TreeMap<>(before);
    reasons.forEach((code, count) -> {
      after.merge(code, count, Long::sum);
      after.merge(DeviceSummary.ACCEPTED, -count, (a, b) -> a + b == 0 ? null : a + b);
    });
    return after;
  }

  SortedMap<AccountId, Long> carried(SortedMap<AccountId, Long> before) {
    SortedMap<AccountId, Long> after = new TreeMap<>(before);
    gateways.forEach((gateway, count) -> after.merge(gateway, -count, Long::sum));
    return after;
  }
}
