package org.groundwork.node.explorer.index;

import java.util.List;
import java.util.Optional;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.rpc.LogEntry;

/** The final blocks of a deployment's chain and the logs of its contracts. */
public interface ChainSource {
  /** The newest final block. */
  ChainBlock head() throws SettlementException;

  /** A block by number; empty if the chain does not have it. */
  Optional<ChainBlock> block(long number) throws SettlementException;

  /** The logs of a range of blocks, both ends included, in the chain's order. */
  List<LogEntry> logs(long from, long to) throws SettlementException;
}
