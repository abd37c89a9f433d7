package org.groundwork.settlement.chain;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.TokenAmount;

/**
 * A dispute of a result.
 *
 * @param evidence hash of a public file, or zero
 * @param votes in the chain's order
 */
public record Dispute(
    long id,
    EpochNumber epoch,
    Hash resultHash,
    AccountId disputer,
    TokenAmount bond,
    Hash evidence,
    String reason,
    List<Vote> votes,
    State state) {
  /** Where a dispute stands. */
  public enum State {
    OPEN,
    /** The result is void. */
    UPHELD,
    /** By vote or by time. */
    REJECTED
  }

  /** A member's vote. */
  public record Vote(AccountId member, boolean forVoid, String reason) {}

  public Dispute {
    votes = List.copyOf(votes);
  }

  Dispute vote(Vote vote) {
    List<Vote> more = new ArrayList<>(votes);
    more.add(vote);
    return with(more, state);
  }

  Dispute close(boolean upheld) {
    return with(votes, upheld ? State.UPHELD : State.REJECTED);
  }

  private Dispute with(List<Vote> newVotes, State newState) {
    return new Dispute(id, epoch, resultHash, disputer, bond, evidence, reason, newVotes, newState);
  }
}
