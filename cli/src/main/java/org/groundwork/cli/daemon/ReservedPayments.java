package org.groundwork.cli.daemon;

import java.io.IOException;
import java.util.List;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;

/** Reserves credits of a customer's account for the providers of a network. */
record ReservedPayments(ChainLink link, NetworkId network, AccountKey key, Shape shape)
    implements EndowmentKeeper.Payments {
  /** The end of time: what is unspent stays for the deals after. */
  private static final EpochNumber NO_END = new EpochNumber(0xFFFF_FFFFL);

  @Override
  public int needed() {
    return shape.data();
  }

  @Override
  public int pieces() {
    return shape.total();
  }

  @Override
  public List<AccountId> sellers() throws IOException {
    return link.feed().devices(network).stream()
        .map(listed -> listed.device().owner())
        .sorted()
        .distinct()
        .toList();
  }

  @Override
  public void reserve(AccountId seller, Credits credits) throws IOException {
    try {
      new Wallet(new Transactions(link.rpc(), Time.system()), link.deployment(), key)
          .reserve(network, seller, credits, NO_END);
    } catch (SettlementException e) {
      throw new IOException("credits were not reserved for " + seller, e);
    }
  }
}
