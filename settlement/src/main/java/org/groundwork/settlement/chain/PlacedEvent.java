package org.groundwork.settlement.chain;

import org.groundwork.protocol.Hash;

/** An event and where it stands; the chain's order. */
record PlacedEvent(long block, int index, Hash transaction, ChainEvent event) {}
