package org.groundwork.simulator;

import java.util.List;
import org.groundwork.protocol.Hash;

/**
 * A block of the simulated chain.
 *
 * @param at Unix milliseconds
 * @param transactions that succeeded, in order
 */
record Block(long number, long at, Hash hash, List<Contract.Transaction> transactions) {
  long timestamp() {
    return at / 1000;
  }
}
