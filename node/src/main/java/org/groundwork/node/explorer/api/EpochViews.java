package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.settlement.abi.ContractEvent;

/** Epochs and their results. */
final class EpochViews {
  private static final String ROWS =
      "SELECT "
          + EpochStates.COLUMNS
          + ", r.attempt, r.place, r.tx, r.carry_root, r.signers, r.signed, r.total, r.final_at,"
          + " i.first_epoch, i.missing, f.body FROM result r LEFT JOIN indexed i ON i.epoch ="
          + " r.epoch AND i.hash = r.hash LEFT JOIN figures f ON f.id = r.epoch AND i.epoch IS NOT"
          + " NULL WHERE r.rolled_place IS NULL";

  private EpochViews() {}

  private static ObjectNode row(Sql.Row row) throws SQLException {
    EpochStates.State state = EpochStates.of(row);
    String body = row.text(18);
    ObjectNode json = Json.object().put("epoch", state.epoch());
    row.optional(16).ifPresent(first -> json.put("first", first));
    json.put("attempt", row.integer(8));
    state.addTo(json, "state");
    row.optional(15).ifPresent(time -> json.put("finalTime", time));
    json.put("block", org.groundwork.node.explorer.index.Place.block(row.number(9)))
        .put("transaction", row.text(10))
        .put("carryRoot", row.text(11))
        .put("signers", row.integer(12))
        .put(
            "signedBps",
            row.amount(13)
                .multiply(java.math.BigInteger.valueOf(10_000))
                .divide(row.amount(14).max(java.math.BigInteger.ONE))
                .intValue());
    if (!body.isEmpty()) {
      JsonNode figures = FigureRows.parse(body);
      json.put("revenue", figures.path("revenue").asText())
          .put("payments", figures.path("payments").asText())
          .put("active", figures.path("active").asLong())
          .put("paid", figures.path("paid").asLong());
    }
    String files = row.optional(16).isEmpty() ? "waiting" : row.flag(17) ? "missing" : "indexed";
    return json.put("files", files);
  }

  static Optional<ObjectNode> newest(Asked asked, boolean isFinal) throws SQLException {
    String condition = isFinal ? " AND r.final_place IS NOT NULL" : "";
    return asked.sql().first(ROWS + condition + " ORDER BY r.epoch DESC LIMIT 1", EpochViews::row);
  }

  static Listing list(Asked asked) throws SQLException, ApiException {
    int limit = asked.parameters().limit();
    long before = asked.parameters().cursor(Long.MAX_VALUE);
    List<ObjectNode> rows =
        new ArrayList<>(
            asked
                .sql()
                .list(
                    ROWS + " AND r.epoch < ? ORDER BY r.epoch DESC LIMIT ?",
                    EpochViews::row,
                    before,
                    limit + 1));
    rows.addAll(
        asked
            .sql()
            .list(
                "SELECT epoch FROM skipped WHERE epoch < ? ORDER BY epoch DESC LIMIT ?",
                row -> Json.object().put("epoch", row.number(1)).put("state", "skipped"),
                before,
                limit + 1));
    rows.sort(Comparator.comparingLong((ObjectNode row) -> row.path("epoch").asLong()).reversed());
    return Listing.of(
        rows.subList(0, Math.min(rows.size(), limit + 1)),
        limit,
        row -> row.path("epoch").asText(),
        row -> row);
  }

