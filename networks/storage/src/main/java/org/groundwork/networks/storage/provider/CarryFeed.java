package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.rules.Carry;

/** What results say that a device holds. */
public interface CarryFeed {
  /** Without results to follow, a device trusts what gateways promised it. */
  CarryFeed NONE = device -> Optional.empty();

  /**
   * A device's carry at the close of an epoch.
   *
   * @param epoch the last epoch that it knows of
   */
  record Known(EpochNumber epoch, Carry carry) {}

  /** The newest carry of a device; empty while there is no result. */
  Optional<Known> carry(DeviceId device) throws IOException;
}
