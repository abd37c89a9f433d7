package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.explorer.index.ChainFollower;
import org.groundwork.node.explorer.index.CurrentState;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.deploy.Deployment;

/** The deployment and the overview of all its networks. */
final class OverviewViews {
  private OverviewViews() {}

  static ObjectNode deployment(Asked asked) throws SQLException {
    Deployment deployment = asked.scope().deployment();
    ObjectNode json =
        Json.object()
            .put("deployment", deployment.domain().deployment().toString())
            .put("chainId", deployment.chainId());
    json.putObject("token")
        .put("symbol", "GRND")
        .put("name", "Groundwork")
        .put("decimals", TokenAmount.DECIMALS);
    json.putObject("credits").put("name", "US dollars").put("decimals", Credits.DECIMALS);
    json.put("priceDecimals", Price.DECIMALS);
    ObjectNode contracts = json.putObject("contracts");
    new java.util.TreeMap<>(deployment.addresses())
        .forEach((name, address) -> contracts.put(name, address.toHex()));
    json.putObject("schedule")
        .put("genesis", deployment.schedule().genesis())
        .put("slotSeconds", deployment.schedule().slotSeconds())
        .put("slotsPerEpoch", deployment.schedule().slotsPerEpoch())
        .put("commitSlots", deployment.schedule().commitSlots())
        .put("disputeSlots", deployment.economy().disputeSlots());
    json.putObject("economy")
        .put("burnBps", deployment.economy().burn().value())
        .put("operationsBps", deployment.economy().operations().value())
        .put("vestingEpochs", deployment.economy().vestingEpochs())
        .put("periodEpochs", deployment.economy().emission().periodEpochs())
        .put("declineBps", deployment.economy().emission().decline().value())
        .put("hardCap", deployment.economy().emission().hardCap().toString());
    ArrayNode verifiers = json.putArray("verifiers");
    asked
        .sql()
        .each(
            "SELECT endpoint FROM operator WHERE role = 1 AND stake > 0 ORDER BY account",
            row -> verifiers.add(row.text(1)));
    json.set("index", index(asked));
    json.set("source", Source.newest(asked));
    return json;
  }

  /** How far the index is. */
  static ObjectNode index(Asked asked) throws SQLException {
    Sql sql = asked.sql();
    ObjectNode json = Json.object().put("schema", Database.version());
    ChainFollower.synced(sql)
        .ifPresent(block -> json.put("block", block.number()).put("time", block.timestamp()));
    OptionalLong newest = asked.newest();
    newest.ifPresent(epoch -> json.put("epoch", epoch));
    json.put(
        "behindEpochs",
        sql.number(
            "SELECT COUNT(*) FROM result WHERE epoch > ? AND void_place IS NULL AND rolled_place"
                + " IS NULL",
            newest.orElse(-1)));
    return json.put("trouble", Database.meta(sql, "trouble").orElse(""));
  }

  static ObjectNode overview(Asked asked) throws SQLException {
    Sql sql = asked.sql();
    ObjectNode json = Json.object();
    Optional<ObjectNode> now = FigureRows.newest(sql, 0);
    json.set("now", now.map(FigureRows::plain).orElseGet(Json::object));
    ArrayNode series = json.putArray("series");
    FigureRows.series(sql, 0).forEach(series::add);
    ArrayNode networks = json.putArray("networks");
    NetworkViews.rows(asked, 0, Parameters.MAX_LIMIT).forEach(networks::add);
    ObjectNode totals = totals(sql, now);
    claims(asked, totals);
    json.set("totals", totals);
    EpochViews.newest(asked, false).ifPresent(row -> json.set("latest", row));
    EpochViews.newest(asked, true).ifPresent(row -> json.set("final", row));
    json.set("source", Source.newest(asked));
    return json;
  }

  /** Counts of devices by network; network 0 is all. */
  static JsonNode states(Sql sql) throws SQLException {
    Optional<String> note = Database.meta(sql, CurrentState.STATES);
    return note.isPresent() ? FigureRows.parse(note.get()) : Json.object();
  }

  /** How many devices a network has; all of them for 0. */
  static long devices(JsonNode states, int network) {
    long sum = 0;
    for (JsonNode count : states.path(Integer.toString(network)).path("states")) {
      sum += count.asLong();
    }
    return sum;
  }

  private static ObjectNode totals(Sql sql, Optional<ObjectNode> now) throws SQLException {
    JsonNode states = states(sql);
    ObjectNode totals =
        Json.object()
            .put("devices", devices(states, 0))
            .put("accounts", states.path("owners").asLong());
    sql.each(
        "SELECT SUM(tokens), SUM(credits) FROM purchase",
        row ->
            totals
                .put("tokensBurned", row.amount(1).toString())
                .put("creditsBought", row.amount(2).toString()));
    JsonNode since = now.map(each -> each.path("since")).orElseGet(Json::object);
    totals.put("creditsCharged", since.path("revenue").asText("0"));
    totals.put("tokensPaid", since.path("payments").asText("0"));
    return totals;
  }

  /** What was funded and claimed needs the contracts' events. */
  private static void claims(Asked asked, ObjectNode totals) throws SQLException {
    totals.put(
        "tokensFunded",
        EventViews.newest(asked, ContractEvent.Funded.class)
            .map(event -> event.fundedTotal().toString())
            .orElse("0"));
    asked
        .sql()
        .each(
            "SELECT SUM(amount) FROM claim",
            row -> totals.put("tokensClaimed", row.amount(1).toString()));
  }
}
