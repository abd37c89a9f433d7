package org.groundwork.settlement.rpc;

import java.util.List;
import org.groundwork.protocol.Hash;

/** What became of a transaction in a block. */
public record Receipt(
    Hash transaction,
    boolean succeeded,
    long blockNumber,
    Hash blockHash,
    long gasUsed,
    List<LogEntry> logs) {
  public Receipt {
    logs = List.copyOf(logs);
  }
}
