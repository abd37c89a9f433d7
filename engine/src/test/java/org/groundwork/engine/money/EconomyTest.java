package org.groundwork.engine.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Device;
import org.groundwork.rules.SessionKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kinds 4 to 8: who earns what besides sellers, and what stakes lose. */
class EconomyTest {
  private static final AccountId GATEWAY = Scene.operator("gateway");
  private static final AccountId TREASURY = Samples.account("treasury");

  @Test
  void theGatewayGetsHalfOfTheOperatorsShareAndVerifiersTheRestOneResultLater() {
    Scene scene = charging(1000);
    EpochResult first = scene.run();
    // m is 10%, half of it the operators': 50 of 1,000, of which the gateway gets 25.
    assertThat(earned(first, MoneyKind.OPERATIONS, GATEWAY)).isEqualTo(25);
    assertThat(total(first, MoneyKind.OPERATIONS)).isEqualTo(25);
    EpochResult second = scene.after(first).run();
    for (String name : List.of("v1", "v2", "v3", "v4")) {
      assertThat(earned(second, MoneyKind.OPERATIONS, Scene.operator(name))).isEqualTo(6);
    }
    assertThat(total(second, MoneyKind.OPERATIONS)).isEqualTo(24);
    EpochResult third = scene.after(first).after(second).run();
    assertThat(total(third, MoneyKind.OPERATIONS)).isZero();
  }

  @Test
  void whatVerifiersWhoDidNotSignWouldHaveGotIsBurned() {
    Scene scene = charging(1000);
    Scene next = scene.after(scene.run());
    next.parentSigners = List.of("v1", "v2", "v3");
    EpochResult second = next.run();
    assertThat(total(second, MoneyKind.OPERATIONS)).isEqualTo(18);
    assertThat(earned(second, MoneyKind.OPERATIONS, Scene.operator("v4"))).isZero();
    assertThat(total(next.after(second).run(), MoneyKind.OPERATIONS)).isZero();
  }

  @Test
  void dutyTopsThePoolsUpToTheOperatorsShareOfEmission() {
    Scene scene = charging(1000);
    scene.emission = emission(1000, 0, 1000, 0);
    EpochResult first = scene.run();
    // Nothing is in a pool yet: all of the 100 is duty.
    assertThat(total(first, MoneyKind.DUTY)).isEqualTo(100);
    EpochResult second = scene.after(first).run();
    // The pool of 25 leaves 75 to top up, of which each of four gets 18.
    assertThat(total(second, MoneyKind.OPERATIONS)).isEqualTo(24);
    assertThat(total(second, MoneyKind.DUTY)).isEqualTo(72);
    assertThat(earned(second, MoneyKind.DUTY, Scene.operator("v1"))).isEqualTo(25 + 18);
  }

  @Test
  void theTreasuryGetsItsShareOfTheScheduleAndNoMore() {
    Scene scene = Scene.withDevices(1);
    scene.emission = emission(1000, 0, 0, 555);
    EpochResult first = scene.run();
    assertThat(total(first, MoneyKind.TREASURY)).isEqualTo(55);
    EpochResult second = scene.after(first).run();
    assertThat(earned(second, MoneyKind.TREASURY, TREASURY)).isEqualTo(110);
  }

  @Tag("A7")
  @Test
  void aBudgetIsSharedByCapacityAndPaidAfterVesting() {
    Scene scene = Scene.withDevices(1, 2);
    bootstrap(scene, 100, 10_000, 10);
    EpochResult first = capacity(scene, 1, 2).run();
    assertThat(lines(first, Cause.AWARDED)).containsExactly(33L, 66L);
    assertThat(total(first, MoneyKind.BOOTSTRAP)).isZero();
    Scene next = scene.after(first);
    EpochResult second = next.run();
    assertThat(total(second, MoneyKind.BOOTSTRAP)).isZero();
    EpochResult third = next.after(second).run();
    assertThat(total(third, MoneyKind.BOOTSTRAP)).isEqualTo(99);
    assertThat(earned(third, MoneyKind.BOOTSTRAP, Scene.owner(2))).isEqualTo(66);
    EpochResult fourth = next.after(second).after(third).run();
    assertThat(total(fourth, MoneyKind.BOOTSTRAP)).isZero();
    assertThat(earned(fourth, MoneyKind.BOOTSTRAP, Scene.owner(2))).isEqualTo(66);
  }

  @Tag("A6")
  @Tag("A34")
  @Test
  void anAwardIsPaidToTheOwnerAtTheAward() {
    Scene scene = Scene.withDevices(1);
    bootstrap(scene, 100, 10_000, 10);
    Scene second = scene.after(capacity(scene, 1).run());
    Device device = second.devices.getFirst();
    second.register(1, Samples.account("buyer"), device.key());
    Scene third = second.after(second.run());
    assertThat(earned(third.run(), MoneyKind.BOOTSTRAP, Scene.owner(1))).isEqualTo(100);
  }

