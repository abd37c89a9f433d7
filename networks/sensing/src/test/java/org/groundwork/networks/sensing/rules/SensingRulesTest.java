package org.groundwork.networks.sensing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SensingRulesTest {
  private static final int TEMPERATURE = 0;
  private static final int PRESSURE = 2;

  @Test
  void stationsThatMeasureWhatThereIsArePaidByTheirScore() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3, 4).honest(Fleet.NEXT, 5);
    Fleet.Outcome outcome = fleet.run(30);
    for (long id = 1; id <= 5; id++) {
      assertThat(outcome.faults(id)).isEmpty();
      assertThat(outcome.amended(id)).isEmpty();
      assertThat(outcome.weight(id)).isEqualTo(10_000);
      assertThat(outcome.of(id).capacity().intValue()).isEqualTo(10_000);
    }
  }

  @Test
  void anOutageLowersTheScoreByWhatIsMissing() {
    Fleet fleet = Fleet.bought();
    fleet.station(
        2,
        Fleet.HOME,
        step -> step % 20 < 5 ? Bytes.EMPTY : Fleet.reading(step, Weather.at(step, 2)));
    Fleet.Outcome outcome = fleet.run(2);
    assertThat(outcome.faults(2)).containsExactly("sensing.outage");
    assertThat(outcome.weight(2)).isEqualTo(7_500);
  }

  @Test
  void aStationThatIsMostlySilentIsNotPaid() {
    Fleet fleet = Fleet.bought();
    fleet.station(
        2,
        Fleet.HOME,
        step -> step % 20 < 12 ? Bytes.EMPTY : Fleet.reading(step, Weather.at(step, 2)));
    Fleet.Outcome outcome = fleet.run(2);
    assertThat(outcome.weight(2)).isZero();
    assertThat(outcome.amended(2)).containsExactly("sensing.low-score");
    assertThat(outcome.of(2L).capacity().signum()).isZero();
  }

  @Test
  void aStuckSensorIsFoundAcrossEpochs() {
    Fleet fleet = Fleet.bought();
    fleet.station(2, Fleet.HOME, step -> Fleet.reading(step, with(step, 2, TEMPERATURE, 150)));
    assertThat(fleet.run(2).faults(2)).isEmpty();
    Fleet.Outcome outcome = fleet.run(2);
    assertThat(outcome.faults(2)).containsExactly("sensing.stuck");
    assertThat(outcome.weight(2)).isEqualTo(10_000 * 6 / 7);
  }

  @Test
  @Tag("A9")
  void aStationThatClaimsAPlaceWithOtherWeatherEarnsNothing() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3, 4);
    fleet.station(5, Fleet.NEXT, step -> Fleet.reading(step, elsewhere(step, 5)));
    Fleet.Outcome outcome = fleet.run(3);
    assertThat(outcome.weight(5)).isZero();
    assertThat(outcome.amended(5)).containsExactly("sensing.neighbours");
    assertThat(outcome.weight(1)).isEqualTo(10_000);
  }

  @Test
  @Tag("A9")
  void aPlaceWithoutACellOrOutsideOfTheResolutionEarnsNothing() {
    Fleet fleet = Fleet.bought().honest(0, 2).honest(0x861f85607ffffffL, 3);
    Fleet.Outcome outcome = fleet.run();
    for (long id : List.of(2L, 3L)) {
      assertThat(outcome.faults(id)).contains("sensing.no-place");
      assertThat(outcome.of(id).claims()).isEmpty();
      assertThat(outcome.of(id).capacity().signum()).isZero();
    }
  }

  @Test
  @Tag("A10")
  void stationsOfOneOwnerThatConfirmEachOtherHaveOneVoice() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3);
    for (long id = 11; id <= 18; id++) {
      long seed = id;
      fleet.station(id, "clique", Fleet.HOME, step -> Fleet.reading(step, elsewhere(step, seed)));
    }
    Fleet.Outcome outcome = fleet.run(3);
    for (long id = 11; id <= 18; id++) {
      assertThat(outcome.weight(id)).isZero();
      assertThat(outcome.amended(id)).containsExactly("sensing.neighbours");
    }
    for (long id = 1; id <= 3; id++) {
      assertThat(outcome.weight(id)).isEqualTo(10_000);
    }
  }

  @Test
  @Tag("A11")
  void copiesOfAStationEarnNothingAlsoWithAConstantAddedAndShaken() {
    Fleet fleet = Fleet.bought();
    fleet.run();
    fleet.station(2, Fleet.HOME, step -> Fleet.reading(step, Weather.at(step, 1)));
    fleet.station(3, Fleet.NEXT, step -> Fleet.reading(step, added(Weather.at(step, 1), 20)));
    fleet.station(
        4,
        Fleet.HOME,
        step -> Fleet.reading(step, added(Weather.at(step, 1), step % 7 == 0 ? 1 : 0)));
    Fleet.Outcome outcome = fleet.run(2);
    assertThat(outcome.weight(1)).isEqualTo(10_000);
    for (long id = 2; id <= 4; id++) {
      assertThat(outcome.amended(id)).containsExactly("sensing.copied");
      assertThat(outcome.weight(id)).isZero();
    }
  }

  @Test
  @Tag("A11")
  void whoSendsFirstIsTheOriginalHoweverLongTheCopierWasThere() {
    Fleet fleet = Fleet.bought();
    fleet.station(2, Fleet.HOME, Weather.station(2));
    fleet.run(2);
    fleet.station(3, Fleet.HOME, Weather.station(3));
    fleet.station(2, Fleet.HOME, _ -> Bytes.EMPTY);
    for (int i = 0; i < Fleet.STEPS; i++) {
      long step = Fleet.step(fleet.epoch) + i;
      fleet.send(2, i + 1, Fleet.reading(step, Weather.at(step, 3)));
    }
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.amended(2)).containsExactly("sensing.copied");
    assertThat(outcome.weight(3)).isEqualTo(10_000);
  }

  @Test
  @Tag("A13")
  void anOldSeriesThatIsSentAgainDoesNotCount() {
    Fleet fleet = Fleet.bought();
    fleet.station(2, Fleet.HOME, step -> Fleet.reading(step, Weather.at(step % 60, 2)));
    assertThat(fleet.run(3).weight(2)).isEqualTo(10_000);
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.faults(2)).contains("sensing.replayed", "sensing.outage");
    assertThat(outcome.of(2L).verdicts())
        .allMatch(verdict -> isRejected(verdict, "sensing.replayed"));
    assertThat(outcome.weight(2)).isZero();
  }

  @Test
  @Tag("A13")
  void readingsOfAnotherTimeDoNotCount() {
    Fleet fleet = Fleet.bought();
    fleet.station(2, Fleet.HOME, step -> Fleet.reading(step - 100, Weather.at(step, 2)));
    fleet.station(3, Fleet.HOME, step -> Fleet.reading(step + 5, Weather.at(step, 3)));
    Fleet.Outcome outcome = fleet.run();
    for (long id : List.of(2L, 3L)) {
      assertThat(outcome.of(id).verdicts())
          .allMatch(verdict -> isRejected(verdict, "sensing.clock"));
      assertThat(outcome.weight(id)).isZero();
    }
  }

  @Test
  @Tag("A14")
  void aStationIndoorsEarnsNothing() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3).honest(Fleet.NEXT, 4);
    fleet.station(5, Fleet.HOME, step -> Fleet.reading(step, indoors(step, 5)));
    Fleet.Outcome outcome = fleet.run(26);
    assertThat(outcome.amended(5)).containsExactly("sensing.indoor");
    assertThat(outcome.weight(5)).isZero();
    assertThat(outcome.weight(4)).isEqualTo(10_000);
  }

  @Test
  @Tag("A16")
  void aCellThatNobodyBoughtPaysNothing() {
    Fleet fleet = Fleet.bought().honest(Fleet.FAR, 2);
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.of(2L).faults()).isEmpty();
    assertThat(outcome.weights()).containsOnlyKeys(1L);
  }

  @Test
  @Tag("A16")
  void aFullCellPaysThoseWhoHaveBeenThereLongest() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 5, 6, 7);
    fleet.run();
    Fleet.Outcome outcome = fleet.honest(Fleet.HOME, 2, 3).run();
    assertThat(outcome.weights()).containsOnlyKeys(1L, 5L, 6L, 7L);
    assertThat(outcome.amended(2)).containsExactly("sensing.cell-full");
  }

  @Test
  @Tag("A4")
  void oneKeyAtTwoPlacesEarnsNothing() {
    Fleet fleet = Fleet.bought().station(2, Fleet.HOME, _ -> Bytes.EMPTY);
    for (int i = 0; i < Fleet.STEPS; i++) {
      long step = Fleet.step(fleet.epoch) + i;
      fleet.send(2, i, at(Fleet.second(step) - 60, Weather.at(step, 2)));
      fleet.send(2, i, at(Fleet.second(step) + 40, elsewhere(step, 3)));
    }
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.of(2L).verdicts())
        .allMatch(verdict -> isRejected(verdict, "sensing.two-places"));
    assertThat(outcome.weight(2)).isZero();
  }

  @Test
  void aStationThatIsRegisteredElsewhereStartsAgain() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3, 4);
    fleet.run();
    fleet.honest(Fleet.NEXT, 1);
    assertThat(fleet.run().faults(1)).containsExactly("sensing.moved");
    fleet.honest(Fleet.HOME, 1).honest(Fleet.HOME, 9);
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.weights()).containsOnlyKeys(1L, 2L, 3L, 4L);
    assertThat(outcome.amended(9)).containsExactly("sensing.cell-full");
    assertThat(fleet.run().faults(1)).isEmpty();
  }

  @Test
  void aStationThatIsCarriedUpAHillIsFoundByItsLevel() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3, 4);
    fleet.run(20);
    fleet.station(
        1,
        Fleet.HOME,
        step ->
            Fleet.reading(step, with(step, 1, PRESSURE, Weather.at(step, 1).get(PRESSURE) - 1500)));
    List<String> amended = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      amended.addAll(fleet.run().amended(1));
    }
    assertThat(amended).contains("sensing.relocated", "sensing.neighbours");
  }

  @Test
  void aFewNeighboursSayNothing() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2, 3);
    fleet.station(5, Fleet.NEXT, step -> Fleet.reading(step, elsewhere(step, 5)));
    Fleet.Outcome outcome = fleet.run(2);
    assertThat(outcome.amended(1)).isEmpty();
    assertThat(outcome.weight(1)).isEqualTo(10_000);
  }

  @Test
  void textAndBinaryAreTheSameReading() {
    Fleet fleet = Fleet.bought();
    fleet.station(
        2, Fleet.HOME, step -> text(new Reading(Fleet.second(step), values(Weather.at(step, 2)))));
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.weight(2)).isEqualTo(10_000);
  }

  @Test
  void surplusReadingsAndUnreadableOnesAreRefusedAndTheOthersCount() {
    Fleet fleet = Fleet.bought().honest(Fleet.HOME, 2);
    long step = Fleet.step(fleet.epoch);
    fleet.send(2, 1, at(Fleet.second(step) + 30, Weather.at(step, 2)));
    fleet.send(2, 1, Bytes.of((byte) 1, (byte) 2));
    fleet.send(2, 1, Bytes.wrap("{\"t\":1}".getBytes(StandardCharsets.US_ASCII)));
    fleet.send(2, 1, Bytes.of((byte) 9));
    DeviceResult result = fleet.run().of(2L);
    assertThat(isRejected(result.verdicts().get(0), "sensing.too-often")).isTrue();
    assertThat(isRejected(result.verdicts().get(1), "report.malformed")).isTrue();
    assertThat(isRejected(result.verdicts().get(2), "report.malformed")).isTrue();
    assertThat(isRejected(result.verdicts().get(3), "report.unknown-type")).isTrue();
    assertThat(result.faults()).isEmpty();
  }

  @Test
  void aPurchaseCountsIfItsPayerSignedReservedAndPaysThePrice() {
    Fleet fleet = new Fleet().honest(Fleet.HOME, 1);
    Credits price = Fleet.DEFINITION.pricePerCellEpoch();
    AccountKey stranger = Fleet.key("stranger");
    fleet.send(1, 0, Fleet.purchase(Fleet.scope(Fleet.RESERVATION, price), stranger));
    ReservationId other = new ReservationId(Fleet.hash("other"));
    fleet.send(1, 0, Fleet.purchase(Fleet.scope(other, price), Fleet.PAYER));
    Credits cheap = price.minus(Credits.of(1));
    fleet.send(1, 0, Fleet.purchase(Fleet.scope(Fleet.RESERVATION, cheap), Fleet.PAYER));
    Fleet.Outcome outcome = fleet.run();
    List<Verdict> verdicts = outcome.of(1L).verdicts();
    assertThat(isRejected(verdicts.get(0), "sensing.bad-scope")).isTrue();
    assertThat(isRejected(verdicts.get(1), "sensing.unpaid-scope")).isTrue();
    assertThat(isRejected(verdicts.get(2), "sensing.cheap-scope")).isTrue();
    assertThat(outcome.weights()).isEmpty();
  }

  @Test
  void aPurchaseThatWasReportedOnceCountsUntilItIsOver() {
    Fleet fleet = Fleet.bought();
    assertThat(fleet.run(20).weight(1)).isEqualTo(10_000);
  }

  @Test
  void aFloodOfPurchasesIsNotLookedAt() {
    Fleet fleet = Fleet.bought();
    Bytes purchase =
        Fleet.purchase(
            Fleet.scope(Fleet.RESERVATION, Fleet.DEFINITION.pricePerCellEpoch()), Fleet.PAYER);
    for (int i = 0; i < ScopeDesk.MAX_SCOPES; i++) {
      fleet.send(1, 0, purchase);
    }
    List<Verdict> verdicts = fleet.run().of(1L).verdicts();
    assertThat(isRejected(verdicts.get(ScopeDesk.MAX_SCOPES), "report.too-many")).isTrue();
  }

  @Test
  void aReferenceThatTheDefinitionNamesIsComparedWithAndAnotherIsNot() {
    ReferenceSeries official =
        new ReferenceSeries(
            "temperature",
            Fleet.second(Fleet.step(new EpochNumber(10))),
            3600,
            Weather.temperatures(new EpochNumber(10), 5));
    Fleet fleet = new Fleet(naming(official)).honest(Fleet.HOME, 1);
    fleet.station(2, Fleet.NEXT, step -> Fleet.reading(step, elsewhere(step, 2)));
    fleet.send(1, 0, reference(official));
    ReferenceSeries other =
        new ReferenceSeries("temperature", official.start(), 3600, List.of(900L));
    fleet.send(2, 0, reference(other));
    Fleet.Outcome outcome = fleet.run();
    assertThat(outcome.amended(1)).isEmpty();
    assertThat(outcome.amended(2)).containsExactly("sensing.reference");
    assertThat(isRejected(outcome.of(2).verdicts().getFirst(), "sensing.unknown-reference"))
        .isTrue();
    assertThat(outcome.of(1).verdicts().getFirst()).isEqualTo(Verdict.ACCEPTED);
  }

  private static Bytes reference(ReferenceSeries series) {
    return new CanonicalWriter().u8(ReferenceSeries.TYPE).raw(series.encode()).toBytes();
  }

  private static SensingDefinition naming(ReferenceSeries series) {
    SensingDefinition all = Fleet.DEFINITION;
    return new SensingDefinition(
        all.name(),
        all.cadenceSeconds(),
        all.windowSteps(),
        all.cellResolution(),
        all.devicesPerCell(),
        all.regions(),
        all.minimumScore(),
        all.pricePerCellEpoch(),
        all.fields(),
        all.checks(),
        List.of(series.hash()));
  }

  private static boolean isRejected(Verdict verdict, String code) {
    return verdict instanceof Verdict.Rejected rejected && rejected.reason().code().equals(code);
  }

  private static Bytes at(long second, List<Long> values) {
    return new Reading(second, values(values)).encode();
  }

  private static SortedMap<Integer, Long> values(List<Long> values) {
    TreeMap<Integer, Long> byField = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      byField.put(i, values.get(i));
    }
    return byField;
  }

  private static Bytes text(Reading reading) {
    return reading.encodeText(Fleet.DEFINITION);
  }

  private static List<Long> with(long step, long seed, int field, long value) {
    List<Long> values = new ArrayList<>(Weather.at(step, seed));
    values.set(field, value);
    return values;
  }

  /** A town in the mountains. */
  private static List<Long> elsewhere(long step, long seed) {
    List<Long> values = new ArrayList<>(Weather.at(step, seed));
    values.set(0, values.get(0) - 150);
    values.set(2, values.get(2) - 5000);
    return values;
  }

  private static List<Long> indoors(long step, long seed) {
    List<Long> values = new ArrayList<>(Weather.at(step, seed));
    values.set(0, 210 + step % 3);
    values.set(1, 55 + step % 2);
    return values;
  }

  private static List<Long> added(List<Long> values, long more) {
    return values.stream().map(value -> value + more).toList();
  }
}
