package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;

/** Networks. */
final class NetworkViews {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);
  private static final int TOP = 10;
  private static final int PERIODS = 24;

  private NetworkViews() {}

  /** A network as it was created, with the rules in force. */
  private record Known(
      int id, String kind, long created, String bootstrap, String hash, Bytes parameters) {}

  private static final String KNOWN =
      "SELECT n.id, n.kind, n.at, n.bootstrap, r.hash, r.parameters FROM network n JOIN rules r ON"
          + " r.network = n.id AND r.active_place = (SELECT MAX(active_place) FROM rules WHERE"
          + " network = n.id)";

  private static Known known(Sql.Row row) throws SQLException {
    return new Known(
        row.integer(1),
        row.text(2),
        row.number(3),
        row.text(4),
        row.text(5),
        Bytes.wrap(row.bytes(6)));
  }

  static List<ObjectNode> rows(Asked asked, long after, int limit) throws SQLException {
    JsonNode states = OverviewViews.states(asked.sql());
    List<ObjectNode> rows = new ArrayList<>();
    for (Known known :
        asked
            .sql()
            .list(
                KNOWN + " WHERE n.id > ? ORDER BY n.id LIMIT ?",
                NetworkViews::known,
                after,
                limit)) {
      ObjectNode row = row(asked, known, states);
      row.set(
          "now",
          FigureRows.newest(asked.sql(), known.id())
              .map(FigureRows::plain)
              .orElseGet(Json::object));
      rows.add(row);
    }
    return rows;
  }

  private static ObjectNode row(Asked asked, Known known, JsonNode states) {
    return Json.object()
        .put("network", known.id())
        .put("kind", known.kind())
        .put("title", asked.scope().titles().of(known.kind(), known.parameters()))
        .put("devices", OverviewViews.devices(states, known.id()));
  }

  static Listing list(Asked asked) throws SQLException, ApiException {
    int limit = asked.parameters().limit();
    return Listing.of(
        rows(asked, asked.parameters().cursor(0), limit + 1),
        limit,
        row -> row.path("network").asText(),
        row -> row);
  }

  static Listing epochs(Asked asked) throws SQLException, ApiException {
    int network = asked.parameters().network().orElse(0);
    find(asked, network);
    return FigureRows.list(asked, network);
  }

  private static Known find(Asked asked, int network) throws SQLException, ApiException {
    return asked
        .sql()
        .first(KNOWN + " WHERE n.id = ?", NetworkViews::known, network)
        .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
  }

  static ObjectNode network(Asked asked) throws SQLException, ApiException {
    Sql sql = asked.sql();
    int id = asked.parameters().network().orElse(0);
    Known known = find(asked, id);
    JsonNode states = OverviewViews.states(sql);
    ObjectNode json = row(asked, known, states);
    json.put("created", known.created())
        .put("rulesHash", known.hash())
        .put("parameters", text(known.parameters()));
    json.set("bootstrap", terms(FigureRows.parse(known.bootstrap())));
    json.set("states", states.path(Integer.toString(id)).path("states"));
    Optional<ObjectNode> now = FigureRows.newest(sql, id);
    json.set("now", now.map(FigureRows::plain).orElseGet(Json::object));
    ArrayNode series = json.putArray("series");
    FigureRows.series(sql, id).forEach(series::add);
    JsonNode since = now.map(each -> each.path("since")).orElseGet(Json::object);
    ObjectNode totals = json.putObject("totals");
    for (String name : List.of("revenue", "burned", "payments", "bootstrap")) {
      totals.put(name, since.path(name).asText("0"));
    }
    sql.each(
        "SELECT SUM(amount) FROM claim WHERE network = ?",
        row -> totals.put("claimed", row.amount(1).toString()),
        id);
    json.set("topPayers", topPayers(sql, id));
    json.set("cohorts", cohorts(asked, id));
    json.set("quantiles", now.map(each -> each.path("quantiles")).orElseGet(Json::array));
    json.set("source", Source.newest(asked));
    return json;
  }

  /** Bootstrap terms: what is stored as texts, with epochs and shares as numbers. */
  private static ObjectNode terms(ObjectNode stored) {
    ObjectNode json = Json.object();
    json.setAll(stored);
    for (String name : List.of("start", "end", "maxCellBps", "maxAdmissions")) {
      json.put(name, stored.path(name).asLong());
    }
    return json;
  }

  private static ArrayNode topPayers(Sql sql, int network) throws SQLException {
    ArrayNode array = Json.array();
    long period = sql.number("SELECT MAX(period) FROM payer_period WHERE network = ?", network);
    BigInteger all =
        sql.first(
                "SELECT SUM(charged) FROM payer_period WHERE network = ? AND period = ?",
                row -> row.amount(1),
                network,
                period)
            .orElse(BigInteger.ZERO);
    sql.each(
        "SELECT payer, charged, linked FROM payer_period WHERE network = ? AND period = ?"
            + " ORDER BY charged DESC, payer LIMIT ?",
        row ->
            array
                .addObject()
                .put("payer", row.text(1))
                .put("charged", row.amount(2).toString())
                .put(
                    "shareBps",
                    row.amount(2).multiply(BPS).divide(all.max(BigInteger.ONE)).intValue())
                .put("linked", row.flag(3)),
        network,
        period,
        TOP);
    return array;
  }

  private static ArrayNode cohorts(Asked asked, int network) throws SQLException {
    long epochs = Math.max(1, asked.scope().deployment().economy().emission().periodEpochs());
    ArrayNode array = Json.array();
    long[] before = {0};
    asked
        .sql()
        .each(
            "SELECT p.period, COUNT(*), SUM(CASE WHEN q.payer IS NULL THEN 0 ELSE 1 END),"
                + " SUM(p.charged) FROM payer_period p LEFT JOIN payer_period q ON q.network ="
                + " p.network AND q.period = p.period - 1 AND q.payer = p.payer WHERE p.network = ?"
                + " AND p.period >= (SELECT MAX(period) - ? FROM payer_period WHERE network = ?)"
                + " GROUP BY p.period ORDER BY p.period",
            row -> {
              long payers = row.number(2);
              long kept = row.number(3);
              array
                  .addObject()
                  .put("period", row.number(1))
                  .put("fromEpoch", row.number(1) * epochs)
                  .put("payers", payers)
                  .put("kept", kept)
                  .put("keptBps", before[0] == 0 ? null : (Long) (kept * 10_000 / before[0]))
                  .put("revenue", row.amount(4).toString());
              before[0] = payers;
            },
            network,
            PERIODS,
            network);
    return array;
  }

  /** Text if it is UTF-8 that can be shown, else hexadecimal digits. */
  static String text(Bytes content) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.toArray())).toString();
      boolean shown =
          text.codePoints()
              .allMatch(c -> c == '\n' || c == '\t' || c == '\r' || !Character.isISOControl(c));
      return shown ? text : content.toHex();
    } catch (CharacterCodingException e) {
      return content.toHex();
    }
  }
}
