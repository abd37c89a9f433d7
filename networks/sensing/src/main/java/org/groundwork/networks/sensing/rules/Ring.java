package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.rules.kit.Neighbours;

/**
 * What the stations of a cell and of the ring around it say, window by window. Each owner has one
 * voice, however many stations he has.
 */
public final class Ring {
  private final SensingDefinition definition;
  private final SortedMap<Integer, SortedMap<Integer, SortedMap<Bytes, List<Long>>>> voices =
      new TreeMap<>();

  /**
   * A window of a field in which a station could be compared.
   *
   * @param isOff whether its value is further from its neighbours' than they allow
   */
  public record Compared(
      int window, int field, long value, Neighbours.View view, int voices, boolean isOff) {
    /** How far the station is above its neighbours. */
    long offset() {
      return value - view.middle();
    }
  }

  public Ring(SensingDefinition definition) {
    this.definition = definition;
  }

  /** Adds a station. */
  public void add(Bytes owner, SortedMap<Integer, SortedMap<Integer, Long>> windows) {
    windows.forEach((window, values) ->
        values.forEach((field, value) ->
            voices
                .computeIfAbsent(window, _ -> new TreeMap<>())
                .computeIfAbsent(field, _ -> new TreeMap<>())
                .computeIfAbsent(owner, _ -> new ArrayList<>())
                .add(value)));
  }

  /** Compares a station with those of other owners, where enough of them say something. */
  public List<Compared> compare(Bytes owner, SortedMap<Integer, SortedMap<Integer, Long>> windows) {
    List<Compared> all = new ArrayList<>();
    windows.forEach((window, values) ->
        values.forEach((field, value) -> {
          List<Long> others = others(owner, window, field);
          Field of = definition.fields().get(field);
          if (of.neighbourTolerance() > 0 && others.size() >= Neighbours.MIN_VOICES) {
            Neighbours neighbours =
                new Neighbours(SeriesJudge.quantity(of), of.neighbourTolerance());
            Neighbours.View view = neighbours.view(others);
            all.add(
                new Compared(
                    window, field, value, view, others.size(), neighbours.isOff(value, view)));
          }
        }));
    return all;
  }

  private List<Long> others(Bytes owner, int window, int field) {
    List<Long> others = new ArrayList<>();
    voices
        .getOrDefault(window, new TreeMap<>())
        .getOrDefault(field, new TreeMap<>())
        .forEach((other, values) -> {
          if (!other.equals(owner)) {
            others.add(Neighbours.median(values));
          }
        });
    return others;
  }
}
