package org.groundwork.node.explorer.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables. What comes from the chain carries its place there ({@code block << 20 | log index}),
 * what comes from a result its epoch: to go back is to delete what stands behind a place or an
 * epoch. What only says how things stand now is derived again.
 */
final class Schema {
  /** To be raised with every change: a database of another version is dropped and made again. */
  static final int VERSION = 2;

  private static final List<String> TABLES =
      List.of(
          "meta(item VARCHAR(40) PRIMARY KEY, content VARCHAR(1000000) NOT NULL)",
          "block(number BIGINT PRIMARY KEY, hash VARCHAR(66) NOT NULL, at BIGINT NOT NULL,"
              + " events BOOLEAN NOT NULL)",
          "event(place BIGINT PRIMARY KEY, at BIGINT NOT NULL, tx VARCHAR(66) NOT NULL,"
              + " contract VARCHAR(40) NOT NULL, title VARCHAR(40) NOT NULL, topics {bytes} NOT"
              + " NULL, payload {bytes} NOT NULL)",
          "event_subject(subject VARCHAR(100) NOT NULL, place BIGINT NOT NULL)",
          "device(id BIGINT PRIMARY KEY, network INT NOT NULL, owner VARCHAR(42) NOT NULL,"
              + " cell BIGINT NOT NULL, spot BIGINT NOT NULL, key_type INT NOT NULL,"
              + " device_key {bytes} NOT NULL, endpoint VARCHAR(1000) NOT NULL, place BIGINT NOT"
              + " NULL, at BIGINT NOT NULL, tx VARCHAR(66) NOT NULL, stake NUMERIC(78) NOT NULL,"
              + " leaving BIGINT, state INT NOT NULL)",
          "result(place BIGINT PRIMARY KEY, epoch BIGINT NOT NULL, attempt INT NOT NULL,"
              + " hash VARCHAR(66) NOT NULL, at BIGINT NOT NULL, tx VARCHAR(66) NOT NULL,"
              + " money_root VARCHAR(66) NOT NULL, carry_root VARCHAR(66) NOT NULL,"
              + " signers INT NOT NULL, signed NUMERIC(78) NOT NULL, total NUMERIC(78) NOT NULL,"
              + " held BOOLEAN NOT NULL, void_place BIGINT, rolled_place BIGINT, final_place"
              + " BIGINT, final_at BIGINT)",
          "skipped(epoch BIGINT PRIMARY KEY, place BIGINT NOT NULL)",
          "purchase(place BIGINT PRIMARY KEY, buyer VARCHAR(42) NOT NULL, tokens NUMERIC(78) NOT"
              + " NULL, credits NUMERIC(78) NOT NULL)",
          "claim(place BIGINT PRIMARY KEY, account VARCHAR(42) NOT NULL, kind INT NOT NULL,"
              + " network INT NOT NULL, amount NUMERIC(78) NOT NULL)",
          "reservation(id VARCHAR(66) PRIMARY KEY, place BIGINT NOT NULL, payer VARCHAR(42) NOT"
              + " NULL, seller VARCHAR(42) NOT NULL, network INT NOT NULL, credits NUMERIC(78) NOT"
              + " NULL, basis NUMERIC(78) NOT NULL, last_epoch NUMERIC(20) NOT NULL,"
              + " released_place BIGINT)",
          "price(place BIGINT PRIMARY KEY, slot BIGINT NOT NULL, low NUMERIC(78) NOT NULL,"
              + " high NUMERIC(78) NOT NULL)",
          "link(a VARCHAR(42) NOT NULL, b VARCHAR(42) NOT NULL, place BIGINT NOT NULL,"
              + " PRIMARY KEY(a, b))",
          "operator(role INT NOT NULL, account VARCHAR(42) NOT NULL, signer VARCHAR(42) NOT NULL,"
              + " endpoint VARCHAR(1000) NOT NULL, stake NUMERIC(78) NOT NULL, weight NUMERIC(78)"
              + " NOT NULL, leaving BIGINT, slashed NUMERIC(78) NOT NULL, PRIMARY KEY(role,"
              + " account))",
          "network(id INT PRIMARY KEY, kind VARCHAR(40) NOT NULL, place BIGINT NOT NULL,"
              + " at BIGINT NOT NULL, bootstrap VARCHAR(1000) NOT NULL)",
          "rules(network INT NOT NULL, hash VARCHAR(66) NOT NULL, place BIGINT NOT NULL,"
              + " at BIGINT NOT NULL, parameters {bytes} NOT NULL, active_epoch BIGINT,"
              + " active_place BIGINT, PRIMARY KEY(network, hash, place))",
          "indexed(epoch BIGINT PRIMARY KEY, hash VARCHAR(66) NOT NULL, first_epoch BIGINT NOT"
              + " NULL, missing BOOLEAN NOT NULL, body VARCHAR(1000000) NOT NULL)",
          "figures(id BIGINT PRIMARY KEY, network INT NOT NULL, epoch BIGINT NOT NULL,"
              + " body VARCHAR(100000) NOT NULL)",
          "payment(seq BIGINT PRIMARY KEY, network INT NOT NULL, payer VARCHAR(42) NOT NULL,"
              + " seller VARCHAR(42) NOT NULL, charges INT NOT NULL, charged NUMERIC(78) NOT NULL,"
              + " burned NUMERIC(78) NOT NULL, paid NUMERIC(78) NOT NULL, voided NUMERIC(78) NOT"
              + " NULL, linked BOOLEAN NOT NULL)",
          "payer_period(network INT NOT NULL, period BIGINT NOT NULL, payer VARCHAR(42) NOT NULL,"
              + " charged NUMERIC(78) NOT NULL, linked BOOLEAN NOT NULL,"
              + " PRIMARY KEY(network, period, payer))",
          "leaf(account VARCHAR(42) NOT NULL, kind INT NOT NULL, network INT NOT NULL,"
              + " epoch BIGINT NOT NULL, cumulative NUMERIC(78) NOT NULL,"
              + " PRIMARY KEY(account, kind, network, epoch))",
          "device_block(id BIGINT PRIMARY KEY, payload {bytes} NOT NULL)",
          "reason(id INT PRIMARY KEY, code VARCHAR(100) NOT NULL)",
          "cell_count(network INT NOT NULL, resolution INT NOT NULL, cell BIGINT NOT NULL,"
              + " registered INT NOT NULL, proven INT NOT NULL, paid INT NOT NULL,"
              + " PRIMARY KEY(network, resolution, cell))");

