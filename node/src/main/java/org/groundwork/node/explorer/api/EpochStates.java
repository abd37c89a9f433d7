package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.node.explorer.database.Sql;

/** How the results of some epochs stand. */
final class EpochStates {
  /**
   * The columns that tell it, of table {@code result} as {@code r}; in the order of {@link #of}.
   */
  static final String COLUMNS =
      "r.epoch, r.at, r.hash, r.money_root, r.held, r.final_place, r.void_place";

  private EpochStates() {}

  /** A result. {@code at} is when it was accepted, in Unix seconds. */
  record State(long epoch, long at, String hash, String moneyRoot, String state) {
    void addTo(ObjectNode item, String name) {
      item.put("time", at).put(name, state).put("resultHash", hash).put("moneyRoot", moneyRoot);
    }
  }

  static State of(Sql.Row row) throws SQLException {
    return new State(
        row.number(1),
        row.number(2),
        row.text(3),
        row.text(4),
        state(row.flag(5), row.optional(6), row.optional(7)));
  }

  static String state(boolean held, Optional<Long> finalPlace, Optional<Long> voidPlace) {
    if (voidPlace.isPresent()) {
      return "void";
    }
    if (finalPlace.isPresent()) {
      return "final";
    }
    return held ? "disputed" : "accepted";
  }

  static Map<Long, State> of(Sql sql, Collection<Long> epochs) throws SQLException {
    Map<Long, State> states = new TreeMap<>();
    if (epochs.isEmpty()) {
      return states;
    }
    for (State state :
        sql.list(
            "SELECT "
                + COLUMNS
                + " FROM result r WHERE r.rolled_place IS NULL AND r.epoch IN ("
                + marks(epochs.size())
                + ")",
            EpochStates::of,
            epochs.toArray())) {
      states.put(state.epoch(), state);
    }
    return states;
  }

  /** As many question marks as there are values. */
  static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  /** The newest final epoch that is indexed. */
  static Optional<Long> newestFinal(Sql sql) throws SQLException {
    return sql.first(
            "SELECT MAX(r.epoch) FROM result r JOIN indexed i ON i.epoch = r.epoch AND i.hash ="
                + " r.hash WHERE r.final_place IS NOT NULL AND r.rolled_place IS NULL",
            row -> row.optional(1).orElse(-1L))
        .filter(epoch -> epoch >= 0);
  }
}
