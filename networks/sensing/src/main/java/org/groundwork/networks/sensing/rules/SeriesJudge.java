package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.groundwork.networks.sensing.wire.Consistency;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.rules.kit.FixedWhile;
import org.groundwork.rules.kit.Gaps;
import org.groundwork.rules.kit.JumpCheck;
import org.groundwork.rules.kit.Observation;
import org.groundwork.rules.kit.Quantity;
import org.groundwork.rules.kit.StuckCheck;

/**
 * Judges the series of one device alone: what the rules do with an epoch, and {@code groundwork
 * sensing judge} with a recorded file.
 *
 * <p>Values out of range are found first, then stuck ones, then those that contradict another
 * field, then spikes and jumps; each check sees what the ones before it left. That way a stuck
 * sensor does not make a spike of the value at which it comes to life again.
 */
public final class SeriesJudge {
  /** Fewer missing readings in a row are worth less, and not worth a finding. */
  public static final int MIN_OUTAGE = 3;

  private final SensingDefinition definition;
  private final Gaps gaps;

  public SeriesJudge(SensingDefinition definition) {
    this.definition = definition;
    this.gaps = new Gaps(definition.cadenceSeconds());
  }

  /** How values of a field differ. */
  public static Quantity quantity(Field field) {
    return switch (field.type()) {
      case LINEAR -> Quantity.LINEAR;
      case ANGLE -> Quantity.angle(field.wrap());
      case COUNTER -> Quantity.COUNTER;
    };
  }

  /** The readings without those that come sooner than half a cadence after the one before. */
  public List<Reading> atCadence(List<Reading> ascending) {
    List<Reading> kept = new ArrayList<>();
    for (Reading reading : ascending) {
      if (kept.isEmpty() || !isTooSoon(kept.getLast().observedAt(), reading)) {
        kept.add(reading);
      }
    }
    return kept;
  }

  boolean isTooSoon(long last, Reading reading) {
    return reading.observedAt() - last < Math.max(1, definition.cadenceSeconds() / 2);
  }

  /**
   * Judges readings.
   *
   * @param readings ascending, at the cadence
   * @param from the first second that the device answers for
   * @param to the first second that it does not
   */
  public SeriesResult judge(SeriesState before, List<Reading> readings, long from, long to) {
    Marks marks = new Marks(definition, readings);
    List<StuckCheck.State> stuck = new ArrayList<>();
    List<JumpCheck.State> jumps = new ArrayList<>();
    List<FixedWhile.State> fixed = new ArrayList<>();
    for (int i = 0; i < definition.fields().size(); i++) {
      range(marks, i, readings);
      stuck.add(stuck(marks, i, before.stuck().get(i)));
    }
    for (int i = 0; i < definition.checks().size(); i++) {
      fixed.add(contradiction(marks, definition.checks().get(i), before.fixed().get(i), readings));
    }
    for (int i = 0; i < definition.fields().size(); i++) {
      jumps.add(jumps(marks, i, before.jumps().get(i)));
    }
    long lastTime = readings.isEmpty() ? before.lastTime() : readings.getLast().observedAt();
    long first = from - definition.cadenceSeconds();
    List<Gaps.Gap> missing =
        gaps.find(
            Math.max(first, before.lastTime()),
            readings.stream().map(Reading::observedAt).toList(),
            to);
    Windows windows = new Windows(definition, from, to);
    windows.fill(marks, readings, missing);
    List<Finding> findings = new ArrayList<>(outages(missing));
    findings.addAll(marks.findings());
    return new SeriesResult(
        findings,
        windows.score(),
        windows.summaries(),
        new SeriesState(lastTime, stuck, jumps, fixed));
  }

  private static List<Finding> outages(List<Gaps.Gap> missing) {
    return missing.stream()
        .filter(gap -> gap.missing() >= MIN_OUTAGE)
        .map(gap ->
            new Finding(
                Finding.ALL,
                gap.from(),
                gap.to(),
                SensingReason.OUTAGE,
                gap.missing() + " readings are missing from second " + gap.from()))
        .toList();
  }

  private void range(Marks marks, int index, List<Reading> readings) {
    Field field = definition.fields().get(index);
    for (Reading reading : readings) {
      OptionalLong value = reading.value(index);
      if (value.isPresent()
          && (value.getAsLong() < field.min() || value.getAsLong() > field.max())) {
        marks.add(index, reading.observedAt(), SensingReason.OUT_OF_RANGE);
      }
    }
  }

