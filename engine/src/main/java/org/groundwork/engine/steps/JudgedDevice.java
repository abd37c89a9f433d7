package org.groundwork.engine.steps;

import java.util.List;

/** What the first phase said of a device; the verdicts on its records apart. */
public record JudgedDevice(DeviceOutcome outcome, List<PlacedClaim> claims) {
  public JudgedDevice {
    claims = List.copyOf(claims);
  }
}
