package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.explorer.index.DeviceBlock;
import org.groundwork.node.explorer.index.DeviceEntry;
import org.groundwork.node.explorer.index.DeviceState;
import org.groundwork.node.explorer.index.Tally;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Malformed;

/** Devices as they stand, with what the newest epoch knows of them. */
final class DeviceRows {
  static final String COLUMNS = "id, network, owner, cell, state, at, spot";

  private DeviceRows() {}

  /** What the registry says, and the state. */
  record Registered(
      long id, int network, String owner, long cell, DeviceState state, long at, long spot) {}

  static Registered registered(Sql.Row row) throws SQLException {
    return new Registered(
        row.number(1),
        row.integer(2),
        row.text(3),
        row.number(4),
        DeviceState.of(row.integer(5)),
        row.number(6),
        row.number(7));
  }

  /** What the newest epoch says of some devices. */
  static Map<Long, DeviceEntry> entries(Sql sql, OptionalLong epoch, List<Long> devices)
      throws SQLException {
    Map<Long, DeviceEntry> entries = new HashMap<>();
    if (epoch.isEmpty() || devices.isEmpty()) {
      return entries;
    }
    Set<Long> wanted = new HashSet<>(devices);
    Map<Long, byte[]> blocks = new HashMap<>();
    Set<Long> ids = new TreeSet<>();
    devices.forEach(device -> ids.add(DeviceBlock.id(epoch.getAsLong(), device)));
    blocks(sql, ids, blocks);
    for (Map.Entry<Long, byte[]> block : blocks.entrySet()) {
      long first = DeviceBlock.firstDevice(block.getKey());
      find(block.getValue(), first, wanted::contains)
          .forEach(entry -> entries.put(entry.device(), entry));
    }
    return entries;
  }

  /** What some epochs say of one device. */
  static Map<Long, DeviceEntry> history(Sql sql, long device, List<Long> epochs)
      throws SQLException {
    Map<Long, byte[]> blocks = new HashMap<>();
    Set<Long> ids = new TreeSet<>();
    epochs.forEach(epoch -> ids.add(DeviceBlock.id(epoch, device)));
    blocks(sql, ids, blocks);
    Map<Long, DeviceEntry> entries = new HashMap<>();
    for (Map.Entry<Long, byte[]> block : blocks.entrySet()) {
      find(block.getValue(), device, each -> each == device)
          .forEach(entry -> entries.put(DeviceBlock.epoch(block.getKey()), entry));
    }
    return entries;
  }

  private static void blocks(Sql sql, Set<Long> ids, Map<Long, byte[]> blocks) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    sql.each(
        "SELECT id, payload FROM device_block WHERE id IN (" + EpochStates.marks(ids.size()) + ")",
        row -> blocks.put(row.number(1), row.bytes(2)),
        ids.toArray());
  }

  private static List<DeviceEntry> find(byte[] block, long first, LongPredicate wanted)
      throws SQLException {
    try {
      return DeviceBlock.decode(block, first, wanted);
    } catch (Malformed e) {
      throw new SQLException("a block of devices cannot be read", e);
    }
  }

  static ObjectNode json(Registered device, Optional<DeviceEntry> entry) {
    Tally total = entry.map(DeviceEntry::total).orElse(Tally.NONE);
    Optional<Long> last = entry.map(DeviceEntry::lastEpoch).filter(epoch -> epoch >= 0);
    return Json.object()
        .put("device", device.id())
        .put("network", device.network())
        .put("owner", device.owner())
        .put("cell", Long.toHexString(device.cell()))
        .put("state", device.state().code())
        .put("registered", device.at())
        .put("lastEpoch", last.orElse(null))
        .put("accepted", total.accepted())
        .put("rejected", total.rejected())
        .put("faults", total.faults())
        .put("charged", total.charged().toString())
        .put("paid", total.paid().toString());
  }

  static List<ObjectNode> json(Asked asked, List<Registered> devices) throws SQLException {
    Map<Long, DeviceEntry> entries =
        entries(asked.sql(), asked.newest(), devices.stream().map(Registered::id).toList());
    List<ObjectNode> rows = new ArrayList<>();
    for (Registered device : devices) {
      rows.add(json(device, Optional.ofNullable(entries.get(device.id()))));
    }
    return rows;
  }
}
