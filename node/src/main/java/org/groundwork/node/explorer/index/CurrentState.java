package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.kit.H3;

/**
 * How devices stand in the newest epoch: each one's state, counts of cells for the map, and of
 * states. Derived from devices and the newest blocks alone, and written where it changed.
 */
public final class CurrentState {
  /** Where the counts by network are noted. */
  public static final String STATES = "states";

  /** The finest resolution whose cells are counted beforehand. */
  public static final int COUNTED_RESOLUTION = 5;

  /** Where it is noted what they were derived from. */
  private static final String CURRENT = "current";

  private static final int PAGE = 10_000;
  private static final int ALL = 0;

  private final Sql sql;
  private final OptionalLong epoch;
  private final Map<CellKey, int[]> cells = new HashMap<>();
  private final Map<Integer, Counts> networks = new TreeMap<>();

  private record CellKey(int network, int resolution, long cell) {}

  private record Seen(long id, int network, long cell, int state) {}

  /** Devices of a network by state, and how many have no cell of a resolution. */
  private static final class Counts {
    private final long[] states = new long[DeviceState.values().length];
    private final long[] coarser = new long[H3.MAX_RESOLUTION + 1];

    void add(DeviceState state, long cell) {
      states[state.number()]++;
      int resolution = H3.isCell(cell) ? H3.resolution(cell) : -1;
      for (int finer = resolution + 1; finer <= H3.MAX_RESOLUTION; finer++) {
        coarser[finer]++;
      }
    }

    ObjectNode json() {
      ObjectNode json = Json.object();
      ObjectNode byState = json.putObject("states");
      for (DeviceState state : DeviceState.values()) {
        byState.put(state.code(), states[state.number()]);
      }
      ArrayNode without = json.putArray("without");
      for (long count : coarser) {
        without.add(count);
      }
      return json;
    }
  }

  private CurrentState(Sql sql, OptionalLong epoch) {
    this.sql = sql;
    this.epoch = epoch;
  }

  /** Whether nothing came since they were derived; what went away is told by {@link #forget}. */
  static boolean isCurrent(Sql sql) throws SQLException {
    return Database.meta(sql, CURRENT).equals(Optional.of(basis(sql)));
  }

  /** What they were derived from does not stand any more. */
  static void forget(Sql sql) throws SQLException {
    sql.run("DELETE FROM meta WHERE item = ?", CURRENT);
  }

  private static String basis(Sql sql) throws SQLException {
    return EpochFollower.newest(sql).orElse(-1) + " " + sql.number("SELECT MAX(place) FROM event");
  }

  /** Brings states, cells and counts up to the newest epoch. */
  static void refresh(Database database) throws IOException {
    database.change(sql -> {
      try {
        new CurrentState(sql, EpochFollower.newest(sql)).run();
      } catch (Malformed e) {
        throw new IOException("a block of devices cannot be read", e);
      }
    });
  }

  private void run() throws SQLException, Malformed {
    long last = -1;
    List<Seen> page = page(last);
    while (!page.isEmpty()) {
      update(page);
      last = page.getLast().id();
      page = page.size() < PAGE ? List.of() : page(last);
    }
    writeCells();
    ObjectNode counts = Json.object();
    networks.forEach((network, each) -> counts.set(Integer.toString(network), each.json()));
    counts.put("owners", sql.number("SELECT COUNT(DISTINCT owner) FROM device"));
    Database.put(sql, STATES, counts.toString());
    Database.put(sql, CURRENT, basis(sql));
  }

  private List<Seen> page(long after) throws SQLException {
    return sql.list(
        "SELECT id, network, cell, state FROM device WHERE id > ? ORDER BY id LIMIT ?",
        row -> new Seen(row.number(1), row.integer(2), row.number(3), row.integer(4)),
        after,
        PAGE);
  }

