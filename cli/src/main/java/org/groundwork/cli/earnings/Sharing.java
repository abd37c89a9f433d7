package org.groundwork.cli.earnings;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.money.BootstrapShares;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;

/**
 * Among how many devices a network's bootstrap was shared in one epoch.
 *
 * @param devices in the whole network
 * @param inCell of them in one cell
 */
public record Sharing(int devices, int inCell) {
  /** Of each epoch that a result covers; nobody shared in one without awards. */
  public static List<Sharing> of(
      PublishedResult result, NetworkId network, long cell, ToLongFunction<DeviceId> cellOf) {
    Map<String, Set<DeviceId>> byEpoch = new HashMap<>();
    for (EconomyLine line : result.economy()) {
      if (line.cause() == EconomyLine.Cause.AWARDED && line.network().equals(network)) {
        line.device()
            .ifPresent(
                device -> byEpoch.computeIfAbsent(line.note(), _ -> new HashSet<>()).add(device));
      }
    }
    List<Sharing> all = new ArrayList<>();
    for (Set<DeviceId> devices : byEpoch.values()) {
      long here = devices.stream().filter(each -> cellOf.applyAsLong(each) == cell).count();
      all.add(new Sharing(devices.size(), (int) here));
    }
    return all.isEmpty() ? List.of(new Sharing(0, 0)) : all;
  }

  /** What one more device in that cell, as good as the others, would have got of a budget. */
  public TokenAmount oneMore(TokenAmount budget, BasisPoints maxCell) {
    return BootstrapShares.share(
        budget,
        maxCell,
        BigInteger.ONE,
        BigInteger.valueOf(inCell + 1L),
        BigInteger.valueOf(devices + 1L));
  }
}
