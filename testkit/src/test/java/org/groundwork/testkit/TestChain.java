package org.groundwork.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.local.LocalChain;
import org.groundwork.settlement.rpc.HttpPost;
import org.groundwork.settlement.rpc.RpcLimits;

/**
 * An anvil of a test's own that mines each transaction at once, at the second that the test says.
 * Transactions are signed, so that what happened can be replayed elsewhere.
 */
final class TestChain implements AutoCloseable {
  static final long CHAIN_ID = 31_337;
  static final long START = 1_800_000_000;

  private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:\\d+)");
  private static final long GAS = 25_000_000;
  private static final long GAS_PRICE = 2_000_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Becomes anvil, which a watcher kills when this JVM ends and standard input with it. */
  private static final String SCRIPT =
      "exec 3<&0; { read -r _ <&3; kill -9 $$; } >/dev/null 2>&1 & exec 3<&-; exec \"$@\" </dev/null";

  /** What came of a transaction: its logs, or what it reverted with. */
  record Receipt(boolean succeeded, List<Log> logs, Bytes revertData, long gasUsed) {}

  record Log(AccountId address, List<Hash> topics, Bytes data) {}

  /** A call to read. */
  record Call(AccountId to, Bytes data) {}

  /** What a call returned or reverted with. */
  record Answer(boolean succeeded, Bytes data) {}

  private final Process process;
  private final HttpPost http;
  private final URI endpoint;
  private final Map<AccountId, Long> nonces = new HashMap<>();
  private final AccountKey rich = LocalChain.richAccount();
  private long now = START;

  TestChain(Path anvil) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "anvil"));
    command.addAll(List.of(anvil.toString(), "--host", "127.0.0.1", "--port", "0", "--no-cors"));
    command.addAll(List.of("--chain-id", Long.toString(CHAIN_ID)));
    command.addAll(List.of("--timestamp", Long.toString(START), "--hardfork", "cancun"));
    command.addAll(List.of("--gas-limit", "30000000", "--color", "never", "--no-mining"));
    // Otherwise anvil writes the state of each old block to disk, and leaves it there when killed.
    command.add("--prune-history");
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    endpoint = awaitEndpoint(output);
    Thread.ofVirtual().start(() -> drain(output));
    http =
        new HttpPost(
            endpoint, new RpcLimits(Duration.ofSeconds(60), 64 << 20, 1, Duration.ZERO, 1));
  }

  private static URI awaitEndpoint(BufferedReader output) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return URI.create("http://" + listening.group(1));
      }
      seen.append(line).append('\n');
    }
    throw new IOException("anvil ended: " + seen);
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // Nothing of it is wanted.
      }
    } catch (IOException _) {
      // The process ended.
    }
  }

  URI endpoint() {
    return endpoint;
  }

  AccountKey rich() {
    return rich;
  }

  /** The second of the next block. */
  long now() {
    return now;
  }

  void goTo(long timestamp) {
    if (timestamp < now) {
      throw new IllegalArgumentException("back from " + now + " to " + timestamp);
    }
    now = timestamp;
  }

  long nonce(AccountId account) {
    return nonces.getOrDefault(account, 0L);
  }

  void giveCoin(AccountId to, BigInteger wei) throws IOException {
    if (!transact(rich, Optional.of(to), wei, Bytes.EMPTY).succeeded()) {
      throw new IOException("no coin for " + to);
    }
  }

  Receipt create(AccountKey key, Bytes code) throws IOException {
    return transact(key, Optional.empty(), BigInteger.ZERO, code);
  }

  Receipt send(AccountKey key, AccountId to, Bytes data) throws IOException {
    return transact(key, Optional.of(to), BigInteger.ZERO, data);
  }

  private Receipt transact(AccountKey key, Optional<AccountId> to, BigInteger wei, Bytes data)
      throws IOException {
    Bytes raw = signed(key, nonces.merge(key.account(), 1L, Long::sum) - 1, to, wei, data);
    String hash = exchange("eth_sendRawTransaction", raw.toHex()).asText();
    exchange("evm_mine", Map.of("timestamp", now));
    JsonNode receipt = exchange("eth_getTransactionReceipt", hash);
    if (!receipt.isObject()) {
      throw new IOException("transaction " + hash + " was not mined");
    }
    boolean succeeded = receipt.required("status").asText().equals("0x1");
    long gasUsed = Long.decode(receipt.required("gasUsed").asText());
    if (succeeded) {
      return new Receipt(true, logs(receipt.required("logs")), Bytes.EMPTY, gasUsed);
    }
    if (gasUsed >= GAS) {
      throw new IOException("transaction " + hash + " ran out of gas");
    }
    // A reverted transaction changed nothing, so the same call at its block reverts alike.
    ObjectNode call = JSON.createObjectNode().put("from", key.account().toHex());
    to.ifPresent(account -> call.put("to", account.toHex()));
    call.put("data", data.toHex()).put("gas", "0x" + Long.toHexString(GAS));
    JsonNode error = raw("eth_call", call, "latest").path("error");
    return new Receipt(false, List.of(), Bytes.fromHex(error.path("data").asText("0x")), gasUsed);
  }

  private static List<Log> logs(JsonNode entries) {
    List<Log> logs = new ArrayList<>();
    for (JsonNode entry : entries) {
      List<Hash> topics = new ArrayList<>();
      entry.required("topics").forEach(topic -> topics.add(Hash.fromHex(topic.asText())));
      logs.add(
          new Log(
              AccountId.fromHex(entry.required("address").asText()),
              topics,
              Bytes.fromHex(entry.required("data").asText())));
    }
    return logs;
  }

  /** Many calls at the latest block, each answered or reverted. */
  List<Answer> callAll(List<Call> calls) throws IOException {
    ArrayNode batch = JSON.createArrayNode();
    for (int i = 0; i < calls.size(); i++) {
      ObjectNode call = JSON.createObjectNode();
      call.put("to", calls.get(i).to().toHex()).put("data", calls.get(i).data().toHex());
      batch.add(request(i, "eth_call", call, "latest"));
    }
    Answer[] answers = new Answer[calls.size()];
    for (JsonNode answer : JSON.readTree(http.send(JSON.writeValueAsBytes(batch)))) {
      JsonNode result = answer.path("result");
      answers[answer.required("id").asInt()] =
          result.isTextual()
              ? new Answer(true, Bytes.fromHex(result.asText()))
              : new Answer(false, Bytes.fromHex(answer.at("/error/data").asText("0x")));
    }
    return List.of(answers);
  }

  JsonNode exchange(String method, Object... parameters) throws IOException {
    JsonNode answer = raw(method, parameters);
    if (!answer.has("result")) {
      throw new IOException(method + ": " + answer.path("error"));
    }
    return answer.path("result");
  }

  private JsonNode raw(String method, Object... parameters) throws IOException {
    return JSON.readTree(http.send(JSON.writeValueAsBytes(request(1, method, parameters))));
  }

  private static ObjectNode request(int id, String method, Object... parameters) {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", id).put("method", method);
    request.set("params", JSON.valueToTree(parameters));
    return request;
  }

  /** The address of the contract that an account creates with this nonce. */
  static AccountId created(AccountId creator, long nonce) {
    byte[] parts =
        list(List.of(text(creator.bytes().unsafeArray()), number(BigInteger.valueOf(nonce))));
    return new AccountId(
        Keccak256.hash(parts).bytes().slice(Hash.SIZE - AccountId.SIZE, Hash.SIZE));
  }

  /** A legacy transaction with the chain's id in its signature (EIP-155). */
  private static Bytes signed(
      AccountKey key, long nonce, Optional<AccountId> to, BigInteger wei, Bytes data) {
    List<byte[]> fields =
        List.of(
            number(BigInteger.valueOf(nonce)),
            number(BigInteger.valueOf(GAS_PRICE)),
            number(BigInteger.valueOf(GAS)),
            text(to.map(account -> account.bytes().unsafeArray()).orElse(new byte[0])),
            number(wei),
            text(data.unsafeArray()));
    byte[] chain = number(BigInteger.valueOf(CHAIN_ID));
    byte[] none = number(BigInteger.ZERO);
    byte[] signature = key.sign(Keccak256.hash(list(fields, chain, none, none))).toArray();
    return Bytes.wrap(
        list(
            fields,
            number(BigInteger.valueOf(2 * CHAIN_ID + 8 + signature[64])),
            number(new BigInteger(1, signature, 0, 32)),
            number(new BigInteger(1, signature, 32, 32))));
  }

  private static byte[] number(BigInteger value) {
    byte[] digits = value.toByteArray();
    int from = digits[0] == 0 ? 1 : 0;
    return text(java.util.Arrays.copyOfRange(digits, from, digits.length));
  }

  private static byte[] text(byte[] content) {
    if (content.length == 1 && content[0] >= 0) {
      return content;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    header(out, 0x80, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] list(List<byte[]> fields, byte[]... more) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    fields.forEach(content::writeBytes);
    List.of(more).forEach(content::writeBytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    header(out, 0xC0, content.size());
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /** RLP: a length below 56 in the first byte, others behind it. */
  private static void header(ByteArrayOutputStream out, int base, int length) {
    if (length < 56) {
      out.write(base + length);
      return;
    }
    byte[] digits = BigInteger.valueOf(length).toByteArray();
    int from = digits[0] == 0 ? 1 : 0;
    out.write(base + 55 + digits.length - from);
    out.write(digits, from, digits.length - from);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
