package org.groundwork.rules.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.groundwork.rules.kit.JumpCheck.Verdict;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final long CADENCE = 60;
  private static final Gaps GAPS = new Gaps(CADENCE);
  private static final JumpCheck JUMPS = new JumpCheck(Quantity.LINEAR, 10, GAPS);

  @Test
  void anAngleChangesTheShorterWayAndACounterOnlyUp() {
    Quantity angle = Quantity.angle(360);
    assertThat(angle.change(350, 10)).isEqualTo(20);
    assertThat(angle.change(10, 350)).isEqualTo(-20);
    assertThat(angle.change(0, 180)).isEqualTo(180);
    assertThat(angle.distance(10, 350)).isEqualTo(20);
    assertThat(Quantity.COUNTER.change(5, 9)).isEqualTo(4);
    assertThat(Quantity.COUNTER.change(9, 2)).isEqualTo(2);
    assertThat(Quantity.LINEAR.change(9, 2)).isEqualTo(-7);
  }

  @Test
  void aGapIsFromTheFirstValueThatWasDueToTheNextOne() {
    assertThat(GAPS.find(0, List.of(60L, 120L, 360L), 420))
        .containsExactly(new Gaps.Gap(180, 360, 3));
    assertThat(GAPS.find(0, List.of(60L), 240)).containsExactly(new Gaps.Gap(120, 240, 2));
    assertThat(GAPS.find(0, List.of(), 181)).containsExactly(new Gaps.Gap(60, 181, 2));
  }

  @Test
  void jitterIsNoGap() {
    assertThat(GAPS.find(0, List.of(70L, 115L, 190L, 240L), 300)).isEmpty();
    Gaps seconds = new Gaps(2);
    assertThat(seconds.find(0, List.of(3L, 4L, 7L, 8L), 10)).isEmpty();
  }

  @Test
  void aRunIsStuckFromItsFirstValueOnAndShorterOnesAreNot() {
    StuckCheck check = new StuckCheck(4);
    StuckCheck.Result result = check.judge(series(1, 7, 7, 7, 7, 7, 2, 2, 2), NO_RUN, MAX);
    assertThat(result.stuck())
        .containsExactly(false, true, true, true, true, true, false, false, false);
    assertThat(result.after()).isEqualTo(new StuckCheck.State(2, 3));
  }

  @Test
  void aRunGoesOnInTheNextEpoch() {
    StuckCheck check = new StuckCheck(4);
    StuckCheck.State half = check.judge(series(7, 7), NO_RUN, MAX).after();
    assertThat(check.judge(series(7, 7, 3), half, MAX).stuck()).containsExactly(true, true, false);
  }

  @Test
  void aSaturatedValueMayStay() {
    assertThat(new StuckCheck(3).judge(series(95, 95, 95, 95), NO_RUN, 90).stuck())
        .doesNotContain(true);
    assertThat(new StuckCheck(3).judge(series(89, 89, 89), NO_RUN, 90).stuck())
        .doesNotContain(false);
  }

  @Test
  void whatGoesAndComesBackIsASpike() {
    assertThat(JUMPS.judge(series(5, 6, 40, 6, 5), JumpCheck.State.NONE).verdicts())
        .containsExactly(Verdict.GOOD, Verdict.GOOD, Verdict.SPIKE, Verdict.GOOD, Verdict.GOOD);
    assertThat(JUMPS.judge(series(5, 40, 41, 40, 5), JumpCheck.State.NONE).verdicts())
        .containsExactly(Verdict.GOOD, Verdict.SPIKE, Verdict.SPIKE, Verdict.SPIKE, Verdict.GOOD);
  }

  @Test
  void aPeakOfHalfTheLargestStepIsASpikeAndASlopeIsNot() {
    assertThat(JUMPS.judge(series(5, 12, 5), JumpCheck.State.NONE).verdicts())
        .containsExactly(Verdict.GOOD, Verdict.SPIKE, Verdict.GOOD);
    assertThat(JUMPS.judge(series(0, 9, 18, 27, 36), JumpCheck.State.NONE).verdicts())
        .containsOnly(Verdict.GOOD);
  }

  @Test
  void whatGoesAndStaysIsAJumpAndThenTheLevel() {
    List<Long> values = new ArrayList<>(List.of(5L, 5L));
    values.addAll(Collections.nCopies(JumpCheck.SETTLED + 2, 50L));
    JumpCheck.Result result = JUMPS.judge(series(values), JumpCheck.State.NONE);
    assertThat(Collections.frequency(result.verdicts(), Verdict.JUMP)).isEqualTo(JumpCheck.SETTLED);
    assertThat(result.verdicts().getLast()).isEqualTo(Verdict.GOOD);
    assertThat(result.after().good()).isEqualTo(50);
  }

  @Test
  void aGapGivesTimeToChange() {
    List<Observation> series =
        List.of(new Observation(0, 0), new Observation(60, 1), new Observation(360, 45));
    assertThat(JUMPS.judge(series, JumpCheck.State.NONE).verdicts()).containsOnly(Verdict.GOOD);
  }

  @Test
  void aSpikeAtTheCutBetweenEpochsIsJudgedByTheLastGoodValue() {
    JumpCheck.State before = JUMPS.judge(series(5, 5, 60), JumpCheck.State.NONE).after();
    List<Observation> next = List.of(new Observation(180, 5), new Observation(240, 5));
    assertThat(before.pending()).isEqualTo(1);
    assertThat(JUMPS.judge(next, before).verdicts()).containsOnly(Verdict.GOOD);
  }

  @Test
  void aVaneThatStandsStillInTheWindIsFaultyAndInACalmItIsNot() {
    FixedWhile check = new FixedWhile(FixedWhile.Condition.ABOVE, Quantity.LINEAR, 2, 3);
    assertThat(check.judge(pairs(90, 5, 90, 5, 90, 0, 90, 5), FixedWhile.State.NONE).faulty())
        .containsExactly(true, true, false, true);
    assertThat(check.judge(pairs(90, 5, 90, 1, 90, 0, 90, 2), FixedWhile.State.NONE).faulty())
        .doesNotContain(true);
    assertThat(check.judge(pairs(90, 5, 91, 5, 90, 5, 91, 5), FixedWhile.State.NONE).faulty())
        .doesNotContain(true);
  }

  @Test
  void windThatStaysWhileTheVaneTurnsIsFaulty() {
    Quantity angle = Quantity.angle(360);
    FixedWhile check = new FixedWhile(FixedWhile.Condition.MOVES, angle, 100, 3);
    assertThat(check.judge(pairs(0, 0, 0, 90, 0, 180), FixedWhile.State.NONE).faulty())
        .containsOnly(true);
    assertThat(check.judge(pairs(0, 0, 0, 5, 0, 10), FixedWhile.State.NONE).faulty())
        .containsOnly(false);
  }

  @Test
  void twoSensorsThatBothStayAreFaulty() {
    FixedWhile check = new FixedWhile(FixedWhile.Condition.FIXED, Quantity.LINEAR, 0, 3);
    assertThat(check.judge(pairs(0, 122, 0, 122, 0, 122), FixedWhile.State.NONE).faulty())
        .containsOnly(true);
    assertThat(check.judge(pairs(0, 122, 0, 121, 0, 122), FixedWhile.State.NONE).faulty())
        .containsOnly(false);
  }

  @Test
  void neighboursAllowTheirToleranceAndFourTimesTheirSpread() {
    Neighbours check = new Neighbours(Quantity.LINEAR, 10);
    Neighbours.View close = check.view(List.of(100L, 100L, 101L));
    assertThat(check.isOff(110, close)).isFalse();
    assertThat(check.isOff(111, close)).isTrue();
    Neighbours.View wide = check.view(List.of(90L, 100L, 110L));
    assertThat(check.isOff(150, wide)).isFalse();
    assertThat(check.isOff(151, wide)).isTrue();
    assertThat(new Neighbours(Quantity.angle(360), 10).view(List.of(350L, 0L, 10L)).middle())
        .isZero();
  }

  @Test
  void aCopyIsFoundWithAConstantAddedALagAndOneOtherField() {
    Random random = new Random(7);
    List<SortedMap<Long, Long>> own = List.of(walk(random), walk(random), walk(random));
    List<SortedMap<Long, Long>> other = List.of(walk(random), walk(random), walk(random));
    assertThat(Likeness.isCopy(LINES, own, other)).isFalse();
    assertThat(Likeness.isCopy(LINES, own, own)).isTrue();
    List<SortedMap<Long, Long>> moved =
        List.of(moved(own.get(0), 2, 500), moved(own.get(1), 2, -3), other.get(2));
    assertThat(Likeness.isCopy(LINES, own, moved)).isTrue();
    assertThat(Likeness.isCopy(LINES, own, List.of(own.get(0), other.get(1), other.get(2))))
        .isFalse();
  }

  @Test
  void aCopyThatIsShakenALittleIsStillOneAndAnotherSensorBesideItIsNot() {
    Random random = new Random(8);
    SortedMap<Long, Long> own = walk(random);
    assertThat(Likeness.compare(Quantity.LINEAR, own, shaken(own, random, 1), 0))
        .isEqualTo(Likeness.Verdict.COPY);
    assertThat(Likeness.compare(Quantity.LINEAR, own, shaken(own, random, 20), 0))
        .isEqualTo(Likeness.Verdict.UNLIKE);
  }

  @Test
  void aSeriesThatDoesNotChangeIsNobodysCopy() {
    TreeMap<Long, Long> flat = new TreeMap<>();
    LongStream.range(0, 50).forEach(step -> flat.put(step, 3L));
    assertThat(Likeness.isCopy(List.of(Quantity.LINEAR), List.of(flat), List.of(flat))).isFalse();
  }

  @Test
  void piecesOfASeriesAreKnownAgainAtAnyTimeIfSomethingHappensInThem() {
    Random random = new Random(9);
    List<List<Long>> series = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      series.add(List.of(random.nextLong(1000), random.nextLong(1000)));
    }
    assertThat(Grams.of(series)).hasSize(13).containsAll(Grams.of(series.subList(5, 15)));
    assertThat(Grams.of(Collections.nCopies(20, List.of(1L, 2L)))).isEmpty();
  }

  @Test
  void twoPlacesInTurnsAreFoundAndOneNoisyPlaceIsNot() {
    Interleaved check = new Interleaved(Quantity.LINEAR, 5);
    Random random = new Random(10);
    List<Long> one = new ArrayList<>();
    List<Long> two = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      one.add(100 + random.nextLong(20));
      two.add(100 + 80L * (i % 2) + random.nextLong(4));
    }
    assertThat(check.test(one)).isFalse();
    assertThat(check.test(two)).isTrue();
    assertThat(check.test(two.subList(0, Interleaved.MIN_VALUES - 1))).isFalse();
  }

  @Test
  void aLevelThatMovesByMoreThanTheToleranceIsAShift() {
    LevelShift check = new LevelShift(10);
    List<Long> low = Collections.nCopies(LevelShift.MIN_VALUES, 2L);
    List<Long> high = Collections.nCopies(LevelShift.MIN_VALUES, 13L);
    assertThat(check.test(low, high)).isTrue();
    assertThat(check.test(high, low)).isTrue();
    assertThat(check.test(low, Collections.nCopies(LevelShift.MIN_VALUES, 12L))).isFalse();
    assertThat(check.test(low, high.subList(1, high.size()))).isFalse();
    assertThat(check.test(low.subList(1, low.size()), high)).isFalse();
  }

  private static final StuckCheck.State NO_RUN = StuckCheck.State.NONE;
  private static final long MAX = Long.MAX_VALUE;
  private static final List<Quantity> LINES =
      List.of(Quantity.LINEAR, Quantity.LINEAR, Quantity.LINEAR);

  private static SortedMap<Long, Long> walk(Random random) {
    TreeMap<Long, Long> walk = new TreeMap<>();
    long value = 0;
    for (long step = 0; step < 40; step++) {
      value += random.nextLong(41) - 20;
      walk.put(step, value);
    }
    return walk;
  }

  private static SortedMap<Long, Long> moved(SortedMap<Long, Long> series, long lag, long by) {
    TreeMap<Long, Long> moved = new TreeMap<>();
    series.forEach((step, value) -> moved.put(step + lag, value + by));
    return moved;
  }

  private static SortedMap<Long, Long> shaken(
      SortedMap<Long, Long> series, Random random, long by) {
    TreeMap<Long, Long> shaken = new TreeMap<>();
    series.forEach((step, value) -> shaken.put(step, value + random.nextLong(2 * by + 1) - by));
    return shaken;
  }

  private static List<Observation> series(long... values) {
    return series(LongStream.of(values).boxed().toList());
  }

  private static List<Observation> series(List<Long> values) {
    List<Observation> series = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      series.add(new Observation(i * CADENCE, values.get(i)));
    }
    return series;
  }

  private static List<FixedWhile.Pair> pairs(long... values) {
    List<FixedWhile.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < values.length; i += 2) {
      pairs.add(new FixedWhile.Pair(values[i], values[i + 1]));
    }
    return pairs;
  }
}
