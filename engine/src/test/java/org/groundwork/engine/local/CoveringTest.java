package org.groundwork.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultDues;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.Keccak256;
import org.junit.jupiter.api.Test;

/** A result that covers skipped epochs. */
class CoveringTest {
  private final Scene first = scene();
  private final Scene second = next();

  @Test
  void comesToWhatTheEpochsComeToOneAfterTheOther() throws Exception {
    EpochResult covering = run(first, second);
    assertThat(charged(covering)).isEqualTo(Credits.of(20 + 30));
    assertThat(covering.first()).isEqualTo(first.epoch);
    assertThat(covering.statement().epoch()).isEqualTo(second.epoch);
    assertThat(covering.devices()).hasSize(1);
    assertThat(covering.devices().getFirst().charged()).isEqualTo(Credits.of(50));
    assertThat(total(covering, MoneyKind.CHARGE)).isEqualTo(50);
    assertThat(covering.leaves())
        .filteredOn(leaf -> leaf.kind() == MoneyKind.CHARGE)
        .extracting(leaf -> leaf.cumulative().longValueExact())
        .containsExactly(50L);
  }

  @Test
  void foldsTheInputsOfItsEpochs() throws Exception {
    Hash one = files(first).plan().inputs();
    Hash two = files(second).plan().inputs();
    assertThat(run(first, second).statement().inputs())
        .isEqualTo(Keccak256.hash(one.toArray(), two.toArray()));
  }

  @Test
  void paysDutyAndTreasuryOnceForAllItsEpochs() throws Exception {
    EpochResult covering = run(first, second);
    // 5% and 10% of 2 * 999: rounded down once, then among four.
    assertThat(total(covering, MoneyKind.TREASURY)).isEqualTo(99);
    assertThat(total(covering, MoneyKind.DUTY)).isEqualTo(4 * 49);
  }

  @Test
  void keepsThePoolsOfAllItsEpochsForTheNextResult() throws Exception {
    EpochResult covering = run(first, second);
    Scene third = second.after(covering);
    EpochResult after = third.run();
    // 200 and 300 of basis leave 5% to operators, of which the gateway gets half each time: the
    // pools are 10 - 5 and 15 - 7.
    assertThat(total(covering, MoneyKind.OPERATIONS)).isEqualTo(5 + 7);
    assertThat(total(after, MoneyKind.OPERATIONS)).isEqualTo(4 * 3);
  }

  @Test
  void isReadBackFromItsFiles() throws IOException, UnknownRules, Malformed {
    EpochResult covering = run(first, second);
    PublishedResult published = covering.published();
    assertThat(ResultFiles.decode(ResultFiles.encode(published, List.of()))).isEqualTo(published);
    assertThat(covering.published().covers(first.epoch)).isTrue();
    assertThat(covering.published().covers(second.epoch)).isTrue();
    assertThat(covering.published().covers(second.epoch.next())).isFalse();
  }

  @Test
  void refusesEpochsThatDoNotFollowEachOther() {
    EpochPlan one = files(first).plan();
    assertThatThrownBy(() -> new ResultPlan(List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class);
    EpochPlan alone = with(files(second).plan(), Optional.empty());
    assertThatThrownBy(() -> new ResultPlan(List.of(alone)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The dues of both in the first, as the chain's reader gives them. */
  private static EpochResult run(Scene first, Scene second) throws IOException, UnknownRules {
    Scene.Files one = files(first);
    Scene.Files two = files(second);
    ResultDues own = one.plan().dues().orElseThrow();
    ResultDues dues = new ResultDues(first.epoch, second.epoch, own.parent());
    ResultPlan plan =
        new ResultPlan(
            List.of(with(one.plan(), Optional.of(dues)), with(two.plan(), Optional.empty())));
    return Scene.runner(2)
        .run(
            plan,
            hash -> one.segments().containsKey(hash) ? one.facts(hash) : two.facts(hash),
            hash -> one.index(hash).or(() -> two.index(hash)),
            first.carry);
  }

  private static Scene.Files files(Scene scene) {
    return scene.files(new Cut(3, 1));
  }

  private static EpochPlan with(EpochPlan plan, Optional<ResultDues> dues) {
    return new EpochPlan(
        plan.domain(),
        plan.epoch(),
        plan.attempt(),
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
        plan.posted(),
        plan.economy(),
        plan.deviceStakes(),
        plan.sessionKeys(),
        dues);
  }

  private static Scene scene() {
    Scene scene = Scene.withDevices(1);
    scene.emission =
        new EmissionSchedule(
            TokenAmount.of(999),
            1000,
            new BasisPoints(5000),
            TokenAmount.of(10_000_000),
            new BasisPoints(0),
            new BasisPoints(1000),
            new BasisPoints(500),
            Samples.account("treasury"));
    ReservationId reservation = scene.reserve("alice", 1, 1000, 10_000);
    scene.agree("alice", scene.deal("alice", 1, reservation, 10, 1000));
    return scene.readings(1, 0, 1);
  }

  private Scene next() {
    Scene next = new Scene();
    next.devices.addAll(first.devices);
    next.reservations.addAll(first.reservations);
    next.emission = first.emission;
    next.epoch = new EpochNumber(first.epoch.value() + 1);
    return next.readings(1, 0, 2, 3);
  }

  private static Credits charged(EpochResult result) {
    return result.charges().stream()
        .map(line -> line.charged())
        .reduce(Credits.ZERO, Credits::plus);
  }

  private static long total(EpochResult result, MoneyKind kind) {
    return result.statement().totals().stream()
        .filter(total -> total.kind() == kind)
        .map(Total::amount)
        .reduce(BigInteger.ZERO, BigInteger::add)
        .longValueExact();
  }
}
