package org.groundwork.settlement.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;

class ResultBookTest {
  private final ResultBook book = new ResultBook();

  @Test
  void epochsThatWereGivenUpAfterAVoidResultAreToBeJudgedAgain() {
    book.accepted(result(5));
    book.skipped(new EpochNumber(6));
    book.rolledBack(new EpochNumber(5));
    assertThat(book.skipped()).isEmpty();
  }

  @Test
  void epochsThatWereGivenUpBeforeAVoidResultStaySo() {
    book.accepted(result(3));
    book.skipped(new EpochNumber(4));
    book.accepted(result(5));
    book.rolledBack(new EpochNumber(5));
    assertThat(book.skipped()).containsExactly(new EpochNumber(4));
    assertThat(book.coveredFrom(new EpochNumber(5))).isEqualTo(new EpochNumber(4));
  }

  private static ChainEvent.ResultAccepted result(long epoch) {
    return new ChainEvent.ResultAccepted(
        new EpochNumber(epoch),
        Hash.ZERO,
        0,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        List.of(),
        List.of());
  }
}
