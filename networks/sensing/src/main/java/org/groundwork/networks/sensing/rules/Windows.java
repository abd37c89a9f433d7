package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.rules.kit.Gaps;
import org.groundwork.rules.kit.Neighbours;
import org.groundwork.rules.kit.Observation;

/** Counts what was due and what is good, by window and field. */
final class Windows {
  /** At most so many: longer times have longer windows. */
  static final int MAX = 1000;

  private final SensingDefinition definition;
  private final long from;
  private final long to;
  private final long length;
  private final long[][] good;
  private final boolean[][] bad;
  private final SortedMap<Integer, SortedMap<Integer, Long>> summaries = new TreeMap<>();

  Windows(SensingDefinition definition, long from, long to) {
    this.definition = definition;
    this.from = from;
    this.to = to;
    this.length = length(definition, from, to);
    int count = (int) Math.max(1, Math.ceilDiv(to - from, length));
    this.good = new long[count][definition.fields().size()];
    this.bad = new boolean[count][definition.fields().size()];
  }

  /** Seconds of a window. */
  static long length(SensingDefinition definition, long from, long to) {
    long window = definition.cadenceSeconds() * definition.windowSteps();
    return Math.max(window, Math.ceilDiv(to - from, MAX));
  }

  /** The window of a moment; the nearest for moments outside. */
  int of(long time) {
    return Math.clamp((time - from) / length, 0, good.length - 1);
  }

  private long due(int window) {
    long end = Math.min(to, from + (window + 1) * length);
    return Math.max(1, (end - from - window * length) / definition.cadenceSeconds());
  }

  void fill(Marks marks, List<Reading> readings, List<Gaps.Gap> missing) {
    for (int window = 0; window < good.length; window++) {
      Arrays.fill(good[window], due(window));
    }
    for (Gaps.Gap gap : missing) {
      for (long i = 0; i < gap.missing(); i++) {
        int window = of(gap.from() + i * definition.cadenceSeconds());
        for (int field = 0; field < good[window].length; field++) {
          good[window][field]--;
        }
      }
    }
    for (int field = 0; field < definition.fields().size(); field++) {
      count(marks, field, readings);
      summarise(field, marks.good(field));
    }
  }

  private void count(Marks marks, int field, List<Reading> readings) {
    for (Reading reading : readings) {
      int window = of(reading.observedAt());
      if (reading.value(field).isEmpty()) {
        good[window][field]--;
      } else if (!marks.isGood(field, reading.observedAt())) {
        bad[window][field] = true;
      }
    }
  }

  private void summarise(int field, List<Observation> values) {
    TreeMap<Integer, List<Long>> byWindow = new TreeMap<>();
    Field.Type type = definition.fields().get(field).type();
    for (int i = 0; i < values.size(); i++) {
      long value = values.get(i).value();
      if (type == Field.Type.COUNTER) {
        long before = i == 0 ? value : values.get(i - 1).value();
        value = SeriesJudge.quantity(definition.fields().get(field)).change(before, value);
      }
      byWindow.computeIfAbsent(of(values.get(i).time()), _ -> new ArrayList<>()).add(value);
    }
    byWindow.forEach((window, each) -> {
      if (!bad[window][field]) {
        long sum = each.stream().mapToLong(Long::longValue).sum();
        long middle = type == Field.Type.COUNTER ? sum : Neighbours.median(each);
        summaries.computeIfAbsent(window, _ -> new TreeMap<>()).put(field, middle);
      }
    });
  }

  /** The good share of what was due. */
  BasisPoints score() {
    long sum = 0;
    long all = 0;
    for (int window = 0; window < good.length; window++) {
      for (int field = 0; field < good[window].length; field++) {
        all += due(window);
        sum += bad[window][field] ? 0 : Math.max(0, good[window][field]);
      }
    }
    return new BasisPoints((int) (BasisPoints.WHOLE * sum / all));
  }

  SortedMap<Integer, SortedMap<Integer, Long>> summaries() {
    return summaries;
  }
}
