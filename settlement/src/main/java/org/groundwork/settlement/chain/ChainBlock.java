package org.groundwork.settlement.chain;

import org.groundwork.protocol.Hash;

/** A block; {@code timestamp} in Unix seconds. */
public record ChainBlock(long number, Hash hash, long timestamp) {}
