package org.groundwork.networks.sensing.data;

import java.util.List;
import org.groundwork.protocol.EpochNumber;

/**
 * Which readings a customer asks for, within what he bought.
 *
 * @param first epoch in which they may have been reported
 * @param last epoch in which they may
 * @param from Unix second of the earliest
 * @param until Unix second after the latest
 * @param newestOnly of each device only the newest
 * @param judgedOnly only what a result has judged
 */
record Query(
    List<Long> cells,
    EpochNumber first,
    EpochNumber last,
    long from,
    long until,
    boolean newestOnly,
    boolean judgedOnly) {
  Query {
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("no cells");
    }
  }
}
