package org.groundwork.settlement.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.time.Time;

/**
 * The methods of an Ethereum node that Groundwork needs. Reads are tried again when the node is
 * away; sending is not: whether a lost answer meant success is for the caller to find out.
 */
public final class JsonRpc implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BATCH = 200;

  private final HttpPost http;
  private final RpcLimits limits;
  private final Time time;
  private final AtomicLong nextId = new AtomicLong(1);
  private volatile boolean once;

  public JsonRpc(URI endpoint) {
    this(endpoint, RpcLimits.STANDARD, Time.system());
  }

  public JsonRpc(URI endpoint, RpcLimits limits, Time time) {
    this.http = new HttpPost(endpoint, limits);
    this.limits = limits;
    this.time = time;
  }

  public long chainId() throws SettlementException {
    return number(read("eth_chainId"));
  }

  public long blockNumber() throws SettlementException {
    return number(read("eth_blockNumber"));
  }

  public Optional<Header> block(BlockTag tag) throws SettlementException {
    return header(read("eth_getBlockByNumber", tag.text(), false));
  }

  public Optional<Header> block(Hash hash) throws SettlementException {
    return header(read("eth_getBlockByHash", hash.toHex(), false));
  }

  /** The RLP of a block's header, checked against the block's hash. */
  public Bytes rawHeader(long number) throws SettlementException {
    JsonNode block = read("eth_getBlockByNumber", Quantity.encode(number), false);
    if (block.isNull()) {
      throw new SettlementException(Failure.RPC_BAD_ANSWER, "There is no block " + number + ".");
    }
    return RawHeader.of(block);
  }

  public Bytes code(AccountId account) throws SettlementException {
    return Answers.bytes(read("eth_getCode", account.toHex(), BlockTag.LATEST.text()));
  }

  public BigInteger balance(AccountId account) throws SettlementException {
    return Answers.quantity(read("eth_getBalance", account.toHex(), BlockTag.LATEST.text()));
  }

  /** The nonce of the account's next transaction, counting blocks or the pool too. */
  public long transactionCount(AccountId account, BlockTag tag) throws SettlementException {
    return number(read("eth_getTransactionCount", account.toHex(), tag.text()));
  }

  public Bytes call(CallRequest call, BlockTag at) throws SettlementException {
    return Answers.bytes(read("eth_call", call.toJson(), at.text()));
  }

  /** Many calls in one request, answered in their order; the first that reverts throws. */
  public List<Bytes> callAll(List<CallRequest> calls, BlockTag at) throws SettlementException {
    List<Bytes> results = new ArrayList<>(calls.size());
    for (int from = 0; from < calls.size(); from += MAX_BATCH) {
      List<CallRequest> page = calls.subList(from, Math.min(calls.size(), from + MAX_BATCH));
      results.addAll(retried(() -> callBatch(page, at)));
    }
    return results;
  }

  public long estimateGas(CallRequest call) throws SettlementException {
    return number(read("eth_estimateGas", call.toJson()));
  }

  public BigInteger gasPrice() throws SettlementException {
    return Answers.quantity(read("eth_gasPrice"));
  }

  /**
   * What recent blocks paid above the base fee, in wei for one gas: the median of their medians.
   */
  public BigInteger priorityFee() throws SettlementException {
    JsonNode history =
        read("eth_feeHistory", Quantity.encode(10), BlockTag.LATEST.text(), List.of(50));
    List<BigInteger> rewards = new ArrayList<>();
    for (JsonNode block : history.path("reward")) {
      rewards.add(Answers.quantity(block.path(0)));
    }
    rewards.sort(BigInteger::compareTo);
    return rewards.isEmpty() ? BigInteger.ZERO : rewards.get(rewards.size() / 2);
  }

  public Optional<Receipt> receipt(Hash transaction) throws SettlementException {
    JsonNode answer = read("eth_getTransactionReceipt", transaction.toHex());
    return answer.isNull() ? Optional.empty() : Optional.of(Answers.receipt(answer));
  }

  /** Whether the node knows the transaction, in a block or not yet. */
  public boolean knows(Hash transaction) throws SettlementException {
    return !read("eth_getTransactionByHash", transaction.toHex()).isNull();
  }

  /** The data that a transaction carries; empty if the node does not know the transaction. */
  public Optional<Bytes> input(Hash transaction) throws SettlementException {
    JsonNode answer = read("eth_getTransactionByHash", transaction.toHex());
    return answer.isNull() ? Optional.empty() : Optional.of(Answers.bytes(answer.path("input")));
  }

  /** Hands a signed transaction over, once. */
  public Hash sendRawTransaction(Bytes transaction) throws SettlementException {
    return Answers.hash(exchange("eth_sendRawTransaction", transaction.toHex()));
  }

  /**
   * The events of these contracts in a range of blocks, both ends included, in their order on the
   * chain. Asked for in pages; a page that the node refuses or that is too large is halved.
   */
  public List<LogEntry> logs(Collection<AccountId> contracts, long from, long to)
      throws SettlementException {
    List<LogEntry> logs = new ArrayList<>();
    for (long start = from; start <= to; start += limits.logBlocks()) {
      addLogs(contracts, start, Math.min(to, start + limits.logBlocks() - 1), logs);
    }
    return logs;
  }

  private void addLogs(Collection<AccountId> contracts, long from, long to, List<LogEntry> logs)
      throws SettlementException {
    try {
      logs.addAll(logPage(contracts, from, to));
    } catch (SettlementException e) {
      if (from == to || !mayBeTooMuch(e)) {
        throw e;
      }
      long middle = from + (to - from) / 2;
      addLogs(contracts, from, middle, logs);
      addLogs(contracts, middle + 1, to, logs);
    }
  }

  private static boolean mayBeTooMuch(SettlementException e) {
    return switch (e) {
      case RpcRefusal refusal -> refusal.number() != RpcRefusal.METHOD_NOT_FOUND;
      default -> e.failure() == Failure.RPC_TOO_LARGE || e.failure() == Failure.RPC_TIMEOUT;
    };
  }

  private List<LogEntry> logPage(Collection<AccountId> contracts, long from, long to)
      throws SettlementException {
    ObjectNode filter = JSON.createObjectNode();
    filter.put("fromBlock", Quantity.encode(from)).put("toBlock", Quantity.encode(to));
    ArrayNode addresses = filter.putArray("address");
    contracts.forEach(contract -> addresses.add(contract.toHex()));
    return Answers.logs(read("eth_getLogs", filter), contracts, from, to);
  }

  /** Any method, once; for what is not listed here, such as a local node's own methods. */
  public JsonNode exchange(String method, Object... parameters) throws SettlementException {
    long id = nextId.getAndIncrement();
    return result(method, id, parsed(http.send(request(method, id, parameters))));
  }

  private JsonNode read(String method, Object... parameters) throws SettlementException {
    return retried(() -> exchange(method, parameters));
  }

  /** From now on nothing is tried again: who stops does not wait for a node that is away. */
  public void stopRetrying() {
    once = true;
  }

  private interface Attempt<T> {
    T run() throws SettlementException;
  }

  private <T> T retried(Attempt<T> attempt) throws SettlementException {
    Duration wait = limits.backoff();
    for (int tried = 1; ; tried++) {
      try {
        return attempt.run();
      } catch (SettlementException e) {
        boolean passing =
            e.failure() == Failure.RPC_UNREACHABLE
                || e.failure() == Failure.RPC_TIMEOUT
                || (e instanceof RpcRefusal refusal && refusal.lacksBlock());
        if (!passing || once || tried == limits.attempts()) {
          throw e;
        }
      }
      try {
        time.pause(wait);
      } catch (InterruptedException e) {
        throw SettlementException.interrupted(e);
      }
      wait = wait.multipliedBy(2);
    }
  }

  private List<Bytes> callBatch(List<CallRequest> calls, BlockTag at) throws SettlementException {
    ArrayNode batch = JSON.createArrayNode();
    for (int i = 0; i < calls.size(); i++) {
      batch.add(requestNode("eth_call", i, calls.get(i).toJson(), at.text()));
    }
    JsonNode answers = parsed(http.send(bytes(batch)));
    if (!answers.isArray() || answers.size() != calls.size()) {
      throw Answers.bad("a batch of " + calls.size() + " is not answered one by one");
    }
    Bytes[] results = new Bytes[calls.size()];
    for (JsonNode answer : answers) {
      int id = answer.path("id").asInt(-1);
      if (id < 0 || id >= results.length || results[id] != null) {
        throw Answers.bad("a batch is answered with the id " + answer.path("id"));
      }
      results[id] = Answers.bytes(result("eth_call", id, answer));
    }
    return Arrays.asList(results);
  }

  private static ObjectNode requestNode(String method, long id, Object... parameters) {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", id).put("method", method);
    request.set("params", JSON.valueToTree(parameters));
    return request;
  }

  private static byte[] request(String method, long id, Object... parameters) {
    return bytes(requestNode(method, id, parameters));
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode parsed(byte[] body) throws SettlementException {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER, http.endpointName() + " does not answer JSON", e);
    }
  }

  private JsonNode result(String method, long id, JsonNode answer) throws SettlementException {
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw Answers.refusal(method, error);
    }
    if (answer.path("id").asLong(-1) != id || !answer.has("result")) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER, http.endpointName() + " does not answer JSON-RPC");
    }
    return answer.path("result");
  }

  private static long number(JsonNode node) throws SettlementException {
    return Answers.number(node);
  }

  private static Optional<Header> header(JsonNode answer) throws SettlementException {
    return answer.isNull() ? Optional.empty() : Optional.of(Answers.header(answer));
  }

  /** Where this speaks to, without secrets. */
  public String endpoint() {
    return http.endpointName();
  }

  @Override
  public void close() {
    http.close();
  }
}
