package org.groundwork.settlement.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;

/** Reads a node's answers into records, or says what is wrong with them. */
final class Answers {
  private static final int EXECUTION_REVERTED = 3;
  private static final int QUOTED_CHARACTERS = 200;

  private Answers() {}

  static SettlementException bad(String what) {
    return new SettlementException(Failure.RPC_BAD_ANSWER, "the node answers wrongly: " + what);
  }

  static String text(JsonNode node) throws SettlementException {
    if (!node.isTextual()) {
      throw bad("text is missing, there is " + shortened(node.toString()));
    }
    return node.textValue();
  }

  static BigInteger quantity(JsonNode node) throws SettlementException {
    String text = text(node);
    try {
      return Quantity.decode(text);
    } catch (IllegalArgumentException e) {
      throw bad(shortened(String.valueOf(e.getMessage())));
    }
  }

  static long number(JsonNode node) throws SettlementException {
    String text = text(node);
    try {
      return Quantity.decodeLong(text);
    } catch (IllegalArgumentException e) {
      throw bad(shortened(String.valueOf(e.getMessage())));
    }
  }

  static Bytes bytes(JsonNode node) throws SettlementException {
    String text = text(node);
    try {
      if (text.startsWith("0x")) {
        return Bytes.fromHex(text);
      }
    } catch (IllegalArgumentException e) {
      throw bad("not hexadecimal: " + shortened(text));
    }
    throw bad("no 0x before " + shortened(text));
  }

  static Hash hash(JsonNode node) throws SettlementException {
    return new Hash(sized(bytes(node), Hash.SIZE));
  }

  static AccountId account(JsonNode node) throws SettlementException {
    return new AccountId(sized(bytes(node), AccountId.SIZE));
  }

  private static Bytes sized(Bytes bytes, int size) throws SettlementException {
    if (bytes.size() != size) {
      throw bad(bytes.size() + " bytes instead of " + size);
    }
    return bytes;
  }

  static Header header(JsonNode node) throws SettlementException {
    JsonNode baseFee = node.path("baseFeePerGas");
    return new Header(
        number(node.path("number")),
        hash(node.path("hash")),
        hash(node.path("parentHash")),
        number(node.path("timestamp")),
        baseFee.isTextual() ? quantity(baseFee) : BigInteger.ZERO);
  }

  static Receipt receipt(JsonNode node) throws SettlementException {
    List<LogEntry> logs = new ArrayList<>();
    for (JsonNode log : node.path("logs")) {
      logs.add(log(log));
    }
    return new Receipt(
        hash(node.path("transactionHash")),
        number(node.path("status")) == 1,
        number(node.path("blockNumber")),
        hash(node.path("blockHash")),
        number(node.path("gasUsed")),
        logs);
  }

  /** Logs that were asked for, in ascending order, or an error. */
  static List<LogEntry> logs(JsonNode node, Collection<AccountId> contracts, long from, long to)
      throws SettlementException {
    if (!node.isArray()) {
      throw bad("logs are missing");
    }
    List<LogEntry> logs = new ArrayList<>(node.size());
    long previousBlock = from;
    int previousIndex = -1;
    for (JsonNode entry : node) {
      LogEntry log = log(entry);
      boolean later = log.blockNumber() > previousBlock || log.index() > previousIndex;
      if (log.blockNumber() < previousBlock || log.blockNumber() > to || !later) {
        throw bad("logs of blocks " + from + " to " + to + " are out of order or range");
      }
      if (!contracts.contains(log.address())) {
        throw bad("a log of " + log.address() + ", which was not asked for");
      }
      previousBlock = log.blockNumber();
      previousIndex = log.index();
      logs.add(log);
    }
    return logs;
  }

  private static LogEntry log(JsonNode node) throws SettlementException {
    List<Hash> topics = new ArrayList<>();
    for (JsonNode topic : node.path("topics")) {
      topics.add(hash(topic));
    }
    try {
      return new LogEntry(
          account(node.path("address")),
          topics,
          bytes(node.path("data")),
          number(node.path("blockNumber")),
          hash(node.path("blockHash")),
          hash(node.path("transactionHash")),
          Math.toIntExact(number(node.path("logIndex"))));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw bad(shortened(String.valueOf(e.getMessage())));
    }
  }

  static RpcRefusal refusal(String method, JsonNode error) {
    int number = error.path("code").asInt(0);
    String text = shortened(error.path("message").asText("no reason given"));
    boolean reverted =
        number == EXECUTION_REVERTED || text.toLowerCase(Locale.ROOT).contains("revert");
    return new RpcRefusal(method, number, text, revertData(error.path("data")), reverted);
  }

  /** Nodes put it into the error's data, or one level below. */
  private static Bytes revertData(JsonNode data) {
    JsonNode node = data.isObject() ? data.path("data") : data;
    String text = node.asText("");
    try {
      return text.startsWith("0x") ? Bytes.fromHex(text) : Bytes.EMPTY;
    } catch (IllegalArgumentException e) {
      return Bytes.EMPTY;
    }
  }

  private static String shortened(String text) {
    return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "…";
  }
}
