package org.groundwork.engine;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;

/**
 * What an epoch meant for one device.
 *
 * @param verdicts how many of its records had each verdict, by the reason's code
 * @param faultCounts how many faults it had, by the reason's code
 * @param faults the first of them, in the order of slots
 * @param charged to customers, for its service
 * @param paid to its seller's account, for its service
 */
public record DeviceSummary(
    DeviceId device,
    NetworkId network,
    SortedMap<String, Long> verdicts,
    SortedMap<String, Long> faultCounts,
    List<FaultLine> faults,
    Credits charged,
    TokenAmount paid) {
  /** The code under which accepted records are counted. */
  public static final String ACCEPTED = "accepted";

  /** The most faults that are listed one by one. */
  public static final int MAX_FAULTS = 256;

  /** A slot in which the device owed something and did not deliver it. */
  public record FaultLine(SlotNumber slot, String reason, String evidence) {}

  public DeviceSummary {
    verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
    faultCounts = Collections.unmodifiableSortedMap(new TreeMap<>(faultCounts));
    faults = List.copyOf(faults);
  }

  /** This epoch and a later one, or more of them. */
  public DeviceSummary plus(DeviceSummary later) {
    return new DeviceSummary(
        device,
        network,
        sum(verdicts, later.verdicts),
        sum(faultCounts, later.faultCounts),
        Stream.concat(faults.stream(), later.faults.stream()).limit(MAX_FAULTS).toList(),
        charged.plus(later.charged),
        paid.plus(later.paid));
  }

  private static SortedMap<String, Long> sum(
      SortedMap<String, Long> counts, SortedMap<String, Long> more) {
    SortedMap<String, Long> sum = new TreeMap<>(counts);
    more.forEach((code, count) -> sum.merge(code, count, Long::sum));
    return sum;
  }
}
