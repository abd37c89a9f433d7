package org.groundwork.cli.daemon;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.groundwork.networks.storage.arweave.PermanentStore;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;

/**
 * Pays providers from the endowment: what the past slots cost is reserved for them anew, out of the
 * credits of the gateway's account, so that deals can be renewed for as long as the fund lasts.
 */
final class EndowmentKeeper {
  /** The gateway's account and the network. */
  interface Payments {
    /** Any so many pieces give a stripe back. */
    int needed();

    /** Pieces of a stripe. */
    int pieces();

    /** The owners of the network's providers, in order. */
    List<AccountId> sellers() throws IOException;

    /** Sets credits of the account aside for a seller. */
    void reserve(AccountId seller, Credits credits) throws IOException;
  }

  private final PermanentStore store;
  private final Payments payments;

  EndowmentKeeper(PermanentStore store, Payments payments) {
    this.store = store;
    this.payments = payments;
  }

  /**
   * One payment. What was released and not reserved, as the account lacked credits or the chain did
   * not answer, is reserved with the next one.
   */
  boolean step() throws IOException {
    Credits due = store.release();
    List<AccountId> sellers = payments.sellers();
    if (due.isZero() || sellers.isEmpty()) {
      return false;
    }
    Credits share = new Credits(due.value().divide(BigInteger.valueOf(sellers.size())));
    if (share.isZero()) {
      return false;
    }
    for (AccountId seller : sellers) {
      payments.reserve(seller, share);
      store.paid(share);
    }
    return false;
  }
}