  static ObjectNode epoch(Asked asked) throws SQLException, ApiException {
    Sql sql = asked.sql();
    long epoch =
        asked
            .parameters()
            .epoch("epoch")
            .orElseThrow(() -> Parameters.malformed("epoch is missing."));
    Optional<ObjectNode> found = sql.first(ROWS + " AND r.epoch = ?", EpochViews::row, epoch);
    if (found.isEmpty()) {
      return skipped(asked, epoch);
    }
    ObjectNode json = found.get();
    ContractEvent.ResultAccepted accepted = accepted(asked, epoch);
    EpochStatement statement = accepted.result();
    json.put("closeBlock", statement.closeBlock().toHex())
        .put("parent", statement.parent().toHex())
        .put("inputs", statement.inputs().toHex())
        .put("rules", statement.rules().toHex())
        .put("signedStake", accepted.signedStake().toString())
        .put("totalStake", accepted.totalStake().toString());
    ArrayNode signers = json.putArray("signedBy");
    for (AccountId signer : accepted.signers()) {
      signers.add(signer.toHex());
    }
    json.set("indexes", indexes(asked, epoch));
    ArrayNode totals = json.putArray("totals");
    statement
        .totals()
        .forEach(total ->
            totals
                .addObject()
                .put("kind", Parameters.lower(total.kind().name()))
                .put("network", total.network().value())
                .put("amount", total.amount().toString()));
    body(asked, epoch, json);
    ArrayNode figures = json.putArray("figures");
    for (int network : sql.list("SELECT id FROM network ORDER BY id", row -> row.integer(1))) {
      FigureRows.before(sql, network, epoch + 1, 1).stream()
          .filter(each -> each.path("epoch").asLong() == epoch)
          .map(FigureRows::plain)
          .forEach(figures::add);
    }
    json.put("audit", "groundwork audit " + epoch + " --diff");
    json.set("source", Source.of(sql, Optional.of(epoch)));
    return json;
  }

  private static ObjectNode skipped(Asked asked, long epoch) throws SQLException, ApiException {
    if (asked.sql().number("SELECT COUNT(*) FROM skipped WHERE epoch = ?", epoch) == 0) {
      throw new ApiException(ApiError.NOT_FOUND);
    }
    ObjectNode json = Json.object().put("epoch", epoch).put("state", "skipped");
    json.set("source", Source.newest(asked));
    return json;
  }

  private static ContractEvent.ResultAccepted accepted(Asked asked, long epoch)
      throws SQLException {
    return asked
        .sql()
        .first(
            "SELECT e.place, e.at, e.tx, e.contract, e.topics, e.payload FROM result r JOIN event e"
                + " ON e.place = r.place WHERE r.epoch = ? AND r.rolled_place IS NULL",
            row -> (ContractEvent.ResultAccepted) asked.scope().codec().read(row).event(),
            epoch)
        .orElseThrow();
  }

  private static ArrayNode indexes(Asked asked, long epoch) throws SQLException {
    ArrayNode array = Json.array();
    for (var placed : EventViews.of(asked, "epoch:" + epoch)) {
      if (placed.event() instanceof ContractEvent.IndexCommitted committed) {
        array
            .addObject()
            .put("gateway", committed.gateway().toHex())
            .put("index", committed.index().toHex())
            .put("transaction", placed.transaction().toHex());
      }
    }
    return array;
  }

  /** What was read of published files. */
  private static void body(Asked asked, long epoch, ObjectNode json) throws SQLException {
    Optional<String> text =
        asked.sql().first("SELECT body FROM indexed WHERE epoch = ?", row -> row.text(1), epoch);
    JsonNode body = text.isPresent() ? FigureRows.parse(text.get()) : Json.object();
    Words words = new Words(asked);
    json.put("dust", body.path("dust").asText("0"));
    json.set("economy", body.path("economy").isArray() ? body.path("economy") : Json.array());
    json.set("reasons", reasons(words, body));
    json.set("publishedFiles", body.path("files").isArray() ? body.path("files") : Json.array());
  }

  static ArrayNode reasons(Words words, JsonNode body) {
    ArrayNode array = Json.array();
    for (JsonNode reason : body.path("reasons")) {
      array.add(
          words.count(
              reason.path("network").asInt(),
              reason.path("code").asText(),
              reason.path("fault").asBoolean(),
              reason.path("count").asLong()));
    }
    return array;
  }
}
