package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.engine.files.Manifest;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.Total;

/** Writes one epoch: a pure function of the chain's rows, the epoch before, and published files. */
final class EpochWriter {
  private final Sql sql;
  private final Accepted result;
  private final long periodEpochs;
  private final int priceHistory;
  private final Registrations registrations;

  /**
   * A writer of a result.
   *
   * @param periodEpochs length of a period of emission
   * @param priceHistory how many checkpoints count for a price
   */
  EpochWriter(
      Sql sql, Accepted result, long periodEpochs, int priceHistory, Registrations registrations) {
    this.sql = sql;
    this.result = result;
    this.periodEpochs = periodEpochs;
    this.priceHistory = priceHistory;
    this.registrations = registrations;
  }

  /** The files that are read; leaves only of results whose leaves can still be needed. */
  static Set<String> wanted(Accepted result) {
    Set<String> wanted =
        new TreeSet<>(
            Set.of(
                ResultFiles.RESULT, ResultFiles.DEVICES, ResultFiles.CHARGES, ResultFiles.ECONOMY));
    if (!result.isFinal() || result.newestFinal()) {
      wanted.add(ResultFiles.MONEY);
    }
    return wanted;
  }

  /** Refuses files that do not add up to what the contract accepted; returns their payments. */
  static Payments check(Accepted result, EpochFiles.Published published) throws Malformed {
    Payments payments = new Payments(published.file(ResultFiles.CHARGES));
    for (int network : networks(result)) {
      Payments.Totals totals = payments.totals(network);
      boolean equal =
          totals.charged().equals(result.total(MoneyKind.CHARGE, network))
              && totals.basis().equals(result.total(MoneyKind.BASIS, network))
              && totals.paid().equals(result.total(MoneyKind.PAYMENT, network));
      if (!equal) {
        throw new Malformed("charges that are not those of the accepted totals");
      }
    }
    Optional<Bytes> money = published.find(ResultFiles.MONEY);
    if (money.isPresent()) {
      LeafRows.check(money.get(), result.moneyRoot());
    }
    return payments;
  }

  private static Set<Integer> networks(Accepted result) {
    Set<Integer> networks = new TreeSet<>();
    for (Total total : result.totals()) {
      if (total.network().value() > 0) {
        networks.add(total.network().value());
      }
    }
    return networks;
  }

  /** What economy lines come to. */
  private record Economy(
      SortedMap<Long, Tally> devices,
      SortedMap<Integer, SortedMap<String, BigInteger>> amounts,
      SortedMap<Integer, SortedMap<String, Long>> counts) {}

  void write(OptionalLong before, EpochFiles.Published published, Payments payments)
      throws SQLException, Malformed {
    JsonNode statement = Json.decode(published.file(ResultFiles.RESULT));
    long first = Json.count(statement, "first");
    Economy economy = economy(published.file(ResultFiles.ECONOMY));
    SortedMap<Integer, Payments.Demand> demands =
        payments.write(sql, result.epoch().value(), result.epoch().value() / periodEpochs);
    SortedMap<Integer, NetworkTally> tallies = new TreeMap<>();
    try (DeviceLines lines = new DeviceLines(published.file(ResultFiles.DEVICES))) {
      new DeviceMerge(sql, result.epoch().value(), new ReasonCodes(sql), tallies)
          .run(before, lines, economy.devices());
    }
    Optional<Bytes> money = published.find(ResultFiles.MONEY);
    if (money.isPresent()) {
      LeafRows.write(sql, result.epoch().value(), money.get());
    }
    figures(tallies, demands, economy, Json.amount(statement, "dust"));
    ObjectNode body = Json.object().put("dust", Json.text(statement, "dust"));
    body.set("economy", economyJson(economy));
    body.set("reasons", reasons(tallies));
    body.set("files", files(published.manifest()));
    body.put("equal", addsUp(tallies));
    note(first, false, body);
  }

