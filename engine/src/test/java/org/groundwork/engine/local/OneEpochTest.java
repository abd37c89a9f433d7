package org.groundwork.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.Skipped;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.MoneyOutcome;
import org.groundwork.engine.segment.Segment;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Verdict;
import org.junit.jupiter.api.Test;

class OneEpochTest {
  /** Device 1 serves a deal of 10 credits a slot in three of four slots. */
  private static Scene threeSlots() {
    Scene scene = Scene.withDevices(1);
    ReservationId reservation = scene.reserve("payer", 1, 1000, 500);
    Deal deal = scene.deal("payer", 1, reservation, 10, 1000);
    return scene.agree("payer", deal).readings(1, 0, 1, 3);
  }

  @Test
  void chargesProvenSlotsAndPaysForThem() {
    Scene scene = threeSlots();
    EpochResult result = scene.run();
    ChargeLine line = result.charges().getFirst();
    // 30 of 1,000 credits consume 15 of 500 tokens; at 2 dollars a token, nine tenths of either.
    assertThat(line.outcome()).isEqualTo(MoneyOutcome.CHARGED);
    assertThat(line.charged()).isEqualTo(Credits.of(30));
    assertThat(line.basis()).isEqualTo(TokenAmount.of(15));
    assertThat(line.paid()).isEqualTo(TokenAmount.of(13));
    assertThat(result.statement().totals())
        .containsExactly(
            total(MoneyKind.PAYMENT, 13), total(MoneyKind.CHARGE, 30), total(MoneyKind.BASIS, 15));
    assertThat(demand(result))
        .containsExactly(
            new MoneyLeaf(
                MoneyKind.PAYMENT,
                Samples.NETWORK,
                Scene.owner(1).toSubject(),
                BigInteger.valueOf(13)),
            new MoneyLeaf(
                MoneyKind.CHARGE,
                Samples.NETWORK,
                line.reservation().hash(),
                BigInteger.valueOf(30)));
    assertThat(result.dust()).isEqualTo(TokenAmount.ZERO);
  }

  @Test
  void saysWhatItMeantForTheDevice() {
    DeviceSummary summary = threeSlots().run().devices().getFirst();
    assertThat(summary.verdicts()).isEqualTo(Map.of("accepted", 5L));
    assertThat(summary.faultCounts()).isEqualTo(Map.of("counter.silent", 1L));
    assertThat(summary.faults().getFirst().slot()).isEqualTo(new Scene().slotNumber(2));
    assertThat(summary.charged()).isEqualTo(Credits.of(30));
    assertThat(summary.paid()).isEqualTo(TokenAmount.of(13));
  }

  @Test
  void addsUpOverEpochs() {
    Scene first = threeSlots();
    Scene second = first.after(first.run());
    second.readings(1, 0, 1, 2, 3);
    EpochResult result = second.run();
    assertThat(result.charges().getFirst().charged()).isEqualTo(Credits.of(40));
    assertThat(result.leaves().get(1).cumulative()).isEqualTo(BigInteger.valueOf(70));
    // floor(500 * 70 / 1000) - floor(500 * 30 / 1000) = 20, of which 18 are paid.
    assertThat(result.leaves().getFirst().cumulative()).isEqualTo(BigInteger.valueOf(31));
  }

  @Test
  void faultsSilentDevicesThatOweSomething() {
    Scene first = threeSlots();
    EpochResult result = first.after(first.run()).run();
    assertThat(result.devices().getFirst().faultCounts()).isEqualTo(Map.of("counter.silent", 4L));
    assertThat(result.charges()).isEmpty();
    assertThat(result.statement().totals()).isEmpty();
  }

  @Test
  void keepsALeafForEveryReservationThatIsNotReleased() {
    Scene scene = Scene.withDevices(1);
    ReservationId unused = scene.reserve("payer", 1, 1000, 500);
    EpochResult result = scene.run();
    assertThat(demand(result))
        .containsExactly(
            new MoneyLeaf(MoneyKind.CHARGE, Samples.NETWORK, unused.hash(), BigInteger.ZERO));
  }

