package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Optional;
import java.util.SortedMap;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;

/** The figures of each network, and of all together as network 0, in one epoch. */
final class EpochFigures {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  /** A price's decimals. */
  private static final BigInteger PRICE = BigInteger.TEN.pow(8);

  private final Sql sql;
  private final Accepted result;
  private final int priceHistory;

  EpochFigures(Sql sql, Accepted result, int priceHistory) {
    this.sql = sql;
    this.result = result;
    this.priceHistory = priceHistory;
  }

  /** What is known of one network in the epoch. */
  record Known(
      long registered,
      NetworkTally devices,
      Payments.Demand demand,
      SortedMap<String, BigInteger> economy,
      BigInteger dust) {}

  void write(int network, Known known) throws SQLException {
    long epoch = result.epoch().value();
    ObjectNode body = Json.object().put("network", network).put("epoch", epoch);
    NetworkTally devices = known.devices();
    body.put("registered", known.registered())
        .put("active", devices.active())
        .put("proven", devices.proven())
        .put("paid", devices.paidDevices())
        .put("accepted", devices.accepted())
        .put("rejected", devices.rejected())
        .put("faults", devices.faults());
    BigInteger revenue = total(MoneyKind.CHARGE, network);
    BigInteger awarded = cause(known, Cause.AWARDED);
    BigInteger duty = total(MoneyKind.DUTY, network);
    BigInteger treasury = total(MoneyKind.TREASURY, network);
    amount(body, "revenue", revenue);
    amount(body, "burned", total(MoneyKind.BASIS, network));
    amount(body, "payments", total(MoneyKind.PAYMENT, network));
    amount(body, "operations", total(MoneyKind.OPERATIONS, network));
    amount(body, "bootstrap", total(MoneyKind.BOOTSTRAP, network));
    amount(body, "awarded", awarded);
    amount(body, "duty", duty);
    amount(body, "treasury", treasury);
    amount(body, "slashed", cause(known, Cause.SLASHED));
    amount(body, "dust", known.dust());
    demand(body, known.demand(), revenue, awarded.add(duty).add(treasury));
    amount(body, "earningsP10", devices.quantile(10));
    amount(body, "earningsP50", devices.quantile(50));
    amount(body, "earningsP90", devices.quantile(90));
    amount(
        body,
        "revenuePerActive",
        devices.active() == 0
            ? BigInteger.ZERO
            : revenue.divide(BigInteger.valueOf(devices.active())));
    body.set("quantiles", devices.quantiles());
    body.set("since", since(network, body));
    sql.run(
        "INSERT INTO figures(id, network, epoch, body) VALUES (?, ?, ?, ?)",
        id(network, epoch),
        network,
        epoch,
        body.toString());
  }

  static long id(int network, long epoch) {
    return (long) network << 32 | epoch;
  }

  private BigInteger total(MoneyKind kind, int network) {
    return network == 0 ? result.total(kind) : result.total(kind, network);
  }

  private static BigInteger cause(Known known, Cause cause) {
    return known.economy().getOrDefault(cause.code(), BigInteger.ZERO);
  }

  private static void amount(ObjectNode body, String name, BigInteger amount) {
    body.put(name, amount.toString());
  }

  private void demand(
      ObjectNode body, Payments.Demand demand, BigInteger revenue, BigInteger subsidy)
      throws SQLException {
    BigInteger unlinked = revenue.subtract(demand.linked());
    Optional<BigInteger> price = price();
    amount(body, "void", demand.voided());
    body.put("payers", demand.payers())
        .put("sellers", demand.sellers())
        .put("topPayerBps", bps(demand.top(), revenue).orElse(0L));
    amount(body, "unlinkedRevenue", unlinked);
    body.put("linkedBps", bps(demand.linked(), revenue).orElse(0L));
    body.put("price", price.map(BigInteger::toString).orElse(""));
    amount(body, "subsidy", subsidy);
    Optional<Long> ratio =
        price.flatMap(each -> bps(subsidy.multiply(each).divide(PRICE), unlinked));
    body.put("subsidyBps", ratio.orElse(null));
  }

  /** Rounded down; empty if there is no whole. */
  private static Optional<Long> bps(BigInteger part, BigInteger whole) {
    return whole.signum() <= 0
        ? Optional.empty()
        : Optional.of(
            part.multiply(BPS).divide(whole).min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
  }

  /** The lowest of the last checkpoints when the result was accepted. */
  private Optional<BigInteger> price() throws SQLException {
    return sql
        .list(
            "SELECT low FROM price WHERE place <= ? ORDER BY place DESC LIMIT ?",
            row -> row.amount(1),
            result.place(),
            priceHistory)
        .stream()
        .min(BigInteger::compareTo);
  }

  /** Sums of all epochs up to this one. */
  private ObjectNode since(int network, ObjectNode body) throws SQLException {
    Optional<String> before =
        sql.first(
            "SELECT body FROM figures WHERE id < ? AND id >= ? ORDER BY id DESC LIMIT 1",
            row -> row.text(1),
            id(network, result.epoch().value()),
            id(network, 0));
    JsonNode sums = before.isEmpty() ? Json.object() : parse(before.get()).path("since");
    ObjectNode since = Json.object();
    for (String name :
        new String[] {
          "revenue", "burned", "payments", "operations", "bootstrap", "awarded", "duty", "treasury"
        }) {
      BigInteger sum = new BigInteger(sums.path(name).asText("0"));
      since.put(name, sum.add(new BigInteger(body.path(name).asText("0"))).toString());
    }
    return since;
  }

  /** JSON that this program wrote. */
  static JsonNode parse(String text) {
    try {
      return Json.decode(Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (Malformed e) {
      throw new IllegalStateException("a row that cannot be read", e);
    }
  }
}
