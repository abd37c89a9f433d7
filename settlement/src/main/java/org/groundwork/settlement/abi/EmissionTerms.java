package org.groundwork.settlement.abi;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.TokenAmount;

/** The schedule of new tokens as the contract keeps it; see {@link EmissionSchedule}. */
public record EmissionTerms(
    TokenAmount initialRate,
    long periodEpochs,
    BasisPoints declineBps,
    TokenAmount hardCap,
    BasisPoints bootstrapBps,
    BasisPoints operatorsBps,
    BasisPoints treasuryBps,
    AccountId treasury) {
  public EmissionSchedule schedule() {
    return new EmissionSchedule(
        initialRate,
        periodEpochs,
        declineBps,
        hardCap,
        bootstrapBps,
        operatorsBps,
        treasuryBps,
        treasury);
  }
}
