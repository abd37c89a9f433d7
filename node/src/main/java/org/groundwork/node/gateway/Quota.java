package org.groundwork.node.gateway;

import java.util.HashMap;
import java.util.Map;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.SlotNumber;

/** How many reports of each device were taken in the slot of the moment. */
final class Quota {
  private final int limit;
  private final Map<DeviceId, int[]> used = new HashMap<>();
  private SlotNumber slot = new SlotNumber(0);

  Quota(int limit) {
    this.limit = limit;
  }

  synchronized boolean isUsedUp(DeviceId device, SlotNumber now) {
    turnTo(now);
    int[] count = used.get(device);
    return count != null && count[0] >= limit;
  }

  /** Counts one report; false if the device has had its share. */
  synchronized boolean take(DeviceId device, SlotNumber now) {
    turnTo(now);
    int[] count = used.computeIfAbsent(device, _ -> new int[1]);
    if (count[0] >= limit) {
      return false;
    }
    count[0]++;
    return true;
  }

  private void turnTo(SlotNumber now) {
    if (now.compareTo(slot) > 0) {
      slot = now;
      used.clear();
    }
  }
}
