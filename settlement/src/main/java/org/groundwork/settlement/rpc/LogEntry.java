package org.groundwork.settlement.rpc;

import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/** One event as the chain keeps it. */
public record LogEntry(
    AccountId address,
    List<Hash> topics,
    Bytes data,
    long blockNumber,
    Hash blockHash,
    Hash transaction,
    int index) {
  private static final int MAX_TOPICS = 4;

  public LogEntry {
    topics = List.copyOf(topics);
    if (topics.size() > MAX_TOPICS || blockNumber < 0 || index < 0) {
      throw new IllegalArgumentException("impossible log in block " + blockNumber);
    }
  }
}
