package org.groundwork.settlement.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.JournalEntry.Genesis;
import org.groundwork.settlement.local.JournalEntry.Mined;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.Header;
import org.groundwork.settlement.rpc.HttpPost;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.RpcLimits;
import org.groundwork.settlement.rpc.RpcRefusal;
import org.groundwork.settlement.time.Time;

/** An anvil process and the connection to it. */
final class AnvilNode implements AutoCloseable {
  /** One attempt: a dead anvil is replaced, not asked again. */
  private static final RpcLimits LIMITS =
      new RpcLimits(Duration.ofSeconds(60), 256 << 20, 1, Duration.ZERO, 1);

  private static final Duration DEATH = Duration.ofMillis(500);

  private final Anvil process;
  private final JsonRpc rpc;
  private final HttpPost http;

  private AnvilNode(Anvil process) {
    this.process = process;
    this.rpc = new JsonRpc(process.endpoint(), LIMITS, Time.system());
    this.http = new HttpPost(process.endpoint(), LIMITS);
  }

  static AnvilNode start(Path binary, Genesis genesis) throws SettlementException {
    return new AnvilNode(Anvil.start(binary, genesis));
  }

  boolean alive() {
    return process.alive();
  }

  /** Whether a connection failed because the process ends: its sockets go a little before it. */
  boolean hasDied() throws SettlementException {
    return process.endsWithin(DEATH);
  }

  long pid() {
    return process.pid();
  }

  /** Puts a transaction into the pool; empty if anvil takes it. */
  Optional<RpcRefusal> offer(Bytes transaction) throws SettlementException {
    try {
      rpc.sendRawTransaction(transaction);
      return Optional.empty();
    } catch (RpcRefusal refusal) {
      return Optional.of(refusal);
    }
  }

  Mined mine(long timestamp) throws SettlementException {
    try {
      rpc.exchange("evm_mine", Map.of("timestamp", timestamp));
    } catch (RpcRefusal e) {
      throw new SettlementException(Failure.ANVIL_FAILED, "anvil does not mine: " + e.text(), e);
    }
    Header head =
        rpc.block(BlockTag.LATEST)
            .orElseThrow(() -> new SettlementException(Failure.ANVIL_FAILED, "no latest block"));
    if (head.timestamp() != timestamp) {
      throw new SettlementException(
          Failure.ANVIL_FAILED,
          "a block has the timestamp " + head.timestamp() + " instead of " + timestamp);
    }
    return new Mined(head.number(), head.hash());
  }

  byte[] forward(byte[] request) throws SettlementException {
    return http.send(request);
  }

  @Override
  public void close() {
    process.close();
    rpc.close();
    http.close();
  }
}
