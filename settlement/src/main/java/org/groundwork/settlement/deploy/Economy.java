package org.groundwork.settlement.deploy;

import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.EmissionSchedule;

/**
 * The constants of a deployment that results depend on.
 *
 * @param burn share of the basis that is gone for ever
 * @param operations share of the basis kept back for operators
 * @param disputeSlots slots in which a result may be disputed
 * @param skipEpochs epochs after the commit deadline until an epoch may be skipped
 * @param vestingEpochs epochs until an award of bootstrap becomes payable
 */
public record Economy(
    BasisPoints burn,
    BasisPoints operations,
    long disputeSlots,
    long skipEpochs,
    long vestingEpochs,
    EmissionSchedule emission) {
  /** The share of the basis that is not paid to sellers. */
  public BasisPoints margin() {
    return new BasisPoints(burn.value() + operations.value());
  }
}
