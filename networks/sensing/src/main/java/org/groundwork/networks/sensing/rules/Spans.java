package org.groundwork.networks.sensing.rules;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;

/**
 * Over which range a station and its neighbours moved, by field. Indoors a station moves much less
 * than they do.
 *
 * @param windows how many windows were looked at
 */
public record Spans(int windows, SortedMap<Integer, Span> byField) {
  /** After so many windows, a day of hours, it is decided. */
  public static final int DAY = 24;

  /** Indoors the range is smaller by more than this. */
  private static final long RATIO = 4;

  public static final Spans NONE = new Spans(0, new TreeMap<>());

  /** Lowest and highest of the station's values, and of its neighbours' middles. */
  public record Span(long low, long high, long middleLow, long middleHigh) {
    private Span with(Ring.Compared each) {
      return new Span(
          Math.min(low, each.value()),
          Math.max(high, each.value()),
          Math.min(middleLow, each.view().middle()),
          Math.max(middleHigh, each.view().middle()));
    }
  }

  public Spans {
    byField = Collections.unmodifiableSortedMap(new TreeMap<>(byField));
  }

  /** With what was compared in some more windows. */
  public Spans with(Iterable<Ring.Compared> compared) {
    TreeMap<Integer, Span> next = new TreeMap<>(byField);
    TreeSet<Integer> seen = new TreeSet<>();
    for (Ring.Compared each : compared) {
      seen.add(each.window());
      long middle = each.view().middle();
      Span old =
          next.getOrDefault(each.field(), new Span(each.value(), each.value(), middle, middle));
      next.put(each.field(), old.with(each));
    }
    return new Spans(windows + seen.size(), next);
  }

  public boolean isDay() {
    return windows >= DAY;
  }

  /** Whether a field moved by its tolerance outdoors and by much less here. */
  public boolean isIndoor(SensingDefinition definition) {
    for (Map.Entry<Integer, Span> each : byField.entrySet()) {
      Field field = definition.fields().get(each.getKey());
      Span span = each.getValue();
      long outdoors = span.middleHigh() - span.middleLow();
      if (field.type() == Field.Type.LINEAR
          && outdoors >= field.neighbourTolerance()
          && (span.high() - span.low()) * RATIO < outdoors) {
        return true;
      }
    }
    return false;
  }
}
