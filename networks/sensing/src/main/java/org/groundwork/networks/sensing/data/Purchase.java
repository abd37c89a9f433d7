package org.groundwork.networks.sensing.data;

import java.util.Optional;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.ScopeDeal;

/**
 * A purchase that a server took, and what became of it.
 *
 * @param number in the order in which purchases were taken
 * @param first epoch in which it was reported; empty as long as it waits
 * @param sent the epoch of its last report
 * @param attempts how often it was reported
 */
record Purchase(
    long number,
    ScopeDeal deal,
    Product product,
    State state,
    Optional<EpochNumber> first,
    Optional<EpochNumber> sent,
    int attempts) {
  /** Where it stands. */
  enum State {
    /** It waits to be reported. */
    QUEUED,
    /** It is reported, and no result has judged it yet. */
    REPORTED,
    /** A result accepted it. */
    ACCEPTED,
    /** Results rejected it again and again: nothing is charged, and nothing sold. */
    REJECTED
  }

  static Purchase taken(long number, ScopeDeal deal, Product product) {
    return new Purchase(number, deal, product, State.QUEUED, Optional.empty(), Optional.empty(), 0);
  }

  Purchase reported(EpochNumber epoch) {
    return new Purchase(
        number,
        deal,
        product,
        State.REPORTED,
        first.or(() -> Optional.of(epoch)),
        Optional.of(epoch),
        attempts + 1);
  }

  Purchase now(State next) {
    return new Purchase(number, deal, product, next, first, sent, attempts);
  }

  /** The first epoch that can be read: before its report nobody is paid for anything. */
  EpochNumber from() {
    EpochNumber bought = deal.terms().firstEpoch();
    return first.filter(epoch -> epoch.compareTo(bought) > 0).orElse(bought);
  }
}