  private void update(List<Seen> page) throws SQLException, Malformed {
    Map<Long, DeviceState> known = states(page.getFirst().id(), page.getLast().id());
    try (Sql.Batch changes = sql.batch("UPDATE device SET state = ? WHERE id = ?")) {
      for (Seen device : page) {
        DeviceState state = known.getOrDefault(device.id(), DeviceState.REGISTERED);
        if (state.number() != device.state()) {
          changes.add(state.number(), device.id());
        }
        count(device, state);
      }
      changes.flush();
    }
  }

  private Map<Long, DeviceState> states(long from, long to) throws SQLException, Malformed {
    Map<Long, DeviceState> states = new HashMap<>();
    if (epoch.isEmpty()) {
      return states;
    }
    List<Map.Entry<Long, byte[]>> blocks = new ArrayList<>();
    sql.each(
        "SELECT id, payload FROM device_block WHERE id >= ? AND id <= ?",
        row -> blocks.add(Map.entry(row.number(1), row.bytes(2))),
        DeviceBlock.id(epoch.getAsLong(), from),
        DeviceBlock.id(epoch.getAsLong(), to));
    for (Map.Entry<Long, byte[]> block : blocks) {
      long first = DeviceBlock.firstDevice(block.getKey());
      for (DeviceEntry entry : DeviceBlock.decode(block.getValue(), first)) {
        if (entry.lastEpoch() >= 0) {
          states.put(entry.device(), entry.state());
        }
      }
    }
    return states;
  }

  private void count(Seen device, DeviceState state) {
    for (int network : new int[] {ALL, device.network()}) {
      networks.computeIfAbsent(network, _ -> new Counts()).add(state, device.cell());
      if (H3.isCell(device.cell())) {
        int finest = Math.min(COUNTED_RESOLUTION, H3.resolution(device.cell()));
        for (int resolution = 0; resolution <= finest; resolution++) {
          CellKey key = new CellKey(network, resolution, H3.parent(device.cell(), resolution));
          int[] counts = cells.computeIfAbsent(key, _ -> new int[3]);
          counts[0]++;
          counts[1] += state.compareTo(DeviceState.PROVEN) >= 0 ? 1 : 0;
          counts[2] += state == DeviceState.PAID ? 1 : 0;
        }
      }
    }
  }

  private void writeCells() throws SQLException {
    Map<CellKey, int[]> known = new HashMap<>();
    sql.each(
        "SELECT network, resolution, cell, registered, proven, paid FROM cell_count",
        row ->
            known.put(
                new CellKey(row.integer(1), row.integer(2), row.number(3)),
                new int[] {row.integer(4), row.integer(5), row.integer(6)}));
    try (Sql.Batch added =
            sql.batch(
                "INSERT INTO cell_count(network, resolution, cell, registered, proven, paid)"
                    + " VALUES (?, ?, ?, ?, ?, ?)");
        Sql.Batch changed =
            sql.batch(
                "UPDATE cell_count SET registered = ?, proven = ?, paid = ?"
                    + " WHERE network = ? AND resolution = ? AND cell = ?");
        Sql.Batch gone =
            sql.batch("DELETE FROM cell_count WHERE network = ? AND resolution = ? AND cell = ?")) {
      for (Map.Entry<CellKey, int[]> entry : cells.entrySet()) {
        CellKey key = entry.getKey();
        int[] now = entry.getValue();
        Optional<int[]> before = Optional.ofNullable(known.remove(key));
        if (before.isEmpty()) {
          added.add(key.network(), key.resolution(), key.cell(), now[0], now[1], now[2]);
        } else if (!java.util.Arrays.equals(before.get(), now)) {
          changed.add(now[0], now[1], now[2], key.network(), key.resolution(), key.cell());
        }
      }
      for (CellKey key : known.keySet()) {
        gone.add(key.network(), key.resolution(), key.cell());
      }
      added.flush();
      changed.flush();
      gone.flush();
    }
  }
}
