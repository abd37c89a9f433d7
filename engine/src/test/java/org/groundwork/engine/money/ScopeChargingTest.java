package org.groundwork.engine.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Score;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One signature of a customer pays all devices of the cells that it names. */
class ScopeChargingTest {
  private static final AccountId POOL =
      NetworkPool.of(Samples.DOMAIN.deployment(), Samples.NETWORK);
  private static final long CELL = 70;
  private static final long NEXT = 71;

  private final Scene scene = new Scene();
  private ReservationId reservation = new ReservationId(Samples.hash("none"));

  @BeforeEach
  void reserve() {
    scene.parentSigners = List.of();
    for (long device = 1; device <= 4; device++) {
      scene.register(device);
    }
    reservation = scene.reserve("payer", POOL, Credits.of(1000), TokenAmount.of(500));
  }

  @Test
  void aCellChargesTheRateOnceAndItsDevicesShareThePaymentByWeight() {
    ScopeTerms deal = deal(100, 1000);
    MoneyResult result =
        settle(score(1, deal, CELL, 50), score(2, deal, CELL, 30), score(3, deal, CELL, 20));
    assertThat(result.lines()).extracting(ChargeLine::charged).containsExactly(c(50), c(30), c(20));
    assertThat(result.lines()).extracting(ChargeLine::basis).containsExactly(t(25), t(15), t(10));
    // Nine tenths of the basis, each share rounded down; all at once would be 45.
    assertThat(result.lines()).extracting(ChargeLine::paid).containsExactly(t(22), t(13), t(9));
    assertThat(result.lines()).extracting(ChargeLine::seller).doesNotContain(POOL);
    assertThat(total(result, MoneyKind.CHARGE)).isEqualTo(100);
    assertThat(total(result, MoneyKind.PAYMENT)).isEqualTo(44);
    assertThat(result.dust()).isEqualTo(t(1));
    assertThat(result.leaves())
        .contains(leaf(MoneyKind.PAYMENT, 2, 13))
        .contains(
            new MoneyLeaf(
                MoneyKind.CHARGE, Samples.NETWORK, reservation.hash(), BigInteger.valueOf(100)));
  }

  @Test
  void cellsWithoutWeightCostNothing() {
    ScopeTerms deal = deal(100, 1000);
    MoneyResult result = settle(score(1, deal, CELL, 0), score(2, deal, NEXT, 7));
    assertThat(result.lines()).extracting(ChargeLine::device).containsExactly(new DeviceId(2));
    assertThat(total(result, MoneyKind.CHARGE)).isEqualTo(100);
    assertThat(settle(score(1, deal, CELL, 0)).lines()).isEmpty();
  }

  @Tag("A7")
  @Test
  void oneOwnerWithManyDevicesGetsNoMoreThanTheCellCharges() {
    for (long device = 1; device <= 4; device++) {
      scene.register(device, Scene.owner(1), Samples.deviceKey(device).publicKey());
    }
    ScopeTerms deal = deal(100, 1000);
    MoneyResult alone = settle(score(1, deal, CELL, 9));
    MoneyResult many =
        settle(
            score(1, deal, CELL, 9),
            score(2, deal, CELL, 9),
            score(3, deal, CELL, 9),
            score(4, deal, CELL, 9));
    assertThat(alone.leaves()).contains(leaf(MoneyKind.PAYMENT, 1, 45));
    assertThat(total(many, MoneyKind.CHARGE)).isEqualTo(100);
    // 25 credits of 1,000 are 12 or 13 tokens of basis.
    assertThat(many.leaves()).contains(leaf(MoneyKind.PAYMENT, 1, 10 + 11 + 10 + 11));
  }

  @Test
  void aDeviceIsPaidByEachScopeThatCoversIt() {
    MoneyResult result =
        settle(score(1, deal(100, 1000), CELL, 1), score(1, deal(60, 1000), CELL, 1));
    assertThat(result.lines())
        .extracting(ChargeLine::charged)
        .containsExactlyInAnyOrder(c(100), c(60));
  }

  @Test
  void severalScoresOfADeviceInACellAddUp() {
    ScopeTerms deal = deal(100, 1000);
    MoneyResult result =
        settle(score(1, deal, CELL, 10), score(2, deal, CELL, 60), score(1, deal, CELL, 30));
    assertThat(result.lines()).extracting(ChargeLine::charged).containsExactly(c(40), c(60));
  }

