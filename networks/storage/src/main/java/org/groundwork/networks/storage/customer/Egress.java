package org.groundwork.networks.storage.customer;

import java.io.IOException;
import org.groundwork.agent.Payer;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.SignedVoucher;

/**
 * What was read from one provider and what was paid for it, in one session. A request that brought
 * nothing leaves its payment for the next one. Safe for many threads.
 */
final class Egress {
  private final Payer.Session session;
  private Credits used = Credits.ZERO;
  private Credits underWay = Credits.ZERO;

  Egress(Payer.Session session) {
    this.session = session;
  }

  /** A voucher that covers everything so far and a request of this price on top. */
  synchronized SignedVoucher cover(Credits price) throws IOException, Payer.Exhausted {
    Credits needed = used.plus(underWay).plus(price);
    Credits paid = session.paid();
    SignedVoucher voucher =
        session.pay(needed.compareTo(paid) > 0 ? needed.minus(paid) : Credits.ZERO);
    underWay = underWay.plus(price);
    return voucher;
  }

  /** Ends a request that was covered. */
  synchronized void done(Credits price, boolean charged) {
    underWay = underWay.minus(price);
    if (charged) {
      used = used.plus(price);
    }
  }
}
