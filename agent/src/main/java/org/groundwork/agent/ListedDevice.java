package org.groundwork.agent;

import org.groundwork.rules.Device;

/** A device as the registry shows it now, with the address at which it serves customers. */
public record ListedDevice(Device device, String endpoint) {}
