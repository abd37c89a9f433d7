package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.kit.Neighbours;

/** The reference series that a cell was told of in an epoch. */
final class References {
  private final SensingDefinition definition;
  private final long from;
  private final long length;
  private final SortedMap<Bytes, ReferenceSeries> series = new TreeMap<>();

  /** For the windows of the time from one second up to another. */
  References(SensingDefinition definition, long from, long to) {
    this.definition = definition;
    this.from = from;
    this.length = Windows.length(definition, from, to);
  }

  void add(Bytes content) throws Malformed {
    series.put(content, ReferenceSeries.decode(content));
  }

  /** Compares a station's windows with each series that has values in them. */
  List<Ring.Compared> compare(SortedMap<Integer, SortedMap<Integer, Long>> windows) {
    List<Ring.Compared> all = new ArrayList<>();
    for (ReferenceSeries each : series.values()) {
      int index = definition.index(each.field()).orElseThrow();
      Field field = definition.fields().get(index);
      if (field.neighbourTolerance() > 0 && field.type() != Field.Type.COUNTER) {
        windows.forEach((window, values) -> {
          Long own = values.get(index);
          List<Long> reference = each.between(from + window * length, from + (window + 1) * length);
          if (own != null && !reference.isEmpty()) {
            all.add(compare(window, index, own, Neighbours.median(reference)));
          }
        });
      }
    }
    return all;
  }

  private Ring.Compared compare(int window, int index, long own, long reference) {
    Field field = definition.fields().get(index);
    boolean isOff =
        SeriesJudge.quantity(field).distance(reference, own) > field.neighbourTolerance();
    Neighbours.View view = new Neighbours.View(reference, field.neighbourTolerance());
    return new Ring.Compared(window, index, own, view, 0, isOff);
  }
}
