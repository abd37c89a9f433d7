package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.explorer.index.Place;
import org.groundwork.node.wire.Json;

/** What an answer rests on: the last block with an event, and an epoch's roots and files. */
final class Source {
  private static final List<String> FILES =
      List.of(
          ResultFiles.CHARGES,
          ResultFiles.DEVICES,
          ResultFiles.ECONOMY,
          ResultFiles.MANIFEST,
          ResultFiles.MONEY,
          ResultFiles.RESULT);

  private Source() {}

  /** Of the newest indexed epoch. */
  static ObjectNode newest(Asked asked) throws SQLException {
    var epoch = asked.newest();
    return of(asked.sql(), epoch.isPresent() ? Optional.of(epoch.getAsLong()) : Optional.empty());
  }

  static ObjectNode of(Sql sql, Optional<Long> epoch) throws SQLException {
    ObjectNode source = Json.object();
    long place = sql.number("SELECT MAX(place) FROM event");
    sql.each(
        "SELECT number, hash, at FROM block WHERE number = ?",
        row ->
            source
                .put("block", row.number(1))
                .put("blockHash", row.text(2))
                .put("time", row.number(3)),
        Place.block(place));
    if (epoch.isPresent()) {
      source.put("epoch", epoch.get());
      sql.each(
          "SELECT hash, money_root, carry_root FROM result WHERE epoch = ? AND rolled_place IS"
              + " NULL",
          row ->
              source
                  .put("resultHash", row.text(1))
                  .put("moneyRoot", row.text(2))
                  .put("carryRoot", row.text(3)),
          epoch.get());
      var files = source.putArray("files");
      FILES.forEach(files::add);
    }
    return source;
  }
}
