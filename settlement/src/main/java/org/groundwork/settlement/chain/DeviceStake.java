package org.groundwork.settlement.chain;

import java.util.Optional;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;

/**
 * The stake of a device.
 *
 * @param leaving the epoch after whose final result it may be withdrawn; empty while it stays
 */
public record DeviceStake(TokenAmount amount, Optional<EpochNumber> leaving) {
  /** What counts for epochs that open from now on: nothing once it is leaving. */
  public TokenAmount counted() {
    return leaving.isPresent() ? TokenAmount.ZERO : amount;
  }
}
