package org.groundwork.settlement.chain;

import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;

/**
 * A key that may sign vouchers for an account in one network. It counts for an epoch if it stands
 * in the state at that epoch's opening and {@link #isAllowedIn} says so.
 *
 * @param limit credits that its vouchers may charge in all
 * @param lastEpoch the last epoch whose evidence counts
 * @param revokedIn the epoch in which it was revoked, the last one that counts
 */
public record Session(
    AccountId account,
    AccountId key,
    NetworkId network,
    Credits limit,
    EpochNumber lastEpoch,
    Optional<EpochNumber> revokedIn) {
  /** Whether evidence of this epoch counts, for a key that was authorised before its opening. */
  public boolean isAllowedIn(EpochNumber epoch) {
    return epoch.compareTo(lastEpoch) <= 0
        && revokedIn.map(last -> epoch.compareTo(last) <= 0).orElse(true);
  }
}
