package org.groundwork.cli.demo;

import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;

/**
 * One station: the recorded day as its own sensors would have seen it, a little higher or lower and
 * with noise, and then what is wrong with it.
 */
final class Station {
  private static final int TEMPERATURE = 0;
  private static final int WIND_SPEED = 3;
  private static final int WIND_DIRECTION = 4;
  private static final int ILLUMINANCE = 5;

  /** Rows of the recorded day for one step: six minutes. */
  private static final int ROWS_PER_STEP = 2;

  /** The demo begins at two in the morning, before it gets warm. */
  private static final int FIRST_ROW = 160;

  private static final int TROUBLE = 12;
  private static final int HOUR = 3600;

  /** Of each field: how far stations are apart, and how much a sensor trembles, scaled. */
  private static final int[] OFFSETS = {6, 3, 60, 25, 8, 3000, 0};

  private static final int[] NOISE = {4, 2, 16, 40, 20, 0, 0};

  /** Clouds and trees shade stations differently, in percent. */
  private static final int SHADE = 40;

  private final Part part;
  private final SensingDefinition definition;
  private final RecordedDay day;
  private final Random random;
  private final long[] offset;
  private SortedMap<Integer, Long> frozen = new TreeMap<>();

  Station(Part part, SensingDefinition definition, RecordedDay day, long seed) {
    this.part = part;
    this.definition = definition;
    this.day = day;
    random = new Random(seed);
    offset = new long[definition.fields().size()];
    for (int i = 0; i < offset.length; i++) {
      offset[i] = tremble(OFFSETS[i]);
    }
  }

  Part part() {
    return part;
  }

  /**
   * What it sends in a step.
   *
   * @param now Unix second
   * @param neighbour what the station that it may copy sent in this step
   */
  Optional<Reading> read(int step, long now, Optional<Reading> neighbour) {
    SortedMap<Integer, Long> values = measured(step);
    if (step == TROUBLE) {
      frozen = values;
    }
    boolean trouble = step >= TROUBLE;
    switch (part) {
      case HONEST, WRONG_CLOCK -> {}
      case STUCK -> {
        if (trouble) {
          values.put(TEMPERATURE, frozen.get(TEMPERATURE));
        }
      }
      case DEAD_WIND -> {
        if (trouble) {
          values.put(WIND_SPEED, 0L);
          values.put(WIND_DIRECTION, frozen.get(WIND_DIRECTION));
        }
      }
      case SPIKES -> {
        if (step % TROUBLE == TROUBLE / 2) {
          values.merge(TEMPERATURE, 140L, Long::sum);
        }
      }
      case TOO_HOT -> {
        if (step % TROUBLE < 2) {
          values.put(TEMPERATURE, 850L);
        }
      }
      case SILENT -> {
        if (step / TROUBLE % 2 == 1) {
          return Optional.empty();
        }
      }
      case COPY -> {
        return neighbour.map(copied -> new Reading(now, copied.values()));
      }
      case ELSEWHERE -> {
        values.merge(TEMPERATURE, -130L, Long::sum);
        values.merge(1, 35L, (a, b) -> Math.min(100, a + b));
        values.merge(2, -3500L, Long::sum);
      }
    }
    return Optional.of(new Reading(part == Part.WRONG_CLOCK ? now - HOUR : now, values));
  }

  private SortedMap<Integer, Long> measured(int step) {
    SortedMap<Integer, Long> values = new TreeMap<>(day.row(FIRST_ROW + ROWS_PER_STEP * step));
    values.compute(ILLUMINANCE, (_, light) -> light * (100 + tremble(SHADE)) / 100);
    values.replaceAll((i, truth) -> {
      Field field = definition.fields().get(i);
      long value = truth + offset[i] + tremble(NOISE[i]);
      return field.wrap() > 0
          ? Math.floorMod(value, field.wrap())
          : Math.clamp(value, field.min(), field.max());
    });
    return values;
  }

  private long tremble(int most) {
    return Math.round(Math.clamp(random.nextGaussian(), -2, 2) * most / 2);
  }
}
