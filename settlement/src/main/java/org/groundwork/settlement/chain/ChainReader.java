package org.groundwork.settlement.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Binding;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.Header;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * Follows the final blocks of a deployment's chain. Everything is derived from events, so any state
 * of the past can be had again from any node that has the events. Safe for use by many threads.
 */
public final class ChainReader {
  private static final int MAX_HEADERS = 20_000;

  private final JsonRpc rpc;
  private final Deployment deployment;
  private final LogDecoder decoder;
  private final List<PlacedEvent> events = new ArrayList<>();
  private final Map<Long, ChainBlock> headers =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, ChainBlock> eldest) {
          return size() > MAX_HEADERS;
        }
      };

  private @Nullable ChainBlock synced;
  private @Nullable ChainState latest;

  public ChainReader(JsonRpc rpc, Deployment deployment) {
    this(rpc, deployment, new EventDecoder(deployment.contracts()));
  }

  ChainReader(JsonRpc rpc, Deployment deployment, LogDecoder decoder) {
    this.rpc = rpc;
    this.deployment = deployment;
    this.decoder = decoder;
  }

  public Deployment deployment() {
    return deployment;
  }

  /** The newest final block, up to which everything has been read when this returns. */
  public synchronized ChainBlock sync() throws SettlementException {
    Header newest = header(deployment.finalized() ? BlockTag.FINALIZED : BlockTag.LATEST);
    ChainBlock head = block(newest);
    ChainBlock known = synced;
    if (head.equals(known)) {
      return head;
    }
    if (known != null && !follows(newest, known)) {
      // What was final is gone: a local chain that was put back, or a node that lied. Read anew.
      events.clear();
      headers.clear();
      known = null;
    }
    long from = known == null ? deployment.deployBlock() : known.number() + 1;
    if (from <= head.number()) {
      List<PlacedEvent> added = new ArrayList<>();
      for (LogEntry log : rpc.logs(deployment.addresses().values(), from, head.number())) {
        for (ChainEvent event : decoder.decode(log)) {
          added.add(new PlacedEvent(log.blockNumber(), log.index(), log.transaction(), event));
        }
      }
      if (!isStill(head)) {
        throw new SettlementException(
            Failure.CHAIN_REORGANISED, "The chain changed while it was read; try again.");
      }
      events.addAll(added);
      latest = null;
    }
    synced = head;
    return head;
  }

  /** The state at the newest final block that was read. */
  public synchronized ChainState state() throws SettlementException {
    ChainBlock head = synced == null ? sync() : synced;
    ChainState state = latest;
    if (state == null) {
      state = fold(head.number());
      latest = state;
    }
    return state;
  }

  /**
   * The state after a block.
   *
   * @throws SettlementException if the block is not final yet
   */
  public synchronized ChainState stateAt(long block) throws SettlementException {
    if (synced == null || block > synced.number()) {
      sync();
    }
    if (synced == null || block > synced.number()) {
      throw new SettlementException(
          Failure.CHAIN_REORGANISED, "Block " + block + " is not final yet.");
    }
    return fold(block);
  }

  /**
   * The call that submitted an accepted result, with its signatures.
   *
   * @return empty if the result is not known, or if it came through another contract
   */
  public synchronized Optional<Calls.ResultsContract.Submit> submission(Hash resultHash)
      throws SettlementException {
    for (PlacedEvent placed : events.reversed()) {
      if (placed.event() instanceof ChainEvent.ResultAccepted accepted
          && accepted.resultHash().equals(resultHash)) {
        return rpc.input(placed.transaction())
            .flatMap(data -> Binding.decode(Calls.ResultsContract.Submit.class, data));
      }
    }
    return Optional.empty();
  }

  /** The first final block at or after a Unix second; empty while there is none. */
  public synchronized Optional<ChainBlock> firstBlockAtOrAfter(long timestamp)
      throws SettlementException {
    ChainBlock head = synced;
    if (head == null || head.timestamp() < timestamp) {
      head = sync();
    }
    return search(timestamp, head);
  }

  /** The same among the blocks that were read already. */
  public synchronized Optional<ChainBlock> knownBlockAtOrAfter(long timestamp)
      throws SettlementException {
    return search(timestamp, synced == null ? sync() : synced);
  }

  private Optional<ChainBlock> search(long timestamp, ChainBlock head) throws SettlementException {
    if (head.timestamp() < timestamp) {
      return Optional.empty();
    }
    long low = 0;
    long high = head.number();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (block(middle).timestamp() >= timestamp) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Optional.of(block(low));
  }

  /** The last final block whose timestamp is at most a Unix second. */
  public synchronized Optional<ChainBlock> lastBlockAtOrBefore(long timestamp)
      throws SettlementException {
    Optional<ChainBlock> after = firstBlockAtOrAfter(timestamp + 1);
    if (after.isEmpty()) {
      return Optional.empty();
    }
    long number = after.get().number();
    return number == 0 ? Optional.empty() : Optional.of(block(number - 1));
  }

  /** A final block by number. */
  public synchronized ChainBlock block(long number) throws SettlementException {
    ChainBlock known = headers.get(number);
    if (known == null) {
      known = read(BlockTag.number(number));
      headers.put(number, known);
    }
    return known;
  }

  private ChainState fold(long block) {
    ChainState state = new ChainState(deployment.priceHistory());
    for (PlacedEvent event : events) {
      if (event.block() > block) {
        break;
      }
      state.apply(event.event());
    }
    return state;
  }

  private boolean follows(Header head, ChainBlock known) throws SettlementException {
    return head.parent().equals(known.hash()) || (head.number() > known.number() && isStill(known));
  }

  private boolean isStill(ChainBlock block) throws SettlementException {
    Hash now = read(BlockTag.number(block.number())).hash();
    return now.equals(block.hash());
  }

  private ChainBlock read(BlockTag tag) throws SettlementException {
    return block(header(tag));
  }

  private Header header(BlockTag tag) throws SettlementException {
    return rpc.block(tag)
        .orElseThrow(() ->
            new SettlementException(
                Failure.RPC_BAD_ANSWER, "The chain has no block " + tag.text() + "."));
  }

  private static ChainBlock block(Header header) {
    return new ChainBlock(header.number(), header.hash(), header.timestamp());
  }
}
