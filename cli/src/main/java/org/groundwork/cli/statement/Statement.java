package org.groundwork.cli.statement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;

/**
 * All that a payer was charged by some results in a row: a line for each deal and each session of
 * vouchers, and beside their sum what the same results settled on his reservations. The two are
 * equal to the last unit, or something is wrong.
 *
 * @param settled by how much the charge leaves of the payer's reservations grew
 */
public record Statement(
    AccountId payer, EpochNumber first, EpochNumber last, List<Line> lines, Credits settled) {
  private static final Comparator<Line> ORDER =
      Comparator.comparing(Line::network)
          .thenComparing(Line::seller)
          .thenComparing(Line::kind)
          .thenComparing(Line::evidence);

  public Statement {
    lines = lines.stream().sorted(ORDER).toList();
  }

  /**
   * One deal, one session of vouchers, or one scope.
   *
   * @param evidence the deal's id, or the session
   * @param results how many results charged something for it
   */
  public record Line(
      NetworkId network,
      AccountId seller,
      ChargeLine.Kind kind,
      Hash evidence,
      long results,
      Credits charged) {
    private Line plus(ChargeLine more) {
      return new Line(network, seller, kind, evidence, results + 1, charged.plus(more.charged()));
    }
  }

  private record Key(NetworkId network, AccountId seller, ChargeLine.Kind kind, Hash evidence)
      implements Comparable<Key> {
    private static final Comparator<Key> BY_ALL =
        Comparator.comparing(Key::network)
            .thenComparing(Key::seller)
            .thenComparing(Key::kind)
            .thenComparing(Key::evidence);

    @Override
    public int compareTo(Key other) {
      return BY_ALL.compare(this, other);
    }
  }

  /**
   * The statement over results in a row.
   *
   * @param before charge leaves of the result before the first one; empty if there is none
   * @param results ascending, none left out
   */
  public static Statement of(
      AccountId payer, List<MoneyLeaf> before, List<PublishedResult> results) {
    if (results.isEmpty()) {
      throw new IllegalArgumentException("a statement covers at least one result");
    }
    Map<Key, Line> lines = new TreeMap<>();
    Map<Hash, NetworkId> reservations = new TreeMap<>();
    for (PublishedResult result : results) {
      for (ChargeLine line : result.charges()) {
        if (line.payer().equals(payer)) {
          reservations.put(line.reservation().hash(), line.network());
          if (!line.charged().isZero()) {
            Key key = new Key(line.network(), line.seller(), line.kind(), line.evidence());
            Line there =
                lines.getOrDefault(
                    key,
                    new Line(
                        line.network(),
                        line.seller(),
                        line.kind(),
                        line.evidence(),
                        0,
                        Credits.ZERO));
            lines.put(key, there.plus(line));
          }
        }
      }
    }
    BigInteger settled = BigInteger.ZERO;
    for (Map.Entry<Hash, NetworkId> reservation : reservations.entrySet()) {
      BigInteger now = BigInteger.ZERO;
      for (PublishedResult result : results) {
        now = now.max(charged(result.leaves(), reservation));
      }
      settled = settled.add(now.subtract(charged(before, reservation)));
    }
    return new Statement(
        payer,
        results.getFirst().first(),
        results.getLast().statement().epoch(),
        new ArrayList<>(lines.values()),
        new Credits(settled));
  }

  private static BigInteger charged(
      List<MoneyLeaf> leaves, Map.Entry<Hash, NetworkId> reservation) {
    return leaves.stream()
        .filter(leaf -> leaf.kind() == MoneyKind.CHARGE)
        .filter(leaf -> leaf.network().equals(reservation.getValue()))
        .filter(leaf -> leaf.subject().equals(reservation.getKey()))
        .map(MoneyLeaf::cumulative)
        .findFirst()
        .orElse(BigInteger.ZERO);
  }

  /** The sum of all lines. */
  public Credits charged() {
    return lines.stream().map(Line::charged).reduce(Credits.ZERO, Credits::plus);
  }

  /** The sum of the lines of one kind. */
  public Credits charged(ChargeLine.Kind kind) {
    return lines.stream()
        .filter(line -> line.kind() == kind)
        .map(Line::charged)
        .reduce(Credits.ZERO, Credits::plus);
  }

  /** Whether the lines sum to what was settled. */
  public boolean isEqual() {
    return charged().equals(settled);
  }
}