  private StuckCheck.State stuck(Marks marks, int index, StuckCheck.State before) {
    Field field = definition.fields().get(index);
    if (field.stuckSteps() == 0) {
      return StuckCheck.State.NONE;
    }
    List<Observation> series = marks.good(index);
    StuckCheck.Result result =
        new StuckCheck(field.stuckSteps()).judge(series, before, saturation(index));
    for (int i = 0; i < series.size(); i++) {
      if (result.stuck().get(i)) {
        marks.add(index, series.get(i).time(), SensingReason.STUCK);
      }
    }
    return result.after();
  }

  /** From where on a field may keep its value. */
  private long saturation(int index) {
    return definition.checks().stream()
        .filter(check -> check.kind() == Consistency.Kind.SATURATED && check.field() == index)
        .mapToLong(Consistency::limit)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private FixedWhile.State contradiction(
      Marks marks, Consistency check, FixedWhile.State before, List<Reading> readings) {
    return switch (check.kind()) {
      case VANE_FIXED_WHILE_WIND ->
          fixed(marks, check, before, readings, FixedWhile.Condition.ABOVE);
      case WIND_FIXED_WHILE_VANE ->
          fixed(marks, check, before, readings, FixedWhile.Condition.MOVES);
      case BOTH_FIXED -> fixed(marks, check, before, readings, FixedWhile.Condition.FIXED);
      case SATURATED -> FixedWhile.State.NONE;
      case NOT_ABOVE -> {
        notAbove(marks, check, readings);
        yield FixedWhile.State.NONE;
      }
    };
  }

  private FixedWhile.State fixed(
      Marks marks,
      Consistency check,
      FixedWhile.State before,
      List<Reading> readings,
      FixedWhile.Condition condition) {
    Quantity other = quantity(definition.fields().get(check.other()));
    List<Reading> both = readings.stream().filter(reading -> hasBoth(check, reading)).toList();
    FixedWhile.Result result =
        new FixedWhile(condition, other, check.limit(), check.steps())
            .judge(both.stream().map(reading -> pair(check, reading)).toList(), before);
    for (int i = 0; i < both.size(); i++) {
      if (result.faulty().get(i)) {
        marks.add(check.field(), both.get(i).observedAt(), reason(condition));
        if (condition == FixedWhile.Condition.FIXED) {
          marks.add(check.other(), both.get(i).observedAt(), reason(condition));
        }
      }
    }
    return result.after();
  }

  private static SensingReason reason(FixedWhile.Condition condition) {
    return switch (condition) {
      case ABOVE -> SensingReason.VANE_DEAD;
      case MOVES -> SensingReason.ANEMOMETER_DEAD;
      case FIXED -> SensingReason.HEAD_DEAD;
    };
  }

  private static void notAbove(Marks marks, Consistency check, List<Reading> readings) {
    for (Reading reading : readings) {
      if (hasBoth(check, reading)) {
        FixedWhile.Pair pair = pair(check, reading);
        if (pair.value() - pair.other() > check.limit()) {
          marks.add(check.field(), reading.observedAt(), SensingReason.CONTRADICTION);
        }
      }
    }
  }

  private static boolean hasBoth(Consistency check, Reading reading) {
    return reading.value(check.field()).isPresent() && reading.value(check.other()).isPresent();
  }

  private static FixedWhile.Pair pair(Consistency check, Reading reading) {
    return new FixedWhile.Pair(
        reading.value(check.field()).orElse(0), reading.value(check.other()).orElse(0));
  }

  private JumpCheck.State jumps(Marks marks, int index, JumpCheck.State before) {
    Field field = definition.fields().get(index);
    if (field.maxStep() == 0) {
      return JumpCheck.State.NONE;
    }
    List<Observation> series = marks.good(index);
    JumpCheck.Result result =
        new JumpCheck(quantity(field), field.maxStep(), gaps).judge(series, before);
    for (int i = 0; i < series.size(); i++) {
      switch (result.verdicts().get(i)) {
        case SPIKE -> marks.add(index, series.get(i).time(), SensingReason.SPIKE);
        case JUMP -> marks.add(index, series.get(i).time(), SensingReason.JUMP);
        case GOOD -> {}
      }
    }
    return result.after();
  }
}
