package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.rules.kit.H3;

/** What a text names. */
final class SearchViews {
  private static final int MAX_TEXT = 100;
  private static final int MAX_HITS = 20;

  private SearchViews() {}

  static ObjectNode search(Asked asked) throws SQLException, ApiException {
    String text = asked.parameters().text("q").orElse("").strip();
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw Parameters.malformed("q is 1 to " + MAX_TEXT + " characters.");
    }
    ObjectNode json = Json.object();
    ArrayNode hits = json.putArray("items");
    String lower = Parameters.lower(text);
    Sql sql = asked.sql();
    if (lower.matches("[0-9]{1,15}")) {
      number(sql, Long.parseLong(lower), hits);
    }
    if (lower.matches("0x[0-9a-f]{40}")) {
      hit(hits, "account", lower, "Account " + lower);
    }
    if (lower.matches("0x[0-9a-f]{64}")) {
      hash(sql, lower, hits);
    }
    if (lower.matches("[0-9a-f]{15,16}") && H3.isCell(Long.parseUnsignedLong(lower, 16))) {
      hit(hits, "cell", lower, "H3 cell " + lower);
    }
    for (ObjectNode network : NetworkViews.rows(asked, 0, Parameters.MAX_LIMIT)) {
      String title = network.path("title").asText();
      if (hits.size() < MAX_HITS
          && (Parameters.lower(title).contains(lower)
              || network.path("network").asText().equals(lower))) {
        hit(hits, "network", network.path("network").asText(), title);
      }
    }
    json.set("source", Source.newest(asked));
    return json;
  }

  private static void number(Sql sql, long number, ArrayNode hits) throws SQLException {
    String id = Long.toString(number);
    if (sql.number("SELECT COUNT(*) FROM device WHERE id = ?", number) > 0) {
      hit(hits, "device", id, "Device " + id);
    }
    if (sql.number("SELECT COUNT(*) FROM result WHERE epoch = ?", number)
            + sql.number("SELECT COUNT(*) FROM skipped WHERE epoch = ?", number)
        > 0) {
      hit(hits, "epoch", id, "Epoch " + id);
    }
    if (sql.number("SELECT COUNT(*) FROM event_subject WHERE subject = ?", "dispute:" + id) > 0) {
      hit(hits, "dispute", id, "Dispute " + id);
    }
  }

  private static void hash(Sql sql, String hash, ArrayNode hits) throws SQLException {
    sql.each(
        "SELECT DISTINCT epoch FROM result WHERE hash = ? OR money_root = ? OR carry_root = ?"
            + " ORDER BY epoch LIMIT 5",
        row -> hit(hits, "epoch", row.text(1), "Epoch " + row.text(1)),
        hash,
        hash,
        hash);
    if (sql.number("SELECT COUNT(*) FROM event WHERE tx = ?", hash) > 0) {
      hit(hits, "transaction", hash, "Transaction " + hash);
    }
  }

  private static void hit(ArrayNode hits, String type, String id, String title) {
    hits.addObject().put("type", type).put("id", id).put("title", title);
  }
}
