package org.groundwork.settlement.chain;

import java.util.List;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.LogEntry;

/** Turns a log of one of the deployment's contracts into what it says; into nothing for others. */
interface LogDecoder {
  List<ChainEvent> decode(LogEntry log) throws SettlementException;
}
