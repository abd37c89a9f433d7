package org.groundwork.engine.money;

import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;

/** Which gateway served a device. */
@FunctionalInterface
public interface Carriers {
  /**
   * The signer of the gateway that carried first most of a device's accepted records in the epoch;
   * of several the smallest.
   *
   * @return empty if no record of it was accepted
   */
  Optional<AccountId> carrierOf(DeviceId device);
}
