package org.groundwork.networks.storage.arweave;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import org.groundwork.protocol.Credits;
import org.junit.jupiter.api.Test;

class EndowmentTest {
  private static final long GIB = 1L << 30;

  /** A slot of a minute, pieces as of any 3 of 6, half a percent a year, 5% on top. */
  private static final Endowment USUAL = new Endowment(525_600, 3, 6, 50, 500, 0);

  private static Credits credits(long value) {
    return Credits.of(value);
  }

  /** Worked by hand: 2 GiB stored, 525,600 slots, 200 years' worth, a twentieth on top. */
  @Test
  void aGibibytePaysTwoHundredFirstYearsAndTheMargin() {
    assertThat(USUAL.cost(GIB, 0, credits(1000), 1)).isEqualTo(credits(2000));
    assertThat(USUAL.cost(GIB, 1, credits(1000), 525_600)).isEqualTo(credits(1_051_200_000L));
    assertThat(USUAL.price(GIB, credits(1000))).isEqualTo(credits(220_752_000_000L));
  }

  @Test
  void everyDivisionRoundsUp() {
    Endowment odd = new Endowment(1, 3, 4, 3333, 1, 0);
    // ceil(4/3) = 2 stored; ceil(2 * 7 / 2^30) = 1; ceil(10000 / 3333) = 4; ceil(4 * 1.0001) = 5.
    assertThat(odd.price(1, credits(7))).isEqualTo(credits(5));
    assertThat(odd.price(0, credits(7))).isEqualTo(credits(0));
  }

  @Test
  void everyItemPaysForWhatItCostsBesideItsBytes() {
    Endowment overhead = new Endowment(525_600, 3, 6, 50, 500, GIB);
    assertThat(overhead.price(0, credits(1000))).isEqualTo(USUAL.price(GIB, credits(1000)));
  }

  /** perpetual = firstYear * replicas / -ln(0.995), then 21/20. */
  @Test
  void thePriceIsArweavesWithinAThirdOfAPercentAndNeverBelow() {
    BigDecimal logarithm = new BigDecimal("0.005012541823544286");
    BigDecimal firstYear = new BigDecimal(1000L * 525_600 * 2);
    BigDecimal arweave =
        firstYear.divide(logarithm, MathContext.DECIMAL128).multiply(new BigDecimal("1.05"));
    BigDecimal ours = new BigDecimal(USUAL.price(GIB, credits(1000)).value());
    BigDecimal ratio = ours.divide(arweave, MathContext.DECIMAL128);
    assertThat(ratio).isBetween(new BigDecimal("1.002"), new BigDecimal("1.003"));
  }

  @Test
  void whatWasPaidLastsForEverIfThePriceFallsAsAssumed() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      long bytes = 1 + random.nextLong(1L << 40);
      Credits price = new Credits(BigInteger.valueOf(1 + random.nextLong(1L << 50)));
      Endowment endowment =
          new Endowment(
              1 + random.nextInt(1_000_000),
              3,
              6,
              1 + random.nextInt(9_999),
              random.nextInt(2_000),
              random.nextInt(10_000));
      Credits paid = endowment.price(bytes, price);
      assertThat(endowment.lasts(paid, bytes, 1, price, endowment.declineBasisPoints()))
          .isEqualTo(new Endowment.Span(Endowment.MAX_YEARS, true));
    }
  }

  @Test
  void aPriceThatStaysOrDoublesShortensIt() {
    Credits paid = USUAL.price(GIB, credits(1000));
    assertThat(USUAL.lasts(paid, GIB, 1, credits(1000), 0))
        .isEqualTo(new Endowment.Span(210, false));
    assertThat(USUAL.lasts(paid, GIB, 1, credits(2000), 0))
        .isEqualTo(new Endowment.Span(105, false));
    Endowment.Span falling = USUAL.lasts(paid, GIB, 1, credits(2000), 50);
    assertThat(falling.forEver()).isFalse();
    assertThat(falling.years()).isBetween(140, 150);
    assertThat(USUAL.lasts(credits(0), GIB, 1, credits(1), 50))
        .isEqualTo(new Endowment.Span(0, false));
  }
}
