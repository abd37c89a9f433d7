package org.groundwork.engine;

import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.EmissionSchedule;

/**
 * What the deployment fixed for ever about money.
 *
 * @param margin share of the basis that sellers do not get: burned and operators' together
 * @param operators the operators' share of the basis, a part of the margin
 * @param vestingEpochs epochs until an award of bootstrap becomes payable
 */
public record Economy(
    BasisPoints margin, BasisPoints operators, EmissionSchedule emission, long vestingEpochs) {
  public Economy {
    if (operators.value() > margin.value() || vestingEpochs < 1) {
      throw new IllegalArgumentException(
          "operators get %d of a margin of %d; vesting takes %d epochs"
              .formatted(operators.value(), margin.value(), vestingEpochs));
    }
  }
}
