package org.groundwork.rules;

import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Sequence;

/** Names one record of the epoch. */
public record RecordRef(DeviceId device, Sequence sequence, Hash report)
    implements Comparable<RecordRef> {
  @Override
  public int compareTo(RecordRef other) {
    int order = device.compareTo(other.device);
    if (order == 0) {
      order = sequence.compareTo(other.sequence);
    }
    return order == 0 ? report.compareTo(other.report) : order;
  }
}
