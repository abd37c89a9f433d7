package org.groundwork.settlement.rpc;

import java.math.BigInteger;
import org.groundwork.protocol.Hash;

/**
 * What is used of a block. {@code timestamp} in Unix seconds, {@code baseFee} in wei for one gas.
 */
public record Header(long number, Hash hash, Hash parent, long timestamp, BigInteger baseFee) {}
