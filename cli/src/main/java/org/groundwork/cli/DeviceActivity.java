package org.groundwork.cli;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.RegisteredDevice;

/** Whether the newest result shows a device active: its Hello was accepted. */
final class DeviceActivity {
  private DeviceActivity() {}

  static boolean isActive(ChainLink link, RegisteredDevice device) throws IOException {
    Optional<ChainEvent.ResultAccepted> newest = link.chain().state().latestResult();
    if (newest.isEmpty()) {
      return false;
    }
    CarrySnapshot carry =
        link.publicFiles()
            .carry(newest.get().carryRoot())
            .orElseThrow(() -> new Failure("No verifier publishes the newest carry."));
    return !carry.get(CarryKey.activation(device.network(), device.id())).isEmpty();
  }
}
