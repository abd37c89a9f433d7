package org.groundwork.rules;

import org.groundwork.protocol.DeviceId;

/** What a device has earned the right to be paid for. */
public record Score(DeviceId device, Entitlement entitlement) {}
