package org.groundwork.cli.daemon;

import java.io.IOException;
import java.time.InstantSource;
import org.groundwork.networks.storage.arweave.Surroundings;
import org.groundwork.networks.storage.customer.StorageCustomer;
import org.groundwork.protocol.Credits;

/** The network as a customer's permanent storage sees it. */
record CustomerSurroundings(ChainLink link, StorageCustomer customer, InstantSource clock)
    implements Surroundings {
  @Override
  public long slot() {
    return link.feed().schedule().slotAt(clock.instant().getEpochSecond()).value();
  }

  @Override
  public Credits price() throws IOException {
    return customer.storagePrice();
  }
}