  /** Nobody has the files: what the chain says remains. */
  void writeWithoutFiles(OptionalLong before, long first) throws SQLException, Malformed {
    DeviceLines none = new DeviceLines(Bytes.of((byte) '[', (byte) ']'));
    new DeviceMerge(sql, result.epoch().value(), new ReasonCodes(sql), new TreeMap<>())
        .run(before, none, new TreeMap<>());
    Economy economy = new Economy(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    figures(new TreeMap<>(), new TreeMap<>(), economy, BigInteger.ZERO);
    ObjectNode body = Json.object().put("dust", "0");
    body.putArray("economy");
    body.putArray("reasons");
    body.putArray("files");
    body.put("equal", true);
    note(first, true, body);
  }

  private void note(long first, boolean missing, ObjectNode body) throws SQLException {
    sql.run(
        "INSERT INTO indexed(epoch, hash, first_epoch, missing, body) VALUES (?, ?, ?, ?, ?)",
        result.epoch().value(),
        result.hash().toHex(),
        first,
        missing,
        body.toString());
  }

  /** Whether what the devices' lines say was charged is what the contract accepted. */
  private boolean addsUp(SortedMap<Integer, NetworkTally> tallies) {
    BigInteger sum =
        tallies.values().stream()
            .map(NetworkTally::charged)
            .reduce(BigInteger.ZERO, BigInteger::add);
    return sum.equals(result.total(MoneyKind.CHARGE));
  }

  private static Economy economy(Bytes file) throws Malformed {
    Economy economy = new Economy(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    try (EconomyLines lines = new EconomyLines(file)) {
      for (var next = lines.next(); next.isPresent(); next = lines.next()) {
        EconomyLines.Line line = next.get();
        economy
            .amounts()
            .computeIfAbsent(line.network(), _ -> new TreeMap<>())
            .merge(line.cause(), line.amount(), BigInteger::add);
        economy
            .counts()
            .computeIfAbsent(line.network(), _ -> new TreeMap<>())
            .merge(line.cause(), 1L, Long::sum);
        Optional<Tally> award = award(line);
        if (line.device() > 0 && award.isPresent()) {
          economy.devices().merge(line.device(), award.get(), Tally::plus);
        }
      }
    }
    return economy;
  }

  private static Optional<Tally> award(EconomyLines.Line line) {
    BigInteger none = BigInteger.ZERO;
    BigInteger amount = line.amount();
    if (line.cause().equals(Cause.AWARDED.code())) {
      return Optional.of(new Tally(0, 0, 0, none, none, amount, none, none));
    }
    if (line.cause().equals(Cause.VESTED.code())) {
      return Optional.of(new Tally(0, 0, 0, none, none, none, amount, none));
    }
    return line.cause().equals(Cause.FORFEITED.code())
        ? Optional.of(new Tally(0, 0, 0, none, none, none, none, amount))
        : Optional.empty();
  }

  private void figures(
      SortedMap<Integer, NetworkTally> tallies,
      SortedMap<Integer, Payments.Demand> demands,
      Economy economy,
      BigInteger dust)
      throws SQLException {
    EpochFigures figures = new EpochFigures(sql, result, priceHistory);
    NetworkTally devices = new NetworkTally();
    Payments.Demand demand = new Payments.Demand();
    SortedMap<String, BigInteger> causes = new TreeMap<>();
    for (int network : sql.list("SELECT id FROM network ORDER BY id", row -> row.integer(1))) {
      NetworkTally own = tallies.getOrDefault(network, new NetworkTally());
      Payments.Demand wanted = demands.getOrDefault(network, new Payments.Demand());
      figures.write(
          network,
          new EpochFigures.Known(
              registrations.count(network, result.place()),
              own,
              wanted,
              economy.amounts().getOrDefault(network, new TreeMap<>()),
              BigInteger.ZERO));
      devices.add(own);
      demand.add(wanted);
    }
    economy
        .amounts()
        .values()
        .forEach(each -> each.forEach((cause, sum) -> causes.merge(cause, sum, BigInteger::add)));
    long registered = registrations.count(0, result.place());
    figures.write(0, new EpochFigures.Known(registered, devices, demand, causes, dust));
  }

  private static ArrayNode economyJson(Economy economy) {
    ArrayNode array = Json.array();
    economy
        .amounts()
        .forEach((network, causes) ->
            causes.forEach((cause, sum) ->
                array
                    .addObject()
                    .put("cause", cause)
                    .put("network", network)
                    .put(
                        "count",
                        economy
                            .counts()
                            .getOrDefault(network, new TreeMap<>())
                            .getOrDefault(cause, 0L))
                    .put("amount", sum.toString())));
    return array;
  }

  private static ArrayNode reasons(SortedMap<Integer, NetworkTally> tallies) {
    ArrayNode array = Json.array();
    for (Map.Entry<Integer, NetworkTally> entry : tallies.entrySet()) {
      entry
          .getValue()
          .reasons()
          .forEach((key, count) ->
              array
                  .addObject()
                  .put("network", entry.getKey())
                  .put("code", key.code())
                  .put("fault", key.fault())
                  .put("count", count));
    }
    return array;
  }

  /** Not the verdicts of segments, of which there may be very many. */
  private static ArrayNode files(Manifest manifest) {
    ArrayNode array = Json.array();
    for (Manifest.Item item : manifest.files()) {
      if (!item.path().contains("/")) {
        array
            .addObject()
            .put("path", item.path())
            .put("size", item.size())
            .put("sha256", item.sha256().toHex());
      }
    }
    return array;
  }

  /** Forgets all epochs from one on. */
  static void rewind(Sql sql, long epoch, long periodEpochs) throws SQLException {
    CurrentState.forget(sql);
    sql.run("DELETE FROM indexed WHERE epoch >= ?", epoch);
    sql.run("DELETE FROM figures WHERE epoch >= ?", epoch);
    sql.run("DELETE FROM leaf WHERE epoch >= ?", epoch);
    sql.run("DELETE FROM device_block WHERE id >= ?", DeviceBlock.first(epoch));
    Payments.rewind(sql, epoch, periodEpochs);
  }
}