  @Test
  void forgetsWhatBelongsToReleasedReservations() {
    Scene first = threeSlots();
    Scene second = first.after(first.run());
    second.reservations.clear();
    EpochResult result = second.readings(1, 0).run();
    assertThat(result.charges().getFirst().outcome()).isEqualTo(MoneyOutcome.UNKNOWN_RESERVATION);
    assertThat(demand(result)).extracting(MoneyLeaf::kind).containsExactly(MoneyKind.PAYMENT);
    assertThat(result.carry().entries().keySet())
        .extracting(CarryKey::space)
        .doesNotContain(CarrySpace.RESERVATION, CarrySpace.DEAL, CarrySpace.SESSION);
  }

  @Test
  void startsFromNothing() {
    EpochResult result = new Scene().run();
    assertThat(EpochResult.moneyRoot(List.of())).isEqualTo(Hash.ZERO);
    assertThat(result.statement().inputs()).isEqualTo(Hash.ZERO);
    assertThat(result.statement().carryRoot()).isEqualTo(CarrySnapshot.EMPTY.root());
  }

  @Test
  void chargesNothingWithoutAPrice() {
    Scene scene = threeSlots();
    scene.priceHigh = Optional.empty();
    EpochResult result = scene.run();
    assertThat(result.charges().getFirst().outcome()).isEqualTo(MoneyOutcome.NO_PRICE);
    assertThat(result.statement().totals()).isEmpty();
  }

  @Test
  void lowersVerdictsInTheSecondPhase() {
    Scene scene = threeSlots();
    scene.register(2).hello(2).readings(2, 0);
    ReservationId reservation = scene.reservations.getFirst().id();
    Deal first = scene.deal("payer", 1, reservation, 10, 1000);
    scene.send(2, 0, CounterNetwork.deal(Scene.sign("payer", first)));
    DeviceSummary second = scene.run().devices().get(1);
    assertThat(second.verdicts()).isEqualTo(Map.of("accepted", 2L, "counter.second", 1L));
  }

  @Test
  void writesOneReasonForEachRecordOfASegment() {
    Scene scene = Scene.withDevices(1);
    scene.send(1, 0, CounterNetwork.reading(2000));
    SegmentVerdicts verdicts = scene.run().segments().getFirst();
    assertThat(verdicts.reasons().toArray()).containsExactly(0, 64);
    assertThat(verdicts.evidence(1)).isEqualTo("2000 above 1000");
    assertThat(verdicts.slot()).isEqualTo(scene.slotNumber(0));
  }

  @Test
  void keepsEvidenceThatIsTextWhenWrittenAndRead() {
    String loneSurrogate = "x".repeat(499) + "\uD83D\uDE00";
    Verdict.Rejected cut = new Verdict.Rejected(CommonReason.MALFORMED, loneSurrogate);
    assertThat(cut.evidence()).isEqualTo("x".repeat(499) + "?");
  }

  @Test
  void skipsSegmentsThatTooFewVerifiersSigned() throws IOException, UnknownRules {
    Scene scene = threeSlots();
    Scene.Files files = scene.files(new Cut(0, 1));
    Segment segment = files.segments().values().iterator().next();
    EpochResult result =
        run(
            scene,
            files,
            new IndexEntry(
                segment.hash(),
                segment.canonical().size(),
                segment.count(),
                scene.signatures(segment.hash(), scene.slotNumber(0), List.of("v1"))));
    assertThat(result.segments()).isEmpty();
    assertThat(result.skipped())
        .containsExactly(new Skipped(Samples.GATEWAY, segment.hash(), Skipped.Cause.NO_QUORUM));
  }

  @Test
  void addsUpTheSignaturesOfSeveralIndexes() throws IOException, UnknownRules {
    Scene scene = threeSlots();
    Scene.Files files = scene.files(new Cut(0, 1));
    Segment segment = files.segments().values().iterator().next();
    IndexEntry[] entries =
        List.of("v1", "v2").stream()
            .map(name ->
                new IndexEntry(
                    segment.hash(),
                    1,
                    1,
                    scene.signatures(segment.hash(), scene.slotNumber(0), List.of(name))))
            .toArray(IndexEntry[]::new);
    assertThat(run(scene, files, entries).segments()).hasSize(1);
  }

