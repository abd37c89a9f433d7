package org.groundwork.node.verifier;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;

/**
 * Who sends what anybody may send: the leader rotates with the epoch, and each of the others waits
 * its turns behind it, so that not all pay for the same transaction.
 *
 * @param turn how long each verifier has before the next one does it
 */
record Turns(AccountId self, InstantSource clock, Duration turn) {
  /** Whether this verifier's turn has come, for what could be done since a moment in millis. */
  boolean isMine(EpochNumber epoch, StakedSet verifiers, long since) {
    List<AccountId> order = verifiers.members().stream().map(Operator::signer).toList();
    if (order.isEmpty()) {
      return true;
    }
    int leader = (int) (epoch.value() % order.size());
    int place = order.indexOf(self);
    int turns = place < 0 ? order.size() : Math.floorMod(place - leader, order.size());
    return clock.millis() - since >= turns * turn.toMillis();
  }
}
