package org.groundwork.cli.demo;

import java.util.List;
import java.util.SortedMap;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.TokenAmount;

/** What a demo showed. */
record DemoReport(
    boolean ok,
    List<String> failures,
    long seconds,
    List<EpochLine> epochs,
    List<DeviceLine> devices,
    TokenAmount claims) {
  /**
   * One epoch.
   *
   * @param operators the gateways' and verifiers' share of what was burned
   * @param emitted new tokens by the schedule, for verifiers and the treasury
   */
  record EpochLine(
      long number,
      Hash root,
      boolean audited,
      TokenAmount burned,
      Credits charged,
      TokenAmount paid,
      TokenAmount operators,
      TokenAmount emitted,
      TokenAmount dust) {}

  /** One device over all epochs. */
  record DeviceLine(DeviceId id, String role, SortedMap<String, Long> verdicts, TokenAmount paid) {}
}