  @Test
  void theCapHoldsOverCellsAndEpochs() {
    ScopeTerms deal = deal(100, 250);
    MoneyResult first = settle(score(1, deal, CELL, 1), score(2, deal, NEXT, 1));
    assertThat(total(first, MoneyKind.CHARGE)).isEqualTo(200);
    MoneyResult second =
        settle(
            new CarrySnapshot(first.carry()),
            score(1, deal, CELL, 3),
            score(2, deal, CELL, 2),
            score(2, deal, NEXT, 1));
    assertThat(second.lines()).extracting(ChargeLine::outcome).containsOnly(MoneyOutcome.ABOVE_CAP);
    assertThat(second.lines()).extracting(ChargeLine::charged).containsExactly(c(30), c(20), c(0));
    assertThat(second.lines()).extracting(ChargeLine::asked).containsExactly(c(60), c(40), c(100));
  }

  @Test
  void whatTheReservationCannotBearIsVoidForAllOfTheCellAlike() {
    ScopeTerms deal = deal(1500, 5000);
    MoneyResult result = settle(score(1, deal, CELL, 1), score(2, deal, CELL, 3));
    assertThat(result.lines())
        .extracting(ChargeLine::outcome)
        .containsOnly(MoneyOutcome.ABOVE_RESERVATION);
    assertThat(result.lines()).extracting(ChargeLine::charged).containsExactly(c(250), c(750));
    assertThat(total(result, MoneyKind.BASIS)).isEqualTo(500);
  }

  @Test
  void devicesThatTheNetworkDoesNotHaveShareNothing() {
    ScopeTerms deal = deal(100, 1000);
    MoneyResult result = settle(score(1, deal, CELL, 1), score(99, deal, CELL, 1));
    assertThat(result.lines()).extracting(ChargeLine::charged).containsExactly(c(100));
    assertThat(settle(score(99, deal, CELL, 1)).lines()).isEmpty();
  }

  @Test
  void chargesOnlyInItsEpochs() {
    assertOutcome(
        deal(new EpochNumber(1), new EpochNumber(6), reservation), MoneyOutcome.OUTSIDE_EPOCHS);
    assertOutcome(
        deal(new EpochNumber(8), new EpochNumber(9), reservation), MoneyOutcome.OUTSIDE_EPOCHS);
    assertOutcome(deal(Samples.EPOCH, Samples.EPOCH, reservation), MoneyOutcome.CHARGED);
  }

  @Tag("A20")
  @Test
  void chargesNoReservationThatIsNotForThePool() {
    ReservationId forOne = scene.reserve("payer", 1, 1000, 500);
    assertOutcome(deal(Samples.EPOCH, Samples.EPOCH, forOne), MoneyOutcome.RESERVATION_MISMATCH);
    ReservationId ofThief = scene.reserve("thief", POOL, Credits.of(1000), TokenAmount.of(500));
    assertOutcome(deal(Samples.EPOCH, Samples.EPOCH, ofThief), MoneyOutcome.RESERVATION_MISMATCH);
  }

  @Test
  void chargesNothingOfAnotherDeploymentOrNetwork() {
    ScopeTerms deal = deal(100, 1000);
    DeploymentId elsewhere = new DeploymentId(Samples.hash("elsewhere"));
    assertOutcome(terms(elsewhere, deal.network(), deal), MoneyOutcome.WRONG_DEPLOYMENT);
    assertOutcome(terms(deal.deployment(), new NetworkId(2), deal), MoneyOutcome.WRONG_NETWORK);
  }

