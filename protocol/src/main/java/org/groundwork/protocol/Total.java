package org.groundwork.protocol;

import java.math.BigInteger;
import java.util.Comparator;

/** How much one kind of money grew in one network over one epoch. */
public record Total(MoneyKind kind, NetworkId network, BigInteger amount)
    implements Comparable<Total> {
  private static final String TYPE = "Total(uint8 kind,uint32 network,uint256 amount)";
  private static final Comparator<Total> ORDER =
      Comparator.comparing(Total::kind).thenComparing(Total::network);

  static String type() {
    return TYPE;
  }

  Hash structHash() {
    return new TypedData(TYPE).word(kind.number()).word(network.value()).word(amount).structHash();
  }

  @Override
  public int compareTo(Total other) {
    return ORDER.compare(this, other);
  }
}
