package org.groundwork.engine.local;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;

/** How many of a device's records have which verdict. */
final class Tally {
  private final SortedMap<String, Long> counts = new TreeMap<>();

  void add(String code, long count) {
    if (count != 0) {
      counts.merge(code, count, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  /** An accepted record is lowered. */
  void lower(String code) {
    add(DeviceSummary.ACCEPTED, -1);
    add(code, 1);
  }

  SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }
}
