package org.groundwork.node.gateway;

import java.util.Optional;
import org.groundwork.protocol.DeviceId;
import org.groundwork.rules.Device;

/** The registry as the gateway last saw it. Answers from memory; safe for use by many threads. */
public interface DeviceFeed {
  Optional<Device> device(DeviceId id);
}
