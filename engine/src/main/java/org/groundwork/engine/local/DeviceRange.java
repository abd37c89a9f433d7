package org.groundwork.engine.local;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.steps.EpochInputs;
import org.groundwork.engine.steps.RecordMerge;
import org.groundwork.rules.Device;

/** Devices from one number up to, not including, another. */
record DeviceRange(long from, long to) {
  /** Of each segment. */
  private static final int SAMPLES = 64;

  /** Records of a range at most, about: a thread has the facts of as many in memory. */
  private static final int RECORDS = 1 << 17;

  /** Ranges that hold all devices, and about equally many records each; several for a thread. */
  static List<DeviceRange> cut(EpochPlan plan, EpochInputs inputs, int threads) {
    List<Long> sample = new ArrayList<>();
    long records = 0;
    for (SegmentFacts facts : inputs.facts()) {
      int count = facts.count();
      records += count;
      for (int i = 0; i < SAMPLES; i++) {
        sample.add(facts.device((int) ((long) count * i / SAMPLES)));
      }
      facts.unload(); // each look may have mapped megabytes around it
    }
    int devices = plan.devices().size();
    for (int i = 0; i < Math.min(SAMPLES, devices); i++) {
      sample.add(plan.devices().get((int) ((long) devices * i / SAMPLES)).id().value());
    }
    sample.sort(null);
    long wanted = Math.max((long) Workers.PIECES_PER_THREAD * threads, records / RECORDS);
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

  /** The plan's devices of this range, ascending. */
  List<Device> devices(EpochPlan plan) {
    return plan.devices().subList(first(plan, from), first(plan, to));
  }

  private static int first(EpochPlan plan, long device) {
    int low = 0;
    int high = plan.devices().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (plan.devices().get(middle).id().value() < device) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
