package org.groundwork.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;

/**
 * How long gateways could work on an epoch, after its close and before its deadline: up, and
 * connected to honest verifiers with more than a third of the stake. In the first quarter a gateway
 * may wait for verifiers that are away, so only what comes after it counts.
 */
final class WorkingHours {
  private final World world;
  private final Map<String, Integer> ticks = new HashMap<>();

  WorkingHours(World world) {
    this.world = world;
  }

  /** Counts a moment for each epoch that is closed and not due. */
  void tick() {
    EpochSchedule schedule = world.setting().schedule();
    long now = world.agenda().millis();
    EpochNumber epoch = schedule.epochAt(now / 1000);
    while (epoch.value() > 0) {
      epoch = new EpochNumber(epoch.value() - 1);
      long close = schedule.close(epoch) * 1000;
      long deadline = schedule.commitDeadline(epoch) * 1000;
      if (deadline <= now) {
        return;
      }
      if ((now - close) * 4 >= deadline - close) {
        count(epoch);
      }
    }
  }

  private void count(EpochNumber epoch) {
    List<AccountId> there =
        world.verifiers().stream()
            .filter(each -> each.isHonest() && each.isUp() && !world.links().isApart(each))
            .map(each -> each.key().account())
            .toList();
    if (world.chain().settledState().verifiers(epoch).isMoreThanThird(there)) {
      for (GatewayMachine gateway : world.gateways()) {
        if (gateway.isUp() && !world.links().isApart(gateway)) {
          ticks.merge(name(gateway, epoch), 1, Integer::sum);
        }
      }
    }
  }

  int of(GatewayMachine gateway, EpochNumber epoch) {
    return ticks.getOrDefault(name(gateway, epoch), 0);
  }

  private static String name(GatewayMachine gateway, EpochNumber epoch) {
    return gateway + " for " + epoch;
  }
}
