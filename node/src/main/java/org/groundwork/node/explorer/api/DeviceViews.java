package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.explorer.index.DeviceEntry;
import org.groundwork.node.explorer.index.DeviceState;
import org.groundwork.node.explorer.index.ReasonCodes;
import org.groundwork.node.explorer.index.Tally;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.rules.kit.H3;

/** Devices: lists, one device, and its epochs. */
final class DeviceViews {
  /** Epochs on a device's own page. */
  private static final int RECENT = 24;

  private static final long SPOT = (1L << 52) - 1;
  private static final int DIGIT_BITS = 3;

  /** A quantile's step in percent. */
  private static final int STEP = 5;

  private DeviceViews() {}

  static Listing list(Asked asked) throws SQLException, ApiException {
    Parameters parameters = asked.parameters();
    int limit = parameters.limit();
    StringBuilder conditions = new StringBuilder();
    List<Object> values = new ArrayList<>();
    filter(conditions, values, "network", parameters.network());
    filter(conditions, values, "owner", parameters.account("owner"));
    filter(conditions, values, "state", parameters.state().map(DeviceState::number));
    Optional<Long> cell = parameters.cell("cell");
    String order = inOrderOfAnIndex(parameters);
    if (cell.isPresent()) {
      // By cell, so that the index on it serves.
      order = "spot, id";
      long last = cell.get() & SPOT;
      conditions.append(" AND spot >= ? AND spot <= ? AND (spot > ? OR (spot = ? AND id > ?))");
      values.add(firstWithin(cell.get()));
      values.add(last);
      String[] after = parameters.text("cursor").orElse("0-0").split("-", -1);
      long spot = part(after, 0);
      values.addAll(List.of(spot, spot, part(after, 1)));
    } else {
      conditions.append(" AND id > ?");
      values.add(parameters.cursor(0));
    }
    values.add(limit + 1);
    List<DeviceRows.Registered> found =
        asked
            .sql()
            .list(
                "SELECT "
                    + DeviceRows.COLUMNS
                    + " FROM device WHERE 1 = 1"
                    + conditions
                    + " ORDER BY "
                    + order
                    + " LIMIT ?",
                DeviceRows::registered,
                values.toArray());
    List<DeviceRows.Registered> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit
            ? Optional.of(
                cell.isPresent()
                    ? page.getLast().spot() + "-" + page.getLast().id()
                    : Long.toString(page.getLast().id()))
            : Optional.empty();
    return new Listing(DeviceRows.json(asked, page), next);
  }

  /** By id; the fixed columns before it make an index serve, so that a page is read and no more. */
  private static String inOrderOfAnIndex(Parameters parameters) throws ApiException {
    if (parameters.account("owner").isPresent()) {
      return "owner, id";
    }
    String network = parameters.network().isPresent() ? "network, " : "";
    return network + (parameters.state().isPresent() ? "state, " : "") + "id";
  }

  /** The smallest digits of a cell within this one: those that are not used are ones. */
  static long firstWithin(long cell) {
    long unused = (1L << (DIGIT_BITS * (H3.MAX_RESOLUTION - H3.resolution(cell)))) - 1;
    return cell & SPOT & ~unused;
  }

  private static long part(String[] cursor, int at) throws ApiException {
    if (cursor.length != 2 || !cursor[at].matches("[0-9]{1,18}")) {
      throw Parameters.malformed("cursor is none of this list.");
    }
    return Long.parseLong(cursor[at]);
  }

  private static void filter(
      StringBuilder conditions, List<Object> values, String column, Optional<?> value) {
    if (value.isPresent()) {
      conditions.append(" AND ").append(column).append(" = ?");
      values.add(value.get());
    }
  }

  static ObjectNode device(Asked asked) throws SQLException, ApiException {
    Sql sql = asked.sql();
    long id = asked.parameters().required("device");
    DeviceRows.Registered device = registered(sql, id);
    OptionalLong newest = asked.newest();
    Optional<DeviceEntry> entry =
        Optional.ofNullable(DeviceRows.entries(sql, newest, List.of(id)).get(id));
    ObjectNode json = DeviceRows.json(device, entry);
    sql.each(
        "SELECT key_type, device_key, endpoint, tx, stake, leaving FROM device WHERE id = ?",
        row ->
            json.put("keyType", Parameters.lower(KeyType.of(row.integer(1)).name()))
                .put("key", Bytes.wrap(row.bytes(2)).toHex())
                .put("endpoint", row.text(3))
                .put("transaction", row.text(4))
                .put("stake", row.amount(5).toString())
                .put("stakeLeaving", row.optional(6).orElse(null)),
        id);
    Optional<Long> settled = EpochStates.newestFinal(sql);
    Optional<DeviceEntry> settledEntry =
        settled.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(
                DeviceRows.entries(sql, OptionalLong.of(settled.get()), List.of(id)).get(id));
    json.set("earnings", earnings(entry, settledEntry));
    json.put("percentile", percentile(sql, device.network(), entry).orElse(null));
    ArrayNode epochs = json.putArray("epochs");
    history(asked, device, 0xFFFF_FFFFL, RECENT).items().forEach(epochs::add);
    json.set("source", Source.newest(asked));
    return json;
  }

