package org.groundwork.engine.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.Score;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MoneyStepTest {
  private final Scene scene = new Scene();
  private ReservationId reservation = new ReservationId(Samples.hash("none"));

  @BeforeEach
  void reserve() {
    reservation = scene.reserve("payer", 1, 100, 1000);
    scene.parentSigners = List.of();
  }

  @Test
  void capsADealByItsCap() {
    Deal deal = scene.deal("payer", 1, reservation, 10, 25);
    ChargeLine line = settle(new Entitlement.Proven(deal, 4)).getFirst();
    assertThat(line.outcome()).isEqualTo(MoneyOutcome.ABOVE_CAP);
    assertThat(line.asked()).isEqualTo(Credits.of(40));
    assertThat(line.charged()).isEqualTo(Credits.of(25));
  }

  @Test
  void capsADealByItsReservation() {
    Deal deal = scene.deal("payer", 1, reservation, 60, 1000);
    ChargeLine line = settle(new Entitlement.Proven(deal, 2)).getFirst();
    assertThat(line.outcome()).isEqualTo(MoneyOutcome.ABOVE_RESERVATION);
    assertThat(line.charged()).isEqualTo(Credits.of(100));
    assertThat(line.basis()).isEqualTo(TokenAmount.of(1000));
  }

  @Test
  void survivesProductsOfMoreThan256Bits() {
    Deal small = scene.deal("payer", 1, reservation, 1, 1);
    Credits most = new Credits(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    Deal huge =
        new Deal(
            small.deployment(),
            small.network(),
            small.device(),
            small.payer(),
            small.seller(),
            reservation,
            most,
            most,
            small.startSlot(),
            small.endSlot(),
            Bytes.EMPTY);
    ChargeLine line = settle(new Entitlement.Proven(huge, Long.MAX_VALUE)).getFirst();
    assertThat(line.charged()).isEqualTo(Credits.of(100));
    assertThat(line.asked()).isEqualTo(most);
  }

  @Tag("A20")
  @Test
  void chargesAVoucherOnceAndItsGrowthLater() {
    Voucher voucher = scene.voucher("payer", 1, reservation, "s", 30);
    MoneyResult first = step(scene, CarrySnapshot.EMPTY, new Entitlement.Paid(voucher));
    assertThat(first.lines().getFirst().charged()).isEqualTo(Credits.of(30));
    CarrySnapshot carry = new CarrySnapshot(first.carry());
    MoneyResult again = step(scene, carry, new Entitlement.Paid(voucher));
    assertThat(again.lines().getFirst().outcome()).isEqualTo(MoneyOutcome.ALREADY_CHARGED);
    assertThat(again.totals()).isEmpty();
    assertThat(again.leaves()).isEqualTo(first.leaves());
    Voucher grown = scene.voucher("payer", 1, reservation, "s", 45);
    MoneyResult more = step(scene, carry, new Entitlement.Paid(grown));
    assertThat(more.lines().getFirst().charged()).isEqualTo(Credits.of(15));
  }

  @Test
  void chargesTheHighestOfSeveralVouchersOfASessionOnly() {
    List<ChargeLine> lines =
        settle(
            new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 30)),
            new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 10)),
            new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 30)));
    assertThat(lines).extracting(ChargeLine::charged).containsExactly(c(10), c(20), c(0));
  }

  @Test
  void chargesSessionsApart() {
    List<ChargeLine> lines =
        settle(
            new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 30)),
            new Entitlement.Paid(scene.voucher("payer", 1, reservation, "t", 10)));
    assertThat(lines).extracting(ChargeLine::charged).containsExactlyInAnyOrder(c(30), c(10));
  }

  @Test
  void showsWhatAVoucherAsksAboveItsReservation() {
    ChargeLine line =
        settle(new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 130))).getFirst();
    assertThat(line.outcome()).isEqualTo(MoneyOutcome.ABOVE_RESERVATION);
    assertThat(line.charged()).isEqualTo(c(100));
    assertThat(line.asked()).isEqualTo(c(130));
  }

  @Test
  void refusesAnotherDeployment() {
    Voucher v = scene.voucher("payer", 1, reservation, "s", 30);
    DeploymentId other = new DeploymentId(Samples.hash("other"));
    Voucher foreign =
        new Voucher(
            other, v.network(), v.payer(), v.seller(), reservation, v.session(), v.cumulative());
    assertOutcome(new Entitlement.Paid(foreign), MoneyOutcome.WRONG_DEPLOYMENT);
  }

  @Test
  void refusesAnotherNetwork() {
    Voucher v = scene.voucher("payer", 1, reservation, "s", 30);
    Voucher foreign =
        new Voucher(
            v.deployment(),
            new NetworkId(2),
            v.payer(),
            v.seller(),
            reservation,
            v.session(),
            v.cumulative());
    assertOutcome(new Entitlement.Paid(foreign), MoneyOutcome.WRONG_NETWORK);
  }

  @Test
  void refusesDealsOfAnotherDevice() {
    Deal deal = scene.deal("payer", 2, reservation, 10, 100);
    assertOutcome(new Entitlement.Proven(deal, 1), MoneyOutcome.WRONG_DEVICE);
  }

  @Test
  void refusesUnknownReservations() {
    ReservationId unknown = new ReservationId(Samples.hash("unknown"));
    assertOutcome(
        new Entitlement.Paid(scene.voucher("payer", 1, unknown, "s", 30)),
        MoneyOutcome.UNKNOWN_RESERVATION);
  }

  @Tag("A20")
  @Test
  void refusesAnotherPayerOrSeller() {
    assertOutcome(
        new Entitlement.Paid(scene.voucher("thief", 1, reservation, "s", 30)),
        MoneyOutcome.RESERVATION_MISMATCH);
    assertOutcome(
        new Entitlement.Paid(scene.voucher("payer", 2, reservation, "s", 30)),
        MoneyOutcome.RESERVATION_MISMATCH);
  }

  @Test
  void refusesReservationsOfAnotherNetwork() {
    Reservation r = scene.reservations.removeFirst();
    scene.reservations.add(
        new Reservation(
            r.id(),
            r.payer(),
            new NetworkId(2),
            r.seller(),
            r.credits(),
            r.basis(),
            r.lastEpoch()));
    assertOutcome(
        new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 30)),
        MoneyOutcome.RESERVATION_MISMATCH);
  }

  @Test
  void chargesUpToTheLastEpochOfAReservation() {
    lastEpoch(Samples.EPOCH);
    assertOutcome(
        new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 30)),
        MoneyOutcome.CHARGED);
    lastEpoch(new EpochNumber(Samples.EPOCH.value() - 1));
    assertOutcome(
        new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 30)),
        MoneyOutcome.RESERVATION_OVER);
  }

  @Tag("A30")
  @Test
  void capsPaymentsByThePriceAndLeavesDust() {
    scene.priceHigh = Optional.of(Price.of(100_000_000));
    MoneyResult result =
        step(
            scene,
            CarrySnapshot.EMPTY,
            new Entitlement.Paid(scene.voucher("payer", 1, reservation, "s", 100)));
    // 1,000 tokens of basis for 100 dollars at 1 dollar a token: 90 are paid of 900.
    assertThat(result.lines().getFirst().paid()).isEqualTo(TokenAmount.of(90));
    assertThat(result.dust()).isEqualTo(TokenAmount.of(810));
  }

  private void lastEpoch(EpochNumber last) {
    Reservation r = scene.reservations.removeFirst();
    scene.reservations.add(
        new Reservation(r.id(), r.payer(), r.network(), r.seller(), r.credits(), r.basis(), last));
  }

  private void assertOutcome(Entitlement entitlement, MoneyOutcome expected) {
    ChargeLine line = settle(entitlement).getFirst();
    assertThat(line.outcome()).isEqualTo(expected);
    assertThat(line.charged().isZero()).isEqualTo(expected != MoneyOutcome.CHARGED);
  }

  private List<ChargeLine> settle(Entitlement... entitlements) {
    return step(scene, CarrySnapshot.EMPTY, entitlements).lines();
  }

  private static MoneyResult step(Scene scene, CarrySnapshot carry, Entitlement... entitlements) {
    MoneyStep step = new MoneyStep(scene.plan(List.of()), carry, _ -> Optional.empty());
    Stream.of(entitlements).forEach(e -> step.add(Samples.NETWORK, new Score(new DeviceId(1), e)));
    return step.settle();
  }

  private static Credits c(long value) {
    return Credits.of(value);
  }
}