  /** What following needs as well as questions. */
  private static final List<String> INDEXES =
      List.of("result_epoch ON result(epoch)", "result_hash ON result(hash)");

  /** What only questions need. */
  private static final List<String> QUESTIONS =
      List.of(
          "event_subject_both ON event_subject(subject, place)",
          "event_title ON event(title, place)",
          "device_owner ON device(owner, id)",
          "device_spot ON device(spot, id)",
          "device_network ON device(network, id)",
          "device_state ON device(state, id)",
          "device_both ON device(network, state, id)",
          "purchase_buyer ON purchase(buyer)",
          "claim_account ON claim(account)",
          "reservation_payer ON reservation(payer)",
          "payment_payer ON payment(payer, seq)",
          "payment_seller ON payment(seller, seq)",
          "payment_network ON payment(network, seq)",
          "payer_period_payer ON payer_period(payer)",
          "event_tx ON event(tx)");

  private Schema() {}

  static void create(Connection connection, boolean postgresql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute(
            "CREATE TABLE " + table.replace("{bytes}", postgresql ? "BYTEA" : "VARBINARY"));
      }
      for (String index : INDEXES) {
        statement.execute("CREATE INDEX " + index);
      }
      if (postgresql) {
        // Already compressed.
        statement.execute("ALTER TABLE device_block ALTER COLUMN payload SET STORAGE EXTERNAL");
      }
    }
    connection.commit();
  }

  /** Adds what only questions need; what is there already stays. */
  static void addIndexes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String index : QUESTIONS) {
        statement.execute("CREATE INDEX IF NOT EXISTS " + index);
      }
    }
    connection.commit();
  }

  static void drop(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        statement.execute("DROP TABLE IF EXISTS " + table.substring(0, table.indexOf('(')));
      }
    }
    connection.commit();
  }
}
