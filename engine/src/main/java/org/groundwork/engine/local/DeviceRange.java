package org.groundwork.engine.local;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.steps.EpochInputs;
import org.groundwork.engine.steps.RecordMerge;

/** Devices from one number up to, not including, another. */
record DeviceRange(long from, long to) {
  private static final int SAMPLES = 64;

  /** About {@code wanted} ranges that hold all devices, and about equally many records each. */
  static List<DeviceRange> cut(EpochPlan plan, EpochInputs inputs, int wanted) {
    List<Long> sample = new ArrayList<>();
    for (SegmentFacts facts : inputs.facts()) {
      int count = facts.count();
      for (int i = 0; i < SAMPLES; i++) {
        sample.add(facts.device((int) ((long) count * i / SAMPLES)));
      }
    }
    int devices = plan.devices().size();
    for (int i = 0; i < Math.min(SAMPLES, devices); i++) {
      sample.add(plan.devices().get((int) ((long) devices * i / SAMPLES)).id().value());
    }
    sample.sort(null);
    TreeSet<Long> starts = new TreeSet<>();
    starts.add(0L);
    for (int i = 1; i < wanted && !sample.isEmpty(); i++) {
      starts.add(sample.get((int) ((long) sample.size() * i / wanted)));
    }
    List<DeviceRange> ranges = new ArrayList<>();
    for (Long start : starts) {
      Long end = starts.higher(start);
      ranges.add(new DeviceRange(start, end == null ? RecordMerge.NO_DEVICE : end));
    }
    return ranges;
  }
}
