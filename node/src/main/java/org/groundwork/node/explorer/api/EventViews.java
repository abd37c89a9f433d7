package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.index.EventCodec;
import org.groundwork.node.explorer.index.EventFields;
import org.groundwork.node.explorer.index.Place;
import org.groundwork.node.explorer.index.Placed;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.settlement.abi.ContractEvent;

/**
 * Events of the contracts. Lists name the column that is fixed in their order too: H2 walks an
 * index along only if the order is that of the index.
 */
final class EventViews {
  private static final String JOINED =
      "SELECT e.place, e.at, e.tx, e.contract, e.topics, e.payload FROM event_subject s JOIN event"
          + " e ON e.place = s.place WHERE s.subject = ?";

  /** The most events of one subject that a page looks at. */
  private static final int MAX_OF_ONE = 10_000;

  private EventViews() {}

  static ObjectNode json(Placed placed) {
    ObjectNode json =
        Json.object()
            .put("block", Place.block(placed.place()))
            .put("index", Place.index(placed.place()))
            .put("time", placed.at())
            .put("transaction", placed.transaction().toHex())
            .put("contract", placed.contract())
            .put("name", placed.title());
    json.set("data", EventFields.json((Record) placed.event()));
    return json;
  }

  private static Listing page(List<Placed> events, int limit) {
    return Listing.of(events, limit, placed -> Long.toString(placed.place()), EventViews::json);
  }

  static Listing list(Asked asked) throws SQLException, ApiException {
    int limit = asked.parameters().limit();
    long before = asked.parameters().cursor(Long.MAX_VALUE);
    EventCodec codec = asked.scope().codec();
    Optional<String> name = asked.parameters().text("name");
    String select = "SELECT " + EventCodec.COLUMNS + " FROM event WHERE ";
    List<Placed> events =
        name.isPresent()
            ? asked
                .sql()
                .list(
                    select + "title = ? AND place < ? ORDER BY title DESC, place DESC LIMIT ?",
                    codec::read,
                    name.get(),
                    before,
                    limit + 1)
            : asked
                .sql()
                .list(
                    select + "place < ? ORDER BY place DESC LIMIT ?",
                    codec::read,
                    before,
                    limit + 1);
    return page(events, limit);
  }

  static Listing ofAccount(Asked asked) throws SQLException, ApiException {
    int limit = asked.parameters().limit();
    String account =
        asked
            .parameters()
            .account("address")
            .orElseThrow(() -> Parameters.malformed("address is missing."));
    List<Placed> events =
        asked
            .sql()
            .list(
                JOINED + " AND s.place < ? ORDER BY s.subject DESC, s.place DESC LIMIT ?",
                asked.scope().codec()::read,
                account,
                asked.parameters().cursor(Long.MAX_VALUE),
                limit + 1);
    return page(events, limit);
  }

  /** All events about something, in the chain's order. */
  static List<Placed> of(Asked asked, String subject) throws SQLException {
    return asked
        .sql()
        .list(
            JOINED + " ORDER BY s.subject, s.place LIMIT ?",
            asked.scope().codec()::read,
            subject,
            MAX_OF_ONE);
  }

  /** The newest events of these names, newest first. */
  static List<Placed> newest(Asked asked, List<String> names, long before, int limit)
      throws SQLException {
    Object[] values = new Object[names.size() + 2];
    for (int i = 0; i < names.size(); i++) {
      values[i] = names.get(i);
    }
    values[names.size()] = before;
    values[names.size() + 1] = limit;
    return asked
        .sql()
        .list(
            "SELECT "
                + EventCodec.COLUMNS
                + " FROM event WHERE title IN ("
                + EpochStates.marks(names.size())
                + ") AND place < ? ORDER BY "
                + (names.size() == 1 ? "title DESC, " : "")
                + "place DESC LIMIT ?",
            asked.scope().codec()::read,
            values);
  }

  /** The newest event of a kind. */
  static <E extends ContractEvent> Optional<E> newest(Asked asked, Class<E> type)
      throws SQLException {
    return newest(asked, List.of(type.getSimpleName()), Long.MAX_VALUE, 1).stream()
        .findFirst()
        .map(placed -> type.cast(placed.event()));
  }
}
