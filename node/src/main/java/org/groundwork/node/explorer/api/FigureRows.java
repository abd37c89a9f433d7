package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** Figures of networks by epoch; network 0 is all of them together. */
final class FigureRows {
  /** As many epochs as a chart shows. */
  static final int SERIES = 50;

  private FigureRows() {}

  /** The figures of a network before an epoch, newest first, with all that is kept of them. */
  static List<ObjectNode> before(Sql sql, int network, long epoch, int limit) throws SQLException {
    return sql.list(
        "SELECT "
            + EpochStates.COLUMNS
            + ", f.body FROM figures f JOIN result r ON r.epoch = f.epoch AND r.rolled_place IS"
            + " NULL AND r.void_place IS NULL WHERE f.id >= ? AND f.id < ? ORDER BY f.id DESC"
            + " LIMIT ?",
        row -> {
          ObjectNode body = parse(row.text(8));
          EpochStates.of(row).addTo(body, "state");
          return body;
        },
        id(network, 0),
        id(network, epoch),
        limit);
  }

  private static long id(int network, long epoch) {
    return (long) network << 32 | epoch;
  }

  /** The newest; empty before the first epoch. */
  static Optional<ObjectNode> newest(Sql sql, int network) throws SQLException {
    return before(sql, network, 0xFFFF_FFFFL, 1).stream().findFirst();
  }

  /** Without what only some pages show. */
  static ObjectNode plain(ObjectNode body) {
    ObjectNode plain = body.deepCopy();
    plain.remove(List.of("quantiles", "since"));
    return plain;
  }

  /** The newest epochs, oldest first. */
  static List<ObjectNode> series(Sql sql, int network) throws SQLException {
    List<ObjectNode> series = new ArrayList<>(before(sql, network, 0xFFFF_FFFFL, SERIES));
    return series.reversed().stream().map(FigureRows::plain).toList();
  }

  static Listing list(Asked asked, int network)
      throws SQLException, org.groundwork.node.wire.ApiException {
    int limit = asked.parameters().limit();
    long before = asked.parameters().cursor(0xFFFF_FFFFL);
    return Listing.of(
        before(asked.sql(), network, Math.min(before, 0xFFFF_FFFFL), limit + 1),
        limit,
        row -> row.path("epoch").asText(),
        FigureRows::plain);
  }

  /** JSON that the index wrote. */
  static ObjectNode parse(String text) throws SQLException {
    try {
      JsonNode node = Json.decode(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new SQLException("a row that is no object");
    } catch (Malformed e) {
      throw new SQLException("a row that cannot be read", e);
    }
  }
}
