package org.groundwork.networks.sensing.customer;

import java.util.Set;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;

/**
 * What a token opens.
 *
 * @param product that was bought
 * @param first epoch whose readings were bought
 * @param last epoch whose readings were
 * @param expires Unix second
 */
public record Opened(
    Hash deal,
    NetworkId network,
    Product product,
    Set<Long> cells,
    EpochNumber first,
    EpochNumber last,
    long expires) {
  public Opened {
    cells = Set.copyOf(cells);
  }

  /** Whether it opens what devices of a cell report in an epoch. */
  public boolean covers(NetworkId of, long cell, EpochNumber epoch) {
    return network.equals(of)
        && cells.contains(cell)
        && first.compareTo(epoch) <= 0
        && epoch.compareTo(last) <= 0;
  }
}
