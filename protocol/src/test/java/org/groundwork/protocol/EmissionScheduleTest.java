package org.groundwork.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmissionScheduleTest {
  private static final EmissionSchedule SCHEDULE = schedule(1000, 10, 9000, 100_000);

  @Test
  void declinesFromPeriodToPeriodRoundedDownEachTime() {
    EmissionSchedule odd = schedule(7, 2, 5000, 28);
    assertThat(rates(odd, 9)).containsExactly(7, 7, 3, 3, 1, 1, 0, 0, 0);
  }

  @Test
  void sumsAreThoseOfTheRates() {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      long first = random.nextInt(60);
      long last = random.nextInt(60);
      BigInteger sum = BigInteger.ZERO;
      for (long epoch = first; epoch <= last; epoch++) {
        sum = sum.add(SCHEDULE.rateOf(new EpochNumber(epoch)).value());
      }
      assertThat(SCHEDULE.scheduled(new EpochNumber(first), new EpochNumber(last)).value())
          .isEqualTo(sum);
    }
  }

  @Test
  void neverSumsToMoreThanTheHardCap() {
    assertThat(SCHEDULE.scheduled(EpochNumber.FIRST, new EpochNumber(0xFFFF_FFFFL)))
        .isLessThanOrEqualTo(SCHEDULE.hardCap());
    assertThatThrownBy(() -> schedule(1000, 10, 9000, 99_999))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void roundsEachShareDownOnce() {
    EmissionSchedule odd = schedule(7, 2, 5000, 28);
    EpochNumber second = new EpochNumber(1);
    EpochNumber third = new EpochNumber(2);
    // 7 + 7 + 3 of which half, a quarter and a tenth.
    assertThat(odd.bootstrapUpTo(third)).isEqualTo(TokenAmount.of(8));
    assertThat(odd.operatorsBetween(EpochNumber.FIRST, third)).isEqualTo(TokenAmount.of(4));
    assertThat(odd.treasuryBetween(second, third)).isEqualTo(TokenAmount.of(1));
    assertThat(odd.treasuryBetween(third, second)).isEqualTo(TokenAmount.ZERO);
  }

  @Test
  void aBootstrapFallsInAStraightLineToNothing() {
    BootstrapBudget budget = budget(10, 3, 8);
    assertThat(budget.of(new EpochNumber(2))).isEqualTo(TokenAmount.ZERO);
    long[] expected = {10, 8, 6, 4, 2, 0, 0};
    for (int i = 0; i < expected.length; i++) {
      assertThat(budget.of(new EpochNumber(3 + i))).isEqualTo(TokenAmount.of(expected[i]));
    }
    assertThat(budget.upTo(new EpochNumber(1000))).isEqualTo(TokenAmount.of(30));
  }

  @Test
  void aBootstrapRoundsItsSumDownAndNotItsEpochs() {
    BootstrapBudget budget = budget(10, 0, 3);
    // 10, 20/3 and 10/3, of which the sums are 10, 16 and 20.
    assertThat(budget.of(new EpochNumber(0))).isEqualTo(TokenAmount.of(10));
    assertThat(budget.of(new EpochNumber(1))).isEqualTo(TokenAmount.of(6));
    assertThat(budget.of(new EpochNumber(2))).isEqualTo(TokenAmount.of(4));
    assertThat(BootstrapBudget.NONE.upTo(new EpochNumber(5))).isEqualTo(TokenAmount.ZERO);
  }

  @Test
  void sharesOperatorsAndGatewaysRoundedDownTwice() {
    BasisPoints share = new BasisPoints(999);
    assertThat(PaymentRule.operatorsShare(TokenAmount.of(151), share))
        .isEqualTo(TokenAmount.of(15));
    assertThat(PaymentRule.gatewayShare(TokenAmount.of(151), share)).isEqualTo(TokenAmount.of(7));
  }

  private static long[] rates(EmissionSchedule schedule, int epochs) {
    long[] rates = new long[epochs];
    for (int i = 0; i < epochs; i++) {
      rates[i] = schedule.rateOf(new EpochNumber(i)).value().longValueExact();
    }
    return rates;
  }

  private static EmissionSchedule schedule(long rate, long period, int decline, long cap) {
    return new EmissionSchedule(
        TokenAmount.of(rate),
        period,
        new BasisPoints(decline),
        TokenAmount.of(cap),
        new BasisPoints(5000),
        new BasisPoints(2500),
        new BasisPoints(1000),
        AccountId.ZERO);
  }

  private static BootstrapBudget budget(long initial, long start, long end) {
    return new BootstrapBudget(
        TokenAmount.of(initial),
        new EpochNumber(start),
        new EpochNumber(end),
        new BasisPoints(10_000),
        1,
        TokenAmount.ZERO);
  }
}
