package org.groundwork.node.explorer.index;

import org.groundwork.protocol.Hash;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.rpc.LogEntry;

/**
 * An event, where it stands, and when its block was made (Unix seconds).
 *
 * @param contract the contract's name as in Solidity
 * @param log as the chain has it
 */
public record Placed(long place, long at, String contract, ContractEvent event, LogEntry log) {
  public String title() {
    return event.getClass().getSimpleName();
  }

  public Hash transaction() {
    return log.transaction();
  }
}
