package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;

/** Increases of an epoch or of a result, by kind and network. */
public final class Totals {
  private record Key(MoneyKind kind, NetworkId network) {}

  private final SortedMap<Key, BigInteger> sums =
      new TreeMap<>(Comparator.comparing(Key::kind).thenComparing(Key::network));

  public void add(MoneyKind kind, NetworkId network, BigInteger amount) {
    sums.merge(new Key(kind, network), amount, BigInteger::add);
  }

  TokenAmount tokens(MoneyKind kind, NetworkId network) {
    return new TokenAmount(sums.getOrDefault(new Key(kind, network), BigInteger.ZERO));
  }

  /** Networks of which basis was consumed, ascending. */
  SortedMap<NetworkId, TokenAmount> basis() {
    SortedMap<NetworkId, TokenAmount> basis = new TreeMap<>();
    sums.forEach((key, sum) -> {
      if (key.kind() == MoneyKind.BASIS) {
        basis.put(key.network(), new TokenAmount(sum));
      }
    });
    return basis;
  }

  /** Ascending by kind and network, none of them zero. */
  public List<Total> list() {
    List<Total> totals = new ArrayList<>();
    for (Map.Entry<Key, BigInteger> sum : sums.entrySet()) {
      if (sum.getValue().signum() > 0) {
        totals.add(new Total(sum.getKey().kind(), sum.getKey().network(), sum.getValue()));
      }
    }
    return totals;
  }
}