  @Tag("A7")
  @Test
  void oneCellGetsNoMoreThanItsCapAndTheRestIsNotEarned() {
    Scene scene = Scene.withDevices(1, 2, 3);
    bootstrap(scene, 1000, 4000, 10);
    cell(scene, 1, 7);
    cell(scene, 2, 7);
    cell(scene, 3, 8);
    // Cell 7 would get 900 and may have 400, 1 to 2; cell 8 gets its 100.
    EpochResult result = capacity(scene, 3, 6, 1).run();
    assertThat(lines(result, Cause.AWARDED)).containsExactly(133L, 266L, 100L);
  }

  @Tag("A1")
  @Test
  void soManyNewDevicesAreAdmittedInAnEpochInTheOrderOfTheirIds() {
    Scene scene = Scene.withDevices(1, 2, 3);
    bootstrap(scene, 100, 10_000, 2);
    EpochResult first = capacity(scene, 1, 1, 1).run();
    assertThat(lines(first, Cause.AWARDED)).containsExactly(50L, 50L);
    EpochResult second = capacity(scene.after(first), 1, 1, 1).run();
    assertThat(lines(second, Cause.AWARDED)).hasSize(3);
  }

  @Test
  void devicesWithoutEnoughStakeOrOnTheirWayOutTakeNoPart() {
    Scene scene = Scene.withDevices(1, 2, 3);
    bootstrap(scene, 100, 10_000, 10);
    scene.deviceStakes.clear();
    scene.stake(1, 49);
    scene.deviceStakes.add(new DeviceStake(new DeviceId(2), TokenAmount.of(50), true));
    scene.stake(3, 50);
    EpochResult result = capacity(scene, 1, 1, 1).run();
    assertThat(result.economy())
        .singleElement()
        .satisfies(line -> assertThat(line.device()).contains(new DeviceId(3)))
        .satisfies(line -> assertThat(line.amount()).isEqualTo(TokenAmount.of(100)));
  }

  @Test
  void budgetsStayWithinBootstrapsShareOfTheSchedule() {
    Scene scene = Scene.withDevices(1);
    bootstrap(scene, 1000, 10_000, 10);
    scene.emission = emission(1000, 300, 0, 0);
    assertThat(lines(capacity(scene, 1).run(), Cause.AWARDED)).containsExactly(30L);
  }

  @Test
  void aSlashForfeitsWhatIsNotPayableYet() {
    Scene scene = Scene.withDevices(1, 2);
    bootstrap(scene, 100, 10_000, 10);
    Scene second = scene.after(capacity(scene, 1, 1).run());
    second.send(1, 1, CounterNetwork.offence(100));
    EpochResult slashed = capacity(second, 5, 5).run();
    assertThat(lines(slashed, Cause.FORFEITED)).containsExactly(50L);
    // The slashed device takes no part: all of it is the other's.
    assertThat(lines(slashed, Cause.AWARDED)).containsExactly(80L);
    EpochResult third = second.after(slashed).run();
    assertThat(earned(third, MoneyKind.BOOTSTRAP, Scene.owner(1))).isZero();
    assertThat(earned(third, MoneyKind.BOOTSTRAP, Scene.owner(2))).isEqualTo(50);
  }

  @Test
  void slashesAddUpToTheStakeAtMost() {
    Scene scene = Scene.withDevices(1).stake(1, 1001);
    scene.send(1, 1, CounterNetwork.offence(5000));
    scene.send(1, 1, CounterNetwork.offence(9000));
    EpochResult first = scene.run();
    assertThat(slash(first, 1)).isEqualTo(1000);
    assertThat(lines(first, Cause.SLASHED)).containsExactly(500L, 500L);
    assertThat(first.statement().totals()).noneMatch(total -> total.kind() == MoneyKind.SLASH);
    Scene next = scene.after(first);
    next.send(1, 1, CounterNetwork.offence(1000));
    assertThat(slash(next.run(), 1)).isEqualTo(1100);
  }

  @Test
  void everyStakeHasItsLeafWithNothingWhenNothingWasSlashed() {
    Scene scene = Scene.withDevices(1, 2).stake(1, 5);
    List<MoneyLeaf> leaves = slashLeaves(scene.run());
    assertThat(leaves).hasSize(4 + 1 + 1).allMatch(leaf -> leaf.cumulative().signum() == 0);
    assertThat(leaves.stream().filter(leaf -> leaf.network().equals(NetworkId.NONE))).hasSize(5);
    Hash verifier =
        Hash.fromHex("0x" + "00".repeat(11) + "01" + Scene.operator("v1").toHex().substring(2));
    assertThat(leaves).anyMatch(leaf -> leaf.subject().equals(verifier));
  }

