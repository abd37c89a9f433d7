package org.groundwork.engine.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.money.Carriers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;

/**
 * Counts the accepted records of a device by gateway. Of copies only the one that came first is
 * accepted, so that who repeats another gateway's records carries nothing.
 */
final class FirstCarriers implements Carriers {
  private final List<InputSegment> segments;

  /** After the last verdict was given. */
  FirstCarriers(List<InputSegment> segments) {
    this.segments = segments;
  }

  @Override
  public Optional<AccountId> carrierOf(DeviceId device) {
    TreeMap<AccountId, Integer> counts = new TreeMap<>();
    for (InputSegment segment : segments) {
      int accepted = accepted(segment, device);
      if (accepted > 0) {
        counts.merge(segment.facts().header().gateway(), accepted, Integer::sum);
      }
    }
    Optional<AccountId> most = Optional.empty();
    int highest = 0;
    for (Map.Entry<AccountId, Integer> gateway : counts.entrySet()) {
      if (gateway.getValue() > highest) {
        highest = gateway.getValue();
        most = Optional.of(gateway.getKey());
      }
    }
    return most;
  }

  private static int accepted(InputSegment segment, DeviceId device) {
    SegmentFacts facts = segment.facts();
    int end = facts.firstOf(device.value() + 1);
    int accepted = 0;
    for (int record = facts.firstOf(device.value()); record < end; record++) {
      if (segment.reason(record) == SegmentVerdicts.ACCEPTED) {
        accepted++;
      }
    }
    return accepted;
  }
}
