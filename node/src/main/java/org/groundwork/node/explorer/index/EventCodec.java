package org.groundwork.node.explorer.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.abi.ContractEventDecoder;
import org.groundwork.settlement.deploy.Contracts;
import org.groundwork.settlement.rpc.LogEntry;

/** Logs to events and to rows of table {@code event}, and back. Kept are the chain's own bytes. */
public final class EventCodec {
  /** What {@link #read} wants of the table. */
  public static final String COLUMNS = "place, at, tx, contract, topics, payload";

  private final ContractEventDecoder decoder;
  private final Map<AccountId, String> names = new HashMap<>();
  private final Map<String, AccountId> addresses = new HashMap<>();

  public EventCodec(Contracts contracts) {
    decoder = new ContractEventDecoder(contracts.addresses());
    for (Map.Entry<Contract, AccountId> entry : contracts.addresses().entrySet()) {
      names.put(entry.getValue(), entry.getKey().solidityName());
      addresses.put(entry.getKey().solidityName(), entry.getValue());
    }
  }

  /** The name of one of the deployment's contracts; empty for other accounts. */
  public Optional<String> name(AccountId account) {
    return Optional.ofNullable(names.get(account));
  }

  /** The event of a log; empty if it is of a contract without events that matter. */
  Optional<Placed> decode(LogEntry log, long at) throws SettlementException {
    if (!decoder.knows(log.address())) {
      return Optional.empty();
    }
    ContractEvent event = decoder.decode(log);
    String contract = names.getOrDefault(log.address(), "");
    return Optional.of(
        new Placed(Place.of(log.blockNumber(), log.index()), at, contract, event, log));
  }

  static byte[] topics(LogEntry log) {
    byte[] topics = new byte[Hash.SIZE * log.topics().size()];
    for (int i = 0; i < log.topics().size(); i++) {
      System.arraycopy(
          log.topics().get(i).bytes().unsafeArray(), 0, topics, Hash.SIZE * i, Hash.SIZE);
    }
    return topics;
  }

  /** The event of a row of {@link #COLUMNS}. */
  public Placed read(Sql.Row row) throws java.sql.SQLException {
    long place = row.number(1);
    String contract = row.text(4);
    byte[] topics = row.bytes(5);
    List<Hash> words = new ArrayList<>();
    for (int from = 0; from < topics.length; from += Hash.SIZE) {
      words.add(new Hash(Bytes.wrap(topics).slice(from, from + Hash.SIZE)));
    }
    LogEntry log =
        new LogEntry(
            addresses.getOrDefault(contract, AccountId.ZERO),
            words,
            Bytes.wrap(row.bytes(6)),
            Place.block(place),
            Hash.ZERO,
            Hash.fromHex(row.text(3)),
            Place.index(place));
    try {
      return new Placed(place, row.number(2), contract, decoder.decode(log), log);
    } catch (SettlementException e) {
      throw new java.sql.SQLException("an event that was read before cannot be read", e);
    }
  }
}