  @Test
  void aSessionKeyChargesUpToItsLimitOverAllItsVouchers() {
    Scene scene = Scene.withDevices(1);
    ReservationId reservation = scene.reserve("alice", 1, 1000, 1000);
    session(scene, 50);
    scene.pay("key", 1, scene.voucher("alice", 1, reservation, "s", 30));
    scene.pay("key", 1, scene.voucher("alice", 1, reservation, "t", 30));
    EpochResult first = scene.run();
    assertThat(charged(first)).containsExactlyInAnyOrder(30L, 20L);
    assertThat(first.charges())
        .extracting(ChargeLine::outcome)
        .containsExactlyInAnyOrder(MoneyOutcome.CHARGED, MoneyOutcome.ABOVE_SESSION_LIMIT);
    Scene next = scene.after(first);
    next.pay("key", 1, next.voucher("alice", 1, reservation, "u", 10));
    next.pay("alice", 1, next.voucher("alice", 1, reservation, "v", 40));
    assertThat(charged(next.run())).containsExactlyInAnyOrder(0L, 40L);
  }

  @Test
  void aKeyThatTheChainDoesNotKnowSignsNothing() {
    Scene scene = Scene.withDevices(1);
    ReservationId reservation = scene.reserve("alice", 1, 1000, 1000);
    session(scene, 50);
    scene.sessionKeys.clear();
    scene.pay("key", 1, scene.voucher("alice", 1, reservation, "s", 30));
    EpochResult result = scene.run();
    assertThat(result.charges()).isEmpty();
  }

  /** A device whose only deal charges a reservation with this basis whole. */
  private static Scene charging(long basis) {
    Scene scene = Scene.withDevices(1);
    ReservationId reservation = scene.reserve("alice", 1, 100, basis);
    scene.agree("alice", scene.deal("alice", 1, reservation, 100, 100));
    return scene.readings(1, 0);
  }

  private static void session(Scene scene, long limit) {
    scene.sessionKeys.add(
        new SessionKey(
            Samples.key("alice").account(),
            Samples.key("key").account(),
            Samples.NETWORK,
            Credits.of(limit)));
  }

  private static void bootstrap(Scene scene, long initial, int maxCell, int admissions) {
    scene.emission = emission(1_000_000, 10_000, 0, 0);
    scene.bootstrap =
        new BootstrapBudget(
            TokenAmount.of(initial),
            Samples.EPOCH,
            new EpochNumber(Samples.EPOCH.value() + 5),
            new BasisPoints(maxCell),
            admissions,
            TokenAmount.of(50));
    scene.devices.forEach(device -> scene.stake(device.id().value(), 50));
  }

  /** Devices 1, 2, ... say that they have this capacity. */
  private static Scene capacity(Scene scene, long... units) {
    for (int i = 0; i < units.length; i++) {
      scene.send(i + 1, 1, CounterNetwork.capacity(units[i]));
    }
    return scene;
  }

  private static void cell(Scene scene, long id, long cell) {
    scene.devices.replaceAll(
        d -> d.id().value() == id ? new Device(d.id(), d.network(), d.owner(), d.key(), cell) : d);
  }

  private static EmissionSchedule emission(long rate, int bootstrap, int operators, int treasury) {
    return new EmissionSchedule(
        TokenAmount.of(rate),
        1000,
        new BasisPoints(5000),
        TokenAmount.of(rate * 2000),
        new BasisPoints(bootstrap),
        new BasisPoints(operators),
        new BasisPoints(treasury),
        TREASURY);
  }

  private static List<Long> charged(EpochResult result) {
    return result.charges().stream().map(line -> line.charged().value().longValueExact()).toList();
  }

  private static List<Long> lines(EpochResult result, Cause cause) {
    return result.economy().stream()
        .filter(line -> line.cause() == cause)
        .map(line -> line.amount().value().longValueExact())
        .toList();
  }

  private static long earned(EpochResult result, MoneyKind kind, AccountId account) {
    return result.leaves().stream()
        .filter(leaf -> leaf.kind() == kind && leaf.subject().equals(account.toSubject()))
        .map(MoneyLeaf::cumulative)
        .reduce(BigInteger.ZERO, BigInteger::add)
        .longValueExact();
  }

  private static long total(EpochResult result, MoneyKind kind) {
    return result.statement().totals().stream()
        .filter(total -> total.kind() == kind)
        .mapToLong(total -> total.amount().longValueExact())
        .sum();
  }

  private static List<MoneyLeaf> slashLeaves(EpochResult result) {
    return result.leaves().stream().filter(leaf -> leaf.kind() == MoneyKind.SLASH).toList();
  }

  private static long slash(EpochResult result, long device) {
    return slashLeaves(result).stream()
        .filter(leaf -> leaf.subject().equals(DeviceStake.subject(new DeviceId(device))))
        .findFirst()
        .orElseThrow()
        .cumulative()
        .longValueExact();
  }
}
