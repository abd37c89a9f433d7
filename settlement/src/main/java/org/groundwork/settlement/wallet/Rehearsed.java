package org.groundwork.settlement.wallet;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;

/** A rehearsal came to its end: these transactions would have been sent. */
public final class Rehearsed extends SettlementException {
  /**
   * A transaction that was not sent.
   *
   * @param coin in wei
   * @param gas what it needs; empty for one that depends on an approval before it, and so was not
   *     tried
   */
  public record Step(AccountId target, BigInteger coin, Bytes data, OptionalLong gas) {}

  private final transient List<Step> steps;

  Rehearsed(List<Step> steps) {
    super(Failure.NOT_SENT, "nothing was sent");
    this.steps = List.copyOf(steps);
  }

  public List<Step> steps() {
    return steps;
  }
}
