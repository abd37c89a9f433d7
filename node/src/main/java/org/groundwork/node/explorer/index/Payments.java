package org.groundwork.node.explorer.index;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** An epoch's charges, added up by who paid whom in which network. */
final class Payments {
  private static final int SEQUENCE_BITS = 24;

  private record Pair(int network, String payer, String seller) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int order = Integer.compare(network, other.network);
      order = order == 0 ? payer.compareTo(other.payer) : order;
      return order == 0 ? seller.compareTo(other.seller) : order;
    }
  }

  /** Sums; credits, but basis and paid, which are tokens. */
  private record Sums(
      int charges, BigInteger charged, BigInteger basis, BigInteger paid, BigInteger voided) {
    private static final Sums NONE =
        new Sums(0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    Sums plus(ChargeLines.Line line) {
      return new Sums(
          charges + 1,
          charged.add(line.charged()),
          basis.add(line.basis()),
          paid.add(line.paid()),
          voided.add(line.asked().subtract(line.charged())));
    }
  }

  /** One network's demand in an epoch; credits. */
  static final class Demand {
    private final SortedMap<String, BigInteger> payers = new TreeMap<>();
    private final Set<String> sellers = new HashSet<>();
    private BigInteger linked = BigInteger.ZERO;
    private BigInteger voided = BigInteger.ZERO;

    int payers() {
      return payers.size();
    }

    int sellers() {
      return sellers.size();
    }

    BigInteger top() {
      return payers.values().stream().max(BigInteger::compareTo).orElse(BigInteger.ZERO);
    }

    BigInteger linked() {
      return linked;
    }

    BigInteger voided() {
      return voided;
    }

    void add(Demand other) {
      other.payers.forEach((payer, charged) -> payers.merge(payer, charged, BigInteger::add));
      sellers.addAll(other.sellers);
      linked = linked.add(other.linked);
      voided = voided.add(other.voided);
    }
  }

  private final SortedMap<Pair, Sums> pairs = new TreeMap<>();

  Payments(Bytes charges) throws Malformed {
    try (ChargeLines lines = new ChargeLines(charges)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        ChargeLines.Line each = line.get();
        pairs.merge(
            new Pair(each.network(), each.payer(), each.seller()),
            Sums.NONE.plus(each),
            (sums, _) -> sums.plus(each));
      }
    }
  }

  /** The first number of an epoch's payments. */
  static long first(long epoch) {
    return epoch << SEQUENCE_BITS;
  }

  /** Credits charged, tokens burned for them, and tokens paid, by network. */
  record Totals(BigInteger charged, BigInteger basis, BigInteger paid) {}

  Totals totals(int network) {
    BigInteger charged = BigInteger.ZERO;
    BigInteger basis = BigInteger.ZERO;
    BigInteger paid = BigInteger.ZERO;
    for (Map.Entry<Pair, Sums> entry : pairs.entrySet()) {
      if (entry.getKey().network() == network) {
        charged = charged.add(entry.getValue().charged());
        basis = basis.add(entry.getValue().basis());
        paid = paid.add(entry.getValue().paid());
      }
    }
    return new Totals(charged, basis, paid);
  }

  /** Writes them; returns what networks' demand was. */
  SortedMap<Integer, Demand> write(Sql sql, long epoch, long period) throws SQLException {
    SortedMap<Integer, Demand> demands = new TreeMap<>();
    long sequence = first(epoch);
    try (Sql.Batch rows =
        sql.batch(
            "INSERT INTO payment(seq, network, payer, seller, charges, charged, burned, paid,"
                + " voided, linked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Map.Entry<Pair, Sums> entry : pairs.entrySet()) {
        Pair pair = entry.getKey();
        Sums sums = entry.getValue();
        boolean linked = isLinked(sql, pair);
        Demand demand = demands.computeIfAbsent(pair.network(), _ -> new Demand());
        if (sums.charged().signum() > 0) {
          demand.payers.merge(pair.payer(), sums.charged(), BigInteger::add);
          demand.sellers.add(pair.seller());
        }
        demand.linked = linked ? demand.linked.add(sums.charged()) : demand.linked;
        demand.voided = demand.voided.add(sums.voided());
        rows.add(
            sequence++,
            pair.network(),
            pair.payer(),
            pair.seller(),
            sums.charges(),
            sums.charged(),
            sums.basis(),
            sums.paid(),
            sums.voided(),
            linked);
      }
      rows.flush();
    }
    addPeriod(sql, period, first(epoch), first(epoch + 1));
    return demands;
  }

  private static boolean isLinked(Sql sql, Pair pair) throws SQLException {
    int order = pair.payer().compareTo(pair.seller());
    return order == 0
        || sql.number(
                "SELECT COUNT(*) FROM link WHERE a = ? AND b = ?",
                order < 0 ? pair.payer() : pair.seller(),
                order < 0 ? pair.seller() : pair.payer())
            > 0;
  }

  /** Adds payments to what payers were charged in a period of emission. */
  private static void addPeriod(Sql sql, long period, long from, long to) throws SQLException {
    sql.run(
        "MERGE INTO payer_period t USING (SELECT network, payer, SUM(charged) AS charged,"
            + " MAX(CASE WHEN linked THEN 1 ELSE 0 END) AS linked FROM payment"
            + " WHERE seq >= ? AND seq < ? AND charged > 0 GROUP BY network, payer) s"
            + " ON t.network = s.network AND t.period = "
            + period
            + " AND t.payer = s.payer"
            + " WHEN MATCHED THEN UPDATE SET charged = t.charged + s.charged,"
            + " linked = (t.linked OR s.linked = 1)"
            + " WHEN NOT MATCHED THEN INSERT (network, period, payer, charged, linked)"
            + " VALUES (s.network, "
            + period
            + ", s.payer, s.charged, s.linked = 1)",
        from,
        to);
  }

  /** Forgets the payments from an epoch on. */
  static void rewind(Sql sql, long epoch, long periodEpochs) throws SQLException {
    sql.run("DELETE FROM payment WHERE seq >= ?", first(epoch));
    long period = epoch / periodEpochs;
    sql.run("DELETE FROM payer_period WHERE period >= ?", period);
    addPeriod(sql, period, first(period * periodEpochs), first(epoch));
  }
}
