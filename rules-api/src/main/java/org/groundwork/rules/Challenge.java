package org.groundwork.rules;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.SlotNumber;

/** What a device must answer in a slot, in the network's own encoding. */
public record Challenge(SlotNumber slot, Bytes content) {}
