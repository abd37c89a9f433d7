package org.groundwork.cli.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;
import org.junit.jupiter.api.Test;

/** What one more device would have got. */
class EstimateTest {
  private static PaidCell cell(long cell, long paid, int devices) {
    return new PaidCell(EpochNumber.FIRST, cell, TokenAmount.of(paid), devices);
  }

  @Test
  void oneMoreDeviceSharesWhatTheCellGotWithTheOthers() {
    assertThat(cell(1, 100, 3).share(10)).isEqualTo(TokenAmount.of(25));
    assertThat(cell(1, 101, 3).share(10)).isEqualTo(TokenAmount.of(25));
  }

  @Test
  void whereAsManyAreAsArePaidOneMoreGetsNothing() {
    assertThat(cell(1, 100, 2).share(3)).isEqualTo(TokenAmount.of(33));
    assertThat(cell(1, 100, 3).share(3)).isEqualTo(TokenAmount.ZERO);
  }

  @Test
  void theRangeIsFromTheTenthToTheNinetiethPercentile() {
    List<PaidCell> paid = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      paid.add(cell(7, 2L * i, 1));
    }
    assertThat(Estimate.of("here", paid, it -> it == 7, 5))
        .isEqualTo(
            new Estimate("here", 20, TokenAmount.of(2), TokenAmount.of(10), TokenAmount.of(18)));
    assertThat(Estimate.of("there", paid, it -> it == 8, 5).samples()).isZero();
  }

  @Test
  void fewSamplesAreNotEnough() {
    List<PaidCell> paid = List.of(cell(7, 10, 1));
    assertThat(Estimate.of("here", paid, _ -> true, 5).isEnough()).isFalse();
    assertThat(Estimate.of("here", paid, _ -> true, 5).high()).isEqualTo(TokenAmount.of(5));
  }

  @Test
  void bootstrapIsSharedWithOneMoreDeviceAndCappedByTheCell() {
    BasisPoints most = new BasisPoints(1000);
    assertThat(new Sharing(19, 0).oneMore(TokenAmount.of(100), most)).isEqualTo(TokenAmount.of(5));
    assertThat(new Sharing(19, 4).oneMore(TokenAmount.of(100), most)).isEqualTo(TokenAmount.of(2));
    assertThat(new Sharing(0, 0).oneMore(TokenAmount.of(100), most)).isEqualTo(TokenAmount.of(10));
  }

  @Test
  void bootstrapAndCustomersAddUp() {
    Estimate customers = Estimate.ofShares("here", List.of(TokenAmount.of(2), TokenAmount.of(4)));
    Estimate bootstrap = Estimate.ofShares("bootstrap", List.of(TokenAmount.of(10)));
    assertThat(customers.plus("both", bootstrap).times(2))
        .isEqualTo(
            new Estimate("both", 1, TokenAmount.of(24), TokenAmount.of(24), TokenAmount.of(28)));
  }
}
