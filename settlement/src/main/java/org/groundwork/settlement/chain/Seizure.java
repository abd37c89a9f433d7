package org.groundwork.settlement.chain;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.TokenAmount;

/**
 * Stake of a signer of a void result, held until it is burned or pardoned.
 *
 * @param ripeAt Unix second from which it may be burned
 */
public record Seizure(
    long id,
    Hash resultHash,
    AccountId operator,
    AccountId signer,
    TokenAmount amount,
    long ripeAt,
    State state) {
  /** Where a seizure stands. */
  public enum State {
    PENDING,
    BURNED,
    PARDONED
  }

  Seizure close(boolean pardoned) {
    return new Seizure(
        id, resultHash, operator, signer, amount, ripeAt, pardoned ? State.PARDONED : State.BURNED);
  }
}
