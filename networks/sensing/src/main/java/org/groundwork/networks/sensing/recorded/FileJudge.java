package org.groundwork.networks.sensing.recorded;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.groundwork.networks.sensing.rules.Finding;
import org.groundwork.networks.sensing.rules.Ring;
import org.groundwork.networks.sensing.rules.SensingReason;
import org.groundwork.networks.sensing.rules.SeriesJudge;
import org.groundwork.networks.sensing.rules.SeriesResult;
import org.groundwork.networks.sensing.rules.SeriesState;
import org.groundwork.networks.sensing.rules.Spans;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.rules.kit.LevelShift;
import org.groundwork.rules.kit.Likeness;

/**
 * Judges a recorded series from its first to its last reading, alone and beside its neighbours'.
 */
public final class FileJudge {
  private static final Bytes OWN = Bytes.of((byte) 0);

  private final SensingDefinition definition;
  private final SeriesJudge judge;
  private final List<Reading> readings;
  private final long from;
  private final long to;
  private final Ring ring;
  private final List<Finding> findings = new ArrayList<>();

  private FileJudge(RecordedFile file) {
    this.definition = file.definition();
    this.judge = new SeriesJudge(definition);
    this.readings = judge.atCadence(file.readings());
    this.from = readings.getFirst().observedAt();
    this.to = readings.getLast().observedAt() + definition.cadenceSeconds();
    this.ring = new Ring(definition);
  }

  /**
   * Judges a file.
   *
   * @param neighbours stations around it; fewer than three say nothing about values, one is enough
   *     to find a copy
   */
  public static Judgement judge(RecordedFile file, List<RecordedFile> neighbours) {
    return file.readings().isEmpty()
        ? new Judgement(new BasisPoints(0), List.of(), file.definition())
        : new FileJudge(file).run(neighbours);
  }

  private Judgement run(List<RecordedFile> neighbours) {
    SeriesResult alone = judge.judge(SeriesState.none(definition), readings, from, to);
    findings.addAll(alone.findings());
    for (int i = 0; i < neighbours.size(); i++) {
      List<Reading> other = within(neighbours.get(i));
      Bytes owner = new CanonicalWriter().u32(i + 1L).toBytes();
      ring.add(owner, judge.judge(SeriesState.none(definition), other, from, to).windows());
      if (isCopy(other)) {
        find(Finding.ALL, 0, windows(), SensingReason.COPIED, "of neighbour " + (i + 1));
      }
    }
    List<Ring.Compared> compared = ring.compare(OWN, alone.windows());
    deviations(compared);
    if (Spans.NONE.with(compared).isDay() && Spans.NONE.with(compared).isIndoor(definition)) {
      find(Finding.ALL, 0, windows(), SensingReason.INDOOR, "over the whole series");
    }
    shifts(compared);
    findings.sort(
        Comparator.comparingLong(Finding::from)
            .thenComparingInt(Finding::field)
            .thenComparing(Finding::reason));
    return new Judgement(score(alone, compared), findings, definition);
  }

  private BasisPoints score(SeriesResult alone, List<Ring.Compared> compared) {
    boolean isNone =
        findings.stream()
            .map(Finding::reason)
            .anyMatch(reason ->
                reason == SensingReason.COPIED
                    || reason == SensingReason.INDOOR
                    || reason == SensingReason.RELOCATED);
    long off = compared.stream().filter(Ring.Compared::isOff).count();
    long share = BasisPoints.WHOLE * off / ((long) windows() * definition.fields().size());
    return new BasisPoints(isNone ? 0 : (int) Math.max(0, alone.score().value() - share));
  }

  private List<Reading> within(RecordedFile other) {
    return judge.atCadence(
        other.readings().stream()
            .filter(reading -> reading.observedAt() >= from && reading.observedAt() < to)
            .toList());
  }

  private boolean isCopy(List<Reading> other) {
    return Likeness.isCopy(
        definition.fields().stream().map(SeriesJudge::quantity).toList(),
        series(readings),
        series(other));
  }

  private List<SortedMap<Long, Long>> series(List<Reading> of) {
    long cadence = definition.cadenceSeconds();
    return IntStream.range(0, definition.fields().size())
        .<SortedMap<Long, Long>>mapToObj(field -> {
          TreeMap<Long, Long> series = new TreeMap<>();
          for (Reading reading : of) {
            long step = Math.floorDiv(reading.observedAt() + cadence / 2, cadence);
            reading.value(field).ifPresent(value -> series.put(step, value));
          }
          return series;
        })
        .toList();
  }

  /** Windows that follow each other in which a field is off, as one. */
  private void deviations(List<Ring.Compared> compared) {
    for (int field = 0; field < definition.fields().size(); field++) {
      int index = field;
      List<Ring.Compared> off =
          compared.stream().filter(each -> each.field() == index && each.isOff()).toList();
      for (int i = 0; i < off.size(); i++) {
        int last = i;
        while (last + 1 < off.size() && off.get(last + 1).window() == off.get(last).window() + 1) {
          last++;
        }
        Field of = definition.fields().get(field);
        String evidence =
            "%s %s, the neighbours' middle is %s"
                .formatted(
                    of.name(),
                    of.format(off.get(i).value()),
                    of.format(off.get(i).view().middle()));
        find(
            field,
            off.get(i).window(),
            off.get(last).window() + 1,
            SensingReason.NEIGHBOURS,
            evidence);
        i = last;
      }
    }
  }

  /** The window from which on a field's level against the neighbours' is another one. */
  private void shifts(List<Ring.Compared> compared) {
    for (int field = 0; field < definition.fields().size(); field++) {
      int index = field;
      Field of = definition.fields().get(field);
      List<Ring.Compared> own =
          compared.stream()
              .filter(each -> each.field() == index && of.type() == Field.Type.LINEAR)
              .toList();
      List<Long> offsets = own.stream().map(each -> each.value() - each.view().middle()).toList();
      LevelShift check = new LevelShift(of.neighbourTolerance());
      IntStream.range(1, offsets.size())
          .filter(at -> check.test(newest(offsets, at), next(offsets, at)))
          .boxed()
          .max(Comparator.comparingLong(at -> Math.abs(offsets.get(at) - offsets.get(at - 1))))
          .ifPresent(at ->
              find(
                  index,
                  own.get(at).window(),
                  windows(),
                  SensingReason.RELOCATED,
                  "%s is %s above the neighbours', not %s"
                      .formatted(
                          of.name(), of.format(offsets.get(at)), of.format(offsets.get(at - 1)))));
    }
  }

  private static List<Long> newest(List<Long> offsets, int end) {
    return LevelShift.newest(offsets.subList(0, end));
  }

  private static List<Long> next(List<Long> offsets, int from) {
    return offsets.subList(from, Math.min(offsets.size(), from + LevelShift.MAX_VALUES));
  }

  private int windows() {
    return (int) Math.ceilDiv(to - from, window());
  }

  private long window() {
    return definition.cadenceSeconds() * definition.windowSteps();
  }

  private void find(int field, int first, int end, SensingReason reason, String evidence) {
    findings.add(
        new Finding(
            field, from + first * window(), Math.min(to, from + end * window()), reason, evidence));
  }
}
