package org.groundwork.node.explorer.index;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.rules.kit.H3;
import org.groundwork.settlement.abi.BootstrapTerms;
import org.groundwork.settlement.abi.ContractEvent;

/** What single events change in the tables, beside being kept themselves. */
final class ChainRows implements AutoCloseable {
  /** The digits of a cell, without its resolution: cells within another are a range of these. */
  private static final long SPOT = (1L << 52) - 1;

  private static final int MAX_TEXT = 1000;

  private final Sql sql;
  private final EventCodec codec;
  private final Sql.Batch devices;

  ChainRows(Sql sql, EventCodec codec) throws SQLException {
    this.sql = sql;
    this.codec = codec;
    devices =
        sql.batch(
            "INSERT INTO device(id, network, owner, cell, spot, key_type, device_key, endpoint,"
                + " place, at, tx, stake, leaving, state)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, 0)");
  }

  /** The digits of a cell; -1 if these bits are none. */
  static long spot(long cell) {
    return H3.isCell(cell) ? cell & SPOT : -1;
  }

  void flush() throws SQLException {
    devices.flush();
  }

  @Override
  public void close() throws SQLException {
    devices.close();
  }

  void apply(Placed placed) throws SQLException {
    switch (placed.event()) {
      case ContractEvent.DeviceRegistered e -> register(placed, e);
      case ContractEvent.DeviceMoved e when !e.from().equals(AccountId.ZERO) -> {
        update("owner = ?", e.to().toHex(), e.tokenId().value());
        link(e.from(), e.to(), placed.place());
      }
      case ContractEvent.DeviceKeyChanged e -> {
        flush();
        sql.run(
            "UPDATE device SET key_type = ?, device_key = ? WHERE id = ?",
            e.keyType().code(),
            e.key().toArray(),
            e.deviceId().value());
      }
      case ContractEvent.DeviceEndpointChanged e ->
          update("endpoint = ?", cut(e.endpoint()), e.deviceId().value());
      case ContractEvent.DeviceStaked e ->
          update("stake = ?", e.stake().value(), e.deviceId().value());
      case ContractEvent.DeviceStakeSlashed e ->
          update("stake = ?", e.left().value(), e.deviceId().value());
      case ContractEvent.DeviceStakeLeaving e ->
          update("leaving = ?", e.releaseEpoch().value(), e.deviceId().value());
      case ContractEvent.DeviceStakeWithdrawn e -> {
        update("stake = ?", 0, e.deviceId().value());
        update("leaving = ?", Optional.empty(), e.deviceId().value());
      }
      case ContractEvent.NetworkCreated e -> create(placed, e);
      case ContractEvent.RulesProposed e ->
          rules(
              placed, e.networkId().value(), e.rulesHash().toHex(), e.parameters().toArray(), null);
      case ContractEvent.RulesActivated e ->
          sql.run(
              "UPDATE rules SET active_epoch = ?, active_place = ? WHERE network = ? AND hash = ?"
                  + " AND active_place IS NULL",
              e.epoch().value(),
              placed.place(),
              e.networkId().value(),
              e.rulesHash().toHex());
      case ContractEvent.CreditsBought e ->
          sql.run(
              "INSERT INTO purchase(place, buyer, tokens, credits) VALUES (?, ?, ?, ?)",
              placed.place(),
              e.buyer().toHex(),
              e.tokens().value(),
              e.credits().value());
      case ContractEvent.CreditsReserved e ->
          sql.run(
              "INSERT INTO reservation(id, place, payer, seller, network, credits, basis,"
                  + " last_epoch, released_place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
              e.id().hash().toHex(),
              placed.place(),
              e.payer().toHex(),
              e.seller().toHex(),
              e.network().value(),
              e.credits().value(),
              e.basis().value(),
              e.lastEpoch());
      case ContractEvent.ReservationReleased e ->
          sql.run(
              "UPDATE reservation SET released_place = ? WHERE id = ?",
              placed.place(),
              e.id().hash().toHex());
      case ContractEvent.Claimed e ->
          sql.run(
              "INSERT INTO claim(place, account, kind, network, amount) VALUES (?, ?, ?, ?, ?)",
              placed.place(),
              e.account().toHex(),
              e.kind().number(),
              e.network().value(),
              e.amount().value());
      case ContractEvent.PriceCheckpointed e ->
          sql.run(
              "INSERT INTO price(place, slot, low, high) VALUES (?, ?, ?, ?)",
              placed.place(),
              e.slot().value(),
              e.low().value(),
              e.high().value());
      case ContractEvent.TokensMoved e -> link(e.from(), e.to(), placed.place());
      default -> {
        if (!ResultRows.apply(sql, placed)) {
          OperatorRows.apply(sql, placed.event());
        }
      }
    }
  }