  private static DeviceRows.Registered registered(Sql sql, long id)
      throws SQLException, ApiException {
    return sql.first(
            "SELECT " + DeviceRows.COLUMNS + " FROM device WHERE id = ?",
            DeviceRows::registered,
            id)
        .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
  }

  private static ObjectNode earnings(Optional<DeviceEntry> newest, Optional<DeviceEntry> settled) {
    Tally all = newest.map(DeviceEntry::total).orElse(Tally.NONE);
    Tally last = settled.map(DeviceEntry::total).orElse(Tally.NONE);
    Tally pending = all.minus(last);
    ObjectNode json = Json.object();
    json.putObject("final")
        .put("service", last.paid().toString())
        .put("bootstrap", last.vested().toString());
    json.putObject("pending")
        .put("service", pending.paid().toString())
        .put("bootstrap", pending.vested().toString());
    return json.put("vesting", all.vesting().toString())
        .put(
            "lastEpoch",
            newest.map(entry -> entry.now().paid()).orElse(BigInteger.ZERO).toString());
  }

  /** The share of paid devices that got no more, in steps of five. */
  private static Optional<Integer> percentile(Sql sql, int network, Optional<DeviceEntry> entry)
      throws SQLException {
    BigInteger paid = entry.map(each -> each.now().paid()).orElse(BigInteger.ZERO);
    Optional<ObjectNode> figures = FigureRows.newest(sql, network);
    if (paid.signum() == 0 || figures.isEmpty()) {
      return Optional.empty();
    }
    int percent = 0;
    int at = 0;
    for (JsonNode quantile : figures.get().path("quantiles")) {
      percent = new BigInteger(quantile.asText("0")).compareTo(paid) <= 0 ? at : percent;
      at += STEP;
    }
    return Optional.of(percent);
  }

  static Listing epochs(Asked asked) throws SQLException, ApiException {
    Parameters parameters = asked.parameters();
    DeviceRows.Registered device = registered(asked.sql(), parameters.required("device"));
    return history(asked, device, parameters.cursor(0xFFFF_FFFFL), parameters.limit());
  }

  private static Listing history(Asked asked, DeviceRows.Registered device, long before, int limit)
      throws SQLException {
    Sql sql = asked.sql();
    List<EpochStates.State> states =
        sql.list(
            "SELECT "
                + EpochStates.COLUMNS
                + " FROM indexed i JOIN result r ON r.epoch = i.epoch AND r.hash = i.hash AND"
                + " r.rolled_place IS NULL WHERE i.epoch < ? ORDER BY i.epoch DESC LIMIT ?",
            EpochStates::of,
            before,
            limit + 1);
    List<EpochStates.State> page = states.subList(0, Math.min(limit, states.size()));
    Map<Long, DeviceEntry> entries =
        DeviceRows.history(sql, device.id(), page.stream().map(EpochStates.State::epoch).toList());
    Map<Integer, String> codes = ReasonCodes.codes(sql);
    Words words = new Words(asked);
    List<ObjectNode> items = new ArrayList<>();
    boolean unknown = false;
    for (EpochStates.State state : page) {
      Optional<DeviceEntry> entry = Optional.ofNullable(entries.get(state.epoch()));
      unknown = entry.isEmpty();
      entry.ifPresent(each -> items.add(epoch(device.network(), state, each, codes, words)));
    }
    // Before its first epoch there is nothing more.
    boolean more = states.size() > limit && !unknown;
    return new Listing(
        items, more ? Optional.of(Long.toString(page.getLast().epoch())) : Optional.empty());
  }

  private static ObjectNode epoch(
      int network,
      EpochStates.State state,
      DeviceEntry entry,
      Map<Integer, String> codes,
      Words words) {
    Tally now = entry.now();
    ObjectNode json = Json.object().put("epoch", state.epoch());
    state.addTo(json, "epochState");
    json.put("state", entry.state().code())
        .put("charged", now.charged().toString())
        .put("paid", now.paid().toString())
        .put("bootstrap", now.awarded().toString())
        .put("accepted", now.accepted())
        .put("rejected", now.rejected())
        .put("faults", now.faults());
    ArrayNode reasons = json.putArray("reasons");
    for (DeviceEntry.Reason reason : entry.reasons()) {
      String code = codes.getOrDefault(reason.code(), "");
      reasons.add(words.count(network, code, reason.fault(), reason.count()));
    }
    return json;
  }

  /** One epoch of one device, before single records are asked for. */
  static ObjectNode epoch(Asked asked) throws SQLException, ApiException {
    DeviceRows.Registered device = registered(asked.sql(), asked.parameters().required("device"));
    long epoch =
        asked
            .parameters()
            .epoch("epoch")
            .orElseThrow(() -> Parameters.malformed("epoch is missing."));
    ObjectNode json =
        history(asked, device, epoch + 1, 1).items().stream()
            .filter(item -> item.path("epoch").asLong() == epoch)
            .findFirst()
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    json.put("device", device.id());
    json.put("command", "groundwork why " + device.id() + " --epoch " + epoch);
    json.set("source", Source.of(asked.sql(), Optional.of(epoch)));
    return json;
  }
}
