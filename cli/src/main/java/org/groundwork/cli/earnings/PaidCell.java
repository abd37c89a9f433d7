package org.groundwork.cli.earnings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.PublishedResult;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;

/**
 * What the devices of one cell got in one epoch.
 *
 * @param paid to all of them
 * @param devices how many there had a report that counted
 */
public record PaidCell(EpochNumber epoch, long cell, TokenAmount paid, int devices) {
  /** The cells of a network in which somebody had a report that counted, ascending. */
  public static List<PaidCell> of(
      PublishedResult result, NetworkId network, ToLongFunction<DeviceSummary> cellOf) {
    SortedMap<Long, PaidCell> cells = new TreeMap<>();
    for (DeviceSummary device : result.devices()) {
      if (device.network().equals(network)
          && device.verdicts().containsKey(DeviceSummary.ACCEPTED)) {
        long cell = cellOf.applyAsLong(device);
        PaidCell one = new PaidCell(result.statement().epoch(), cell, device.paid(), 1);
        cells.merge(cell, one, PaidCell::plus);
      }
    }
    return new ArrayList<>(cells.values());
  }

  private PaidCell plus(PaidCell other) {
    return new PaidCell(epoch, cell, paid.plus(other.paid), devices + other.devices);
  }

  /**
   * What one more device, as good as the others, would have got: its share, or nothing where the
   * cell has as many as are paid.
   */
  public TokenAmount share(int devicesPerCell) {
    return devices >= devicesPerCell
        ? TokenAmount.ZERO
        : new TokenAmount(paid.value().divide(BigInteger.valueOf(devices + 1L)));
  }
}
