package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.explorer.index.CurrentState;
import org.groundwork.node.explorer.index.DeviceState;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.rules.kit.H3;

/** The map. */
final class CellViews {
  private static final int DEFAULT_RESOLUTION = 2;
  private static final int MAX_RESOLUTION = 9;

  /** The finest resolution of which the whole world is shown. */
  private static final int WHOLE_WORLD = 3;

  /** From the resolution on that is not counted beforehand, the coarsest cell to look into. */
  private static final int COARSEST = 4;

  private static final int MAX_STEPS = 4;
  private static final int MAX_CELLS = 50_000;
  private static final long SPOT = (1L << 52) - 1;

  private CellViews() {}

  static Listing list(Asked asked) throws SQLException, ApiException {
    return new Listing(items(asked, resolution(asked.parameters())), Optional.empty());
  }

  static ObjectNode cells(Asked asked) throws SQLException, ApiException {
    int resolution = resolution(asked.parameters());
    int network = asked.parameters().network().orElse(0);
    ObjectNode json = Json.object().put("resolution", resolution);
    ArrayNode items = json.putArray("items");
    items(asked, resolution).forEach(items::add);
    json.put(
        "without",
        OverviewViews.states(asked.sql())
            .path(Integer.toString(network))
            .path("without")
            .path(resolution)
            .asLong());
    json.set("source", Source.newest(asked));
    return json;
  }

  private static int resolution(Parameters parameters) throws ApiException {
    long resolution = parameters.number("resolution").orElse((long) DEFAULT_RESOLUTION);
    Optional<Long> within = parameters.cell("within");
    if (resolution > MAX_RESOLUTION) {
      throw Parameters.malformed("resolution is 0 to " + MAX_RESOLUTION + ".");
    }
    if (within.isEmpty() && resolution > WHOLE_WORLD) {
      throw Parameters.malformed(
          "The whole world is shown up to resolution " + WHOLE_WORLD + "; name a cell: within.");
    }
    if (within.isPresent()) {
      int parent = H3.resolution(within.get());
      int coarsest = resolution > CurrentState.COUNTED_RESOLUTION ? COARSEST : 0;
      if (parent > resolution || resolution - parent > MAX_STEPS || parent < coarsest) {
        throw Parameters.malformed(
            "within is at most "
                + MAX_STEPS
                + " resolutions coarser, and from resolution "
                + (CurrentState.COUNTED_RESOLUTION + 1)
                + " on of resolution "
                + COARSEST
                + " or finer.");
      }
    }
    return (int) resolution;
  }

  private static List<ObjectNode> items(Asked asked, int resolution)
      throws SQLException, ApiException {
    int network = asked.parameters().network().orElse(0);
    Optional<Long> within = asked.parameters().cell("within");
    return resolution <= CurrentState.COUNTED_RESOLUTION
        ? counted(asked.sql(), network, resolution, within)
        : counting(asked.sql(), network, resolution, within.orElseThrow());
  }

  private static List<ObjectNode> counted(
      Sql sql, int network, int resolution, Optional<Long> within) throws SQLException {
    // Cells of one resolution differ in their digits alone: those within one are a range.
    long high = H3_HEAD | (long) resolution << 52;
    long from = within.map(cell -> high | DeviceViews.firstWithin(cell)).orElse(high);
    long to = within.map(cell -> high | (cell & SPOT)).orElse(high | SPOT);
    return sql.list(
        "SELECT cell, registered, proven, paid FROM cell_count WHERE network = ? AND resolution = ?"
            + " AND cell >= ? AND cell <= ? ORDER BY cell LIMIT ?",
        row -> item(row.number(1), row.integer(2), row.integer(3), row.integer(4)),
        network,
        resolution,
        from,
        to,
        MAX_CELLS);
  }

  /** The mode of a cell's index. */
  private static final long H3_HEAD = 1L << 59;

  private static List<ObjectNode> counting(Sql sql, int network, int resolution, long within)
      throws SQLException {
    Map<Long, int[]> counts = new TreeMap<>();
    List<Object> values = new ArrayList<>(List.of(DeviceViews.firstWithin(within), within & SPOT));
    if (network > 0) {
      values.add(network);
    }
    sql.each(
        "SELECT cell, state FROM device WHERE spot >= ? AND spot <= ?"
            + (network > 0 ? " AND network = ?" : ""),
        row -> {
          long cell = row.number(1);
          if (H3.resolution(cell) >= resolution) {
            int[] count = counts.computeIfAbsent(H3.parent(cell, resolution), _ -> new int[3]);
            DeviceState state = DeviceState.of(row.integer(2));
            count[0]++;
            count[1] += state.compareTo(DeviceState.PROVEN) >= 0 ? 1 : 0;
            count[2] += state == DeviceState.PAID ? 1 : 0;
          }
        },
        values.toArray());
    return counts.entrySet().stream()
        .limit(MAX_CELLS)
        .map(entry ->
            item(entry.getKey(), entry.getValue()[0], entry.getValue()[1], entry.getValue()[2]))
        .toList();
  }

  private static ObjectNode item(long cell, int registered, int proven, int paid) {
    return Json.object()
        .put("cell", Long.toHexString(cell))
        .put("registered", registered)
        .put("proven", proven)
        .put("paid", paid);
  }
}
