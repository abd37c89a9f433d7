package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.explorer.index.ChainFollower;
import org.groundwork.node.wire.Json;

/** What those who listen are told: how things stand, and what changed. */
public final class LiveState {
  private static final String NEWEST =
      "SELECT r.epoch, r.hash, r.money_root, r.at FROM result r JOIN indexed i ON i.epoch = r.epoch"
          + " AND i.hash = r.hash WHERE r.rolled_place IS NULL AND r.void_place IS NULL";

  private final Database database;
  private Known known = Known.NOTHING;
  private volatile String trouble = "?";
  private volatile String greeting = "{\"type\":\"state\"}";

  /** Message texts of one moment; those that differ from the moment before are news. */
  private record Known(
      long event,
      Optional<ObjectNode> block,
      Optional<ObjectNode> epoch,
      Optional<ObjectNode> last,
      long voids,
      long states) {
    private static final Known NOTHING =
        new Known(-1, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0);
  }

  public LiveState(Database database) {
    this.database = database;
  }

  /** The first message of everybody. */
  public String greeting() {
    return greeting;
  }

  /** Whether this is another trouble than the one before. */
  public boolean isNews(String now) {
    boolean news = !now.equals(trouble);
    trouble = now;
    return news;
  }

  /** Whether a message means that answers of before it may be old. */
  public static boolean isNews(ObjectNode message) {
    return message.path("changed").asBoolean(true);
  }

  /** What changed since the last call. */
  public List<ObjectNode> changes() throws IOException {
    Known now = database.read(LiveState::known);
    List<ObjectNode> messages = new ArrayList<>();
    boolean changed = now.event() != known.event() || now.states() != known.states();
    if (changed || !now.block().equals(known.block())) {
      now.block()
          .ifPresent(
              block -> messages.add(block.deepCopy().put("type", "block").put("changed", changed)));
    }
    if (!now.epoch().equals(known.epoch())) {
      now.epoch().ifPresent(epoch -> messages.add(epoch.deepCopy().put("type", "epoch")));
    }
    if (!now.last().equals(known.last())) {
      now.last().ifPresent(last -> messages.add(last.deepCopy().put("type", "final")));
    }
    if (now.voids() != known.voids()) {
      messages.add(Json.object().put("type", "void"));
    }
    known = now;
    ObjectNode state = Json.object().put("type", "state");
    now.block().ifPresent(state::setAll);
    now.epoch().ifPresent(state::setAll);
    greeting = state.toString();
    return messages;
  }

  private static Known known(Sql sql) throws SQLException {
    Optional<ObjectNode> block =
        ChainFollower.synced(sql)
            .map(synced ->
                Json.object()
                    .put("block", synced.number())
                    .put("blockHash", synced.hash().toHex())
                    .put("time", synced.timestamp()));
    return new Known(
        sql.number("SELECT MAX(place) FROM event"),
        block,
        sql.first(NEWEST + " ORDER BY r.epoch DESC LIMIT 1", LiveState::epoch),
        sql.first(
            NEWEST + " AND r.final_place IS NOT NULL ORDER BY r.epoch DESC LIMIT 1",
            LiveState::epoch),
        sql.number("SELECT COUNT(*) FROM result WHERE void_place IS NOT NULL"),
        Database.meta(sql, org.groundwork.node.explorer.index.CurrentState.STATES)
            .map(String::hashCode)
            .orElse(0));
  }

  private static ObjectNode epoch(Sql.Row row) throws SQLException {
    return Json.object()
        .put("epoch", row.number(1))
        .put("resultHash", row.text(2))
        .put("moneyRoot", row.text(3))
        .put("time", row.number(4));
  }
}
