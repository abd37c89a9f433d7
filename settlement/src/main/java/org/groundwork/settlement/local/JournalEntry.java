package org.groundwork.settlement.local;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/** One record of the local chain's journal. Timestamps are Unix seconds. */
sealed interface JournalEntry {
  /** Always the first. */
  record Genesis(long chainId, long timestamp) implements JournalEntry {}

  /** A transaction that will be offered to anvil and mined at this moment. */
  record Offered(long timestamp, Bytes transaction) implements JournalEntry {}

  /** A block that will be mined at this moment with nothing offered. */
  record Tick(long timestamp) implements JournalEntry {}

  /** What the record before it led to: a block. */
  record Mined(long number, Hash hash) implements JournalEntry {}

  /** What the record before it led to: nothing, anvil refused the transaction. */
  record Refused() implements JournalEntry {}
}
