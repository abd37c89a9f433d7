package org.groundwork.node.explorer.index;

import java.util.List;

/**
 * One device in one epoch.
 *
 * @param lastEpoch the last epoch that said anything of it, this one or an earlier one
 * @param here whether this epoch did
 * @param now this epoch alone
 * @param total all epochs up to this one
 * @param reasons in this epoch, ascending
 */
public record DeviceEntry(
    long device, long lastEpoch, boolean here, Tally now, Tally total, List<Reason> reasons) {
  /**
   * How often something was said.
   *
   * @param code number of a code in table {@code reason}
   * @param fault whether it is about something owed, not about a record
   */
  public record Reason(int code, boolean fault, long count) {}

  public DeviceEntry {
    reasons = List.copyOf(reasons);
  }

  public DeviceState state() {
    if (!here) {
      return DeviceState.SILENT;
    }
    if (now.paid().signum() > 0) {
      return DeviceState.PAID;
    }
    return now.accepted() > 0 ? DeviceState.PROVEN : DeviceState.FAILING;
  }
}
