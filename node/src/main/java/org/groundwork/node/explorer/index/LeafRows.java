package org.groundwork.node.explorer.index;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.groundwork.engine.EpochResult;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;

/** What accounts have earned, as the money leaves say; a row for each change. */
public final class LeafRows {
  private record Key(String account, int kind, int network) {}

  private LeafRows() {}

  /** Refuses leaves that have another root. */
  static void check(Bytes money, Hash root) throws Malformed {
    if (!EpochResult.moneyRoot(leaves(money)).equals(root)) {
      throw new Malformed("money leaves with another root");
    }
  }

  /** All leaves of {@code money.json}, in their order. */
  public static List<MoneyLeaf> leaves(Bytes money) throws Malformed {
    List<MoneyLeaf> leaves = new ArrayList<>();
    try (LeafLines lines = new LeafLines(money)) {
      for (LeafLines.Line line : lines.all()) {
        leaves.add(
            new MoneyLeaf(
                MoneyKind.of(line.kind()),
                new NetworkId(line.network()),
                Hash.fromHex(line.subject()),
                line.cumulative()));
      }
      return leaves;
    } catch (IllegalArgumentException e) {
      throw new Malformed("no money leaves: " + e.getMessage());
    }
  }

  static void write(Sql sql, long epoch, Bytes money) throws SQLException, Malformed {
    Map<Key, BigInteger> known = new HashMap<>();
    sql.each(
        "SELECT account, kind, network, MAX(cumulative) FROM leaf GROUP BY account, kind, network",
        row -> known.put(new Key(row.text(1), row.integer(2), row.integer(3)), row.amount(4)));
    try (LeafLines lines = new LeafLines(money);
        Sql.Batch rows =
            sql.batch(
                "INSERT INTO leaf(account, kind, network, epoch, cumulative)"
                    + " VALUES (?, ?, ?, ?, ?)")) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        LeafLines.Line leaf = line.get();
        if (!MoneyKind.of(leaf.kind()).isPayable()) {
          continue;
        }
        Key key = new Key("0x" + leaf.subject().substring(26), leaf.kind(), leaf.network());
        if (leaf.cumulative().compareTo(known.getOrDefault(key, BigInteger.ZERO)) > 0) {
          rows.add(key.account(), key.kind(), key.network(), epoch, leaf.cumulative());
        }
      }
      rows.flush();
    }
  }
}