  @Tag("A23")
  @Test
  void neverPaysMoreThanOnePaymentOfTheChargeInWhateverOrderScoresCome() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      BigInteger rate = new BigInteger(1 + random.nextInt(70), random);
      BigInteger cap = new BigInteger(1 + random.nextInt(72), random);
      scene.reservations.clear();
      scene.priceHigh = Optional.of(Price.of(1 + random.nextLong(1L << random.nextInt(40))));
      reservation =
          scene.reserve(
              "payer",
              POOL,
              new Credits(new BigInteger(1 + random.nextInt(72), random).add(BigInteger.ONE)),
              new TokenAmount(new BigInteger(70, random)));
      ScopeTerms deal = deal(new Credits(rate), new Credits(cap));
      List<Score> scores = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        long weight = random.nextInt(4) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 62));
        scores.add(score(1 + random.nextInt(4), deal, CELL, weight));
      }
      MoneyResult result = settle(scores.toArray(Score[]::new));
      check(result, deal);
      Collections.shuffle(scores, random);
      assertThat(settle(scores.toArray(Score[]::new))).as("seed %s", seed).isEqualTo(result);
    }
  }

  private void check(MoneyResult result, ScopeTerms deal) {
    BigInteger asked = deal.rate().value().min(deal.cap().value());
    BigInteger charge = asked.min(scene.reservations.getFirst().credits().value());
    BigInteger charged = sum(result.lines().stream().map(line -> line.charged().value()).toList());
    BigInteger basis = sum(result.lines().stream().map(line -> line.basis().value()).toList());
    BigInteger paid = sum(result.lines().stream().map(line -> line.paid().value()).toList());
    if (!result.lines().isEmpty()) {
      assertThat(charged).isEqualTo(charge);
    }
    TokenAmount whole =
        PaymentRule.payment(
            new TokenAmount(basis),
            new Credits(charged),
            scene.priceHigh.orElseThrow(),
            scene.margin);
    assertThat(paid).isLessThanOrEqualTo(whole.value());
    // Of each part at most two units are lost: the basis' and the payment's rounding.
    BigInteger lost = whole.value().subtract(paid);
    assertThat(lost).isLessThanOrEqualTo(BigInteger.valueOf(2L * result.lines().size()));
  }

  private void assertOutcome(ScopeTerms deal, MoneyOutcome expected) {
    ChargeLine line = settle(score(1, deal, CELL, 1)).lines().getFirst();
    assertThat(line.outcome()).isEqualTo(expected);
    assertThat(line.charged().isZero()).isEqualTo(expected != MoneyOutcome.CHARGED);
    assertThat(line.asked()).isEqualTo(c(100));
  }

  private ScopeTerms deal(long rate, long cap) {
    return deal(c(rate), c(cap));
  }

  private ScopeTerms deal(Credits rate, Credits cap) {
    return new ScopeTerms(
        Samples.DOMAIN.deployment(),
        Samples.NETWORK,
        Samples.hash("nonce"),
        Samples.key("payer").account(),
        reservation,
        Samples.hash("cells"),
        rate,
        cap,
        Samples.EPOCH,
        new EpochNumber(1000));
  }

  private static ScopeTerms deal(EpochNumber first, EpochNumber last, ReservationId reservation) {
    return new ScopeTerms(
        Samples.DOMAIN.deployment(),
        Samples.NETWORK,
        Samples.hash("nonce"),
        Samples.key("payer").account(),
        reservation,
        Samples.hash("cells"),
        c(100),
        c(1000),
        first,
        last);
  }

  private static ScopeTerms terms(DeploymentId deployment, NetworkId network, ScopeTerms deal) {
    return new ScopeTerms(
        deployment,
        network,
        deal.nonce(),
        deal.payer(),
        deal.reservation(),
        deal.cells(),
        deal.rate(),
        deal.cap(),
        deal.firstEpoch(),
        deal.lastEpoch());
  }

  private MoneyResult settle(Score... scores) {
    return settle(CarrySnapshot.EMPTY, scores);
  }

  private MoneyResult settle(CarrySnapshot carry, Score... scores) {
    MoneyStep step = new MoneyStep(scene.plan(List.of()), carry, _ -> Optional.empty());
    List.of(scores).forEach(score -> step.add(Samples.NETWORK, score));
    return step.settle();
  }

  private static Score score(long device, ScopeTerms deal, long cell, long weight) {
    return new Score(new DeviceId(device), new Entitlement.Scope(deal, cell, weight));
  }

  private static MoneyLeaf leaf(MoneyKind kind, long owner, long amount) {
    return new MoneyLeaf(
        kind, Samples.NETWORK, Scene.owner(owner).toSubject(), BigInteger.valueOf(amount));
  }

  private static long total(MoneyResult result, MoneyKind kind) {
    return result.totals().stream()
        .filter(total -> total.kind() == kind)
        .map(Total::amount)
        .mapToLong(BigInteger::longValueExact)
        .sum();
  }

  private static BigInteger sum(List<BigInteger> amounts) {
    return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static Credits c(long value) {
    return Credits.of(value);
  }

  private static TokenAmount t(long value) {
    return TokenAmount.of(value);
  }
}
