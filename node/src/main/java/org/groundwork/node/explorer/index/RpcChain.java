package org.groundwork.node.explorer.index;

import java.util.List;
import java.util.Optional;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.Header;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.LogEntry;

/** A chain over JSON-RPC. */
public record RpcChain(JsonRpc rpc, Deployment deployment) implements ChainSource {
  @Override
  public ChainBlock head() throws SettlementException {
    BlockTag tag = deployment.finalized() ? BlockTag.FINALIZED : BlockTag.LATEST;
    return rpc.block(tag)
        .map(RpcChain::block)
        .orElseThrow(() ->
            new SettlementException(
                Failure.RPC_BAD_ANSWER, "The chain has no block " + tag.text() + "."));
  }

  @Override
  public Optional<ChainBlock> block(long number) throws SettlementException {
    return rpc.block(BlockTag.number(number)).map(RpcChain::block);
  }

  @Override
  public List<LogEntry> logs(long from, long to) throws SettlementException {
    return rpc.logs(deployment.addresses().values(), from, to);
  }

  private static ChainBlock block(Header header) {
    return new ChainBlock(header.number(), header.hash(), header.timestamp());
  }
}
