package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.MoneyKind;

/** Accounts: what they earned, claimed, bought and staked. */
final class AccountViews {
  private static final int RESERVATIONS = 50;

  private AccountViews() {}

  private record Key(int kind, int network) {}

  static ObjectNode account(Asked asked) throws SQLException, ApiException {
    Sql sql = asked.sql();
    String account =
        asked
            .parameters()
            .account("address")
            .orElseThrow(() -> Parameters.malformed("address is missing."));
    ObjectNode json =
        Json.object()
            .put("account", account)
            .put("devices", sql.number("SELECT COUNT(*) FROM device WHERE owner = ?", account));
    earnings(sql, account, json);
    ObjectNode customer = json.putObject("customer");
    sql.each(
        "SELECT SUM(credits), SUM(tokens) FROM purchase WHERE buyer = ?",
        row ->
            customer
                .put("creditsBought", row.amount(1).toString())
                .put("tokensBurned", row.amount(2).toString()),
        account);
    sql.each(
        "SELECT SUM(charged) FROM payer_period WHERE payer = ?",
        row -> customer.put("creditsCharged", row.amount(1).toString()),
        account);
    sql.each(
        "SELECT SUM(credits) FROM reservation WHERE payer = ? AND released_place IS NULL",
        row -> customer.put("creditsReserved", row.amount(1).toString()),
        account);
    ArrayNode reservations = json.putArray("reservations");
    sql.each(
        "SELECT id, seller, network, credits, basis, last_epoch FROM reservation WHERE payer = ?"
            + " AND released_place IS NULL ORDER BY place DESC LIMIT ?",
        row ->
            reservations
                .addObject()
                .put("id", row.text(1))
                .put("seller", row.text(2))
                .put("network", row.integer(3))
                .put("credits", row.amount(4).toString())
                .put("basis", row.amount(5).toString())
                .put("lastEpoch", row.amount(6).min(BigInteger.valueOf(0xFFFF_FFFFL)).longValue()),
        account,
        RESERVATIONS);
    ArrayNode operators = json.putArray("operator");
    OperatorViews.rows(asked, Optional.of(account)).forEach(operators::add);
    json.set("source", Source.newest(asked));
    return json;
  }

  private static void earnings(Sql sql, String account, ObjectNode json) throws SQLException {
    Map<Key, BigInteger> claimed = new HashMap<>();
    sql.each(
        "SELECT kind, network, SUM(amount) FROM claim WHERE account = ? GROUP BY kind, network",
        row -> claimed.put(new Key(row.integer(1), row.integer(2)), row.amount(3)),
        account);
    long settled = EpochStates.newestFinal(sql).orElse(-1L);
    ArrayNode lines = json.putArray("earnings");
    BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    sql.each(
        "SELECT kind, network, MAX(CASE WHEN epoch <= ? THEN cumulative ELSE 0 END),"
            + " MAX(cumulative) FROM leaf WHERE account = ? GROUP BY kind, network"
            + " ORDER BY kind, network",
        row -> {
          Key key = new Key(row.integer(1), row.integer(2));
          BigInteger earned = row.amount(3);
          BigInteger pending = row.amount(4).subtract(earned);
          BigInteger got = claimed.getOrDefault(key, BigInteger.ZERO);
          lines
              .addObject()
              .put("kind", Parameters.lower(MoneyKind.of(key.kind()).name()))
              .put("network", key.network())
              .put("final", earned.toString())
              .put("pending", pending.toString())
              .put("claimed", got.toString())
              .put("claimable", earned.subtract(got).max(BigInteger.ZERO).toString());
          sums[0] = sums[0].add(earned);
          sums[1] = sums[1].add(pending);
          sums[2] = sums[2].add(got);
        },
        settled,
        account);
    json.putObject("totals")
        .put("final", sums[0].toString())
        .put("pending", sums[1].toString())
        .put("claimed", sums[2].toString())
        .put("claimable", sums[0].subtract(sums[2]).max(BigInteger.ZERO).toString());
  }
}
