package org.groundwork.node.explorer;

import java.io.IOException;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.groundwork.engine.Networks;
import org.groundwork.node.explorer.api.Answers;
import org.groundwork.node.explorer.api.Endpoint;
import org.groundwork.node.explorer.api.Endpoints;
import org.groundwork.node.explorer.api.Scope;
import org.groundwork.node.explorer.bench.SyntheticDeployment;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.explorer.index.EventCodec;
import org.groundwork.node.explorer.index.Indexer;
import org.groundwork.node.wire.ApiException;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.abi.BootstrapTerms;
import org.groundwork.settlement.abi.ContractEvent;

/** A database on a scripted chain. */
final class ExplorerBed implements AutoCloseable {
  /** All that is derived; what only says how far the chain was read may differ. */
  private static final List<String> TABLES =
      List.of(
          "event",
          "event_subject",
          "device",
          "result",
          "skipped",
          "purchase",
          "claim",
          "reservation",
          "price",
          "link",
          "operator",
          "network",
          "rules",
          "indexed",
          "figures",
          "payment",
          "payer_period",
          "leaf",
          "device_block",
          "cell_count");

  final ScriptedChain chain;
  final Database database;
  private final Scope scope;
  private Indexer indexer;

  ExplorerBed(DatabaseAddress address, ScriptedChain chain) throws IOException {
    this.chain = chain;
    scope =
        new Scope(
            chain.deployment.deployment(),
            new EventCodec(chain.deployment.contracts()),
            new Networks(List.of()),
            (kind, _) -> kind,
            List::of);
    database =
        Database.open(address, chain.deployment.deployment().domain().deployment().toString());
    indexer = indexer();
  }

  private Indexer indexer() {
    return Explorer.indexer(database, scope, chain, chain, InstantSource.system());
  }

  Scope scope() {
    return scope;
  }

  /** As after a start. */
  void restart() {
    indexer = indexer();
  }

  void index() throws IOException {
    boolean more = true;
    for (int steps = 0; more && steps < 100; steps++) {
      more = indexer.step();
    }
  }

  Answers answers() {
    return new Answers(database, scope);
  }

  com.fasterxml.jackson.databind.JsonNode ask(String path, Map<String, String> values)
      throws IOException, ApiException {
    Endpoint endpoint =
        Endpoints.all().stream()
            .filter(each -> each.path().equals("/api/v1/" + path))
            .findFirst()
            .orElseThrow();
    return answers().object(endpoint, values);
  }

  /** All rows of all tables, in one order. */
  String dump() throws IOException {
    return database.read(sql -> {
      StringJoiner dump = new StringJoiner("\n");
      for (String table : TABLES) {
        List<String> rows =
            sql.list(
                "SELECT * FROM " + table,
                row -> {
                  StringJoiner line = new StringJoiner("|", table + ": ", "");
                  int columns = row.rows().getMetaData().getColumnCount();
                  for (int i = 1; i <= columns; i++) {
                    Object value = row.rows().getObject(i);
                    line.add(
                        value instanceof byte[] bytes
                            ? Bytes.wrap(bytes).toHex()
                            : String.valueOf(value));
                  }
                  return line.toString();
                });
        rows.stream().sorted().forEach(dump::add);
      }
      return dump.toString();
    });
  }

  static ContractEvent network() {
    return new ContractEvent.NetworkCreated(
        ScriptedChain.NETWORK,
        Hash.wrap(java.util.Arrays.copyOf(new byte[] {'c', 'o', 'u', 'n', 't'}, Hash.SIZE)),
        SyntheticDeployment.hash("rules", 1),
        Bytes.EMPTY,
        BootstrapTerms.of(BootstrapBudget.NONE));
  }

  static ContractEvent device(long id, String endpoint) {
    return new ContractEvent.DeviceRegistered(
        new DeviceId(id),
        ScriptedChain.owner(id),
        1,
        KeyType.ED25519,
        SyntheticDeployment.hash("key", id).bytes(),
        BigInteger.valueOf(0x871fb4671ffffffL),
        endpoint);
  }

  static ContractEvent bought() {
    return new ContractEvent.CreditsBought(
        ScriptedChain.PAYER,
        TokenAmount.of(1000),
        Credits.of(2000),
        new Price(BigInteger.valueOf(2_00000000L)),
        ScriptedChain.PAYER);
  }

  static ContractEvent settled(ContractEvent.ResultAccepted result) {
    return new ContractEvent.ResultFinal(
        result.epoch(), result.resultHash(), result.result().moneyRoot());
  }

  static ContractEvent voided(long from, ContractEvent.ResultAccepted result) {
    return new ContractEvent.ResultsVoided(new EpochNumber(from), result.resultHash(), 1);
  }

  @Override
  public void close() throws IOException {
    database.close();
  }
}