  private void register(Placed placed, ContractEvent.DeviceRegistered e) throws SQLException {
    if (e.network() < 1 || e.network() > Integer.MAX_VALUE) {
      // Anybody may register a device for a network that cannot exist.
      return;
    }
    long cell = e.cell().longValue();
    devices.add(
        e.deviceId().value(),
        (int) e.network(),
        e.owner().toHex(),
        cell,
        spot(cell),
        e.keyType().code(),
        e.key().toArray(),
        cut(e.endpoint()),
        placed.place(),
        placed.at(),
        placed.transaction().toHex());
  }

  private void update(String column, Object value, long device) throws SQLException {
    flush();
    sql.run("UPDATE device SET " + column + " WHERE id = ?", value, device);
  }

  /** Whoever exchanged tokens or devices is linked; minting and contracts link nobody. */
  private void link(AccountId from, AccountId to, long place) throws SQLException {
    if (from.equals(to) || isNobody(from) || isNobody(to)) {
      return;
    }
    List<String> pair = List.of(from.toHex(), to.toHex()).stream().sorted().toList();
    sql.run(
        "INSERT INTO link(a, b, place) SELECT CAST(? AS VARCHAR(42)),"
            + " CAST(? AS VARCHAR(42)), CAST(? AS BIGINT) WHERE NOT EXISTS"
            + " (SELECT 1 FROM link WHERE a = ? AND b = ?)",
        pair.get(0),
        pair.get(1),
        place,
        pair.get(0),
        pair.get(1));
  }

  private boolean isNobody(AccountId account) {
    return account.equals(AccountId.ZERO) || codec.name(account).isPresent();
  }

  private void create(Placed placed, ContractEvent.NetworkCreated e) throws SQLException {
    byte[] padded = e.kind().toArray();
    int length = 0;
    while (length < padded.length && padded[length] != 0) {
      length++;
    }
    String kind = new String(padded, 0, length, java.nio.charset.StandardCharsets.UTF_8);
    sql.run(
        "INSERT INTO network(id, kind, place, at, bootstrap) VALUES (?, ?, ?, ?, ?)",
        e.networkId().value(),
        kind,
        placed.place(),
        placed.at(),
        bootstrap(e.bootstrap()));
    rules(
        placed,
        e.networkId().value(),
        e.rulesHash().toHex(),
        e.parameters().toArray(),
        EpochNumber.FIRST);
  }

  private static String bootstrap(BootstrapTerms terms) {
    return EventFields.json(terms).toString();
  }

  private void rules(
      Placed placed,
      int network,
      String hash,
      byte[] parameters,
      @org.jspecify.annotations.Nullable EpochNumber active)
      throws SQLException {
    sql.run(
        "INSERT INTO rules(network, hash, place, at, parameters, active_epoch, active_place)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        network,
        hash,
        placed.place(),
        placed.at(),
        parameters,
        Optional.ofNullable(active).map(EpochNumber::value),
        active == null ? Optional.empty() : Optional.of(placed.place()));
  }

  static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