  @Test
  void skipsIndexesAndSegmentsOfAnotherEpoch() throws IOException, UnknownRules {
    Scene scene = threeSlots();
    Scene later = scene.after(scene.run());
    Scene.Files files = scene.files(new Cut(0, 1));
    EpochPlan plan = later.plan(files.plan().posted());
    EpochResult result =
        Scene.runner(1).run(ResultPlan.of(plan), files::facts, files::index, CarrySnapshot.EMPTY);
    assertThat(result.skipped())
        .extracting(Skipped::cause)
        .containsExactly(Skipped.Cause.WRONG_INDEX);
    Segment old = files.segments().values().iterator().next();
    IndexEntry entry =
        new IndexEntry(
            old.hash(),
            1,
            1,
            later.signatures(old.hash(), later.slotNumber(0), List.of("v1", "v2")));
    assertThat(run(later, files, entry).skipped())
        .extracting(Skipped::cause)
        .containsExactly(Skipped.Cause.WRONG_SEGMENT);
  }

  @Test
  void failsWhenAnIndexOrASegmentIsMissing() {
    Scene.Files files = threeSlots().files(new Cut(0, 1));
    assertThatThrownBy(() ->
            Scene.runner(1)
                .run(
                    ResultPlan.of(files.plan()),
                    files::facts,
                    _ -> Optional.empty(),
                    CarrySnapshot.EMPTY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not here");
  }

  @Test
  void doesNotGuessRulesThatAreNotInstalled() {
    Scene.Files files = threeSlots().files(new Cut(0, 1));
    LocalRunner nothing = new LocalRunner(new Networks(List.of()), SignatureVerifiers.best(), 1);
    assertThatThrownBy(() ->
            nothing.run(
                ResultPlan.of(files.plan()), files::facts, files::index, CarrySnapshot.EMPTY))
        .isInstanceOf(UnknownRules.class)
        .hasMessageContaining("kind counter");
  }

  @Test
  void refusesAPlanWhoseIndexesAreNotTheContracts() {
    EpochPlan plan = threeSlots().files(new Cut(0, 1)).plan();
    assertThatThrownBy(() ->
            new EpochPlan(
                plan.domain(),
                plan.epoch(),
                0,
                plan.schedule(),
                plan.parent(),
                plan.closeBlock(),
                plan.inputs(),
                plan.operators(),
                plan.devices(),
                plan.networks(),
                plan.reservations(),
                plan.slotBlocks(),
                plan.priceHigh(),
                List.of(),
                plan.economy(),
                plan.deviceStakes(),
                plan.sessionKeys(),
                plan.dues()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("posted");
  }

  /** The leaves of what customers were charged for. */
  private static List<MoneyLeaf> demand(EpochResult result) {
    return result.leaves().stream()
        .filter(leaf -> leaf.kind() == MoneyKind.PAYMENT || leaf.kind() == MoneyKind.CHARGE)
        .toList();
  }

  /** Runs with an index for each of these entries. */
  private static EpochResult run(Scene scene, Scene.Files files, IndexEntry... entries)
      throws IOException, UnknownRules {
    Map<Hash, SegmentIndex> indexes = new TreeMap<>();
    List<PostedIndex> posted = new ArrayList<>();
    for (IndexEntry entry : entries) {
      SegmentIndex index =
          new SegmentIndex(
              Samples.DOMAIN.deployment(), scene.epoch, Samples.GATEWAY, List.of(entry));
      indexes.put(index.hash(), index);
      posted.add(new PostedIndex(Samples.GATEWAY, index.hash()));
    }
    return Scene.runner(1)
        .run(
            ResultPlan.of(scene.plan(posted)),
            files::facts,
            hash -> Optional.ofNullable(indexes.get(hash)),
            scene.carry);
  }

  private static Total total(MoneyKind kind, long amount) {
    return new Total(kind, Samples.NETWORK, BigInteger.valueOf(amount));
  }
}
