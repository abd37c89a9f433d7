package org.groundwork.networks.storage.arweave;

import java.math.BigInteger;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Rounding;

/**
 * What keeping bytes for ever costs, if the price of storage falls by a fixed share every year. A
 * year is paid at its beginning; year t costs {@code first * (1 - decline)^t}, so all of them cost
 * {@code first / decline}. Arweave's formula has {@code -ln(1 - decline)} in its place, which is
 * larger: this price is the higher one, by 0.25% at 0.5% a year.
 *
 * @param slotsPerYear of the network's schedule
 * @param pieces that a stripe becomes, of which {@code needed} give it back
 * @param declineBasisPoints by which the price is assumed to fall in a year, 1 to 9999
 * @param marginBasisPoints on top: repair, requests, prices that rise for a while
 * @param overheadBytes that each item is counted to take beside its own: deals, metadata
 */
public record Endowment(
    long slotsPerYear,
    int needed,
    int pieces,
    int declineBasisPoints,
    int marginBasisPoints,
    long overheadBytes) {
  private static final BigInteger GIB = BigInteger.valueOf(1L << 30);
  private static final BigInteger ONE = BigInteger.valueOf(10_000);

  /** Longer than this is said to be for ever. */
  static final int MAX_YEARS = 10_000;

  public Endowment {
    if (slotsPerYear < 1 || needed < 1 || pieces < needed) {
      throw new IllegalArgumentException("slots a year and pieces must be positive");
    }
    if (declineBasisPoints < 1
        || declineBasisPoints > 9_999
        || marginBasisPoints < 0
        || overheadBytes < 0) {
      throw new IllegalArgumentException("decline, margin or overhead out of range");
    }
  }

  /** Bytes at providers for so many of data and items; rounded up. */
  BigInteger stored(long bytes, long items) {
    BigInteger all =
        BigInteger.valueOf(bytes)
            .add(BigInteger.valueOf(items).multiply(BigInteger.valueOf(overheadBytes)));
    return Rounding.divideCeil(
        all.multiply(BigInteger.valueOf(pieces)), BigInteger.valueOf(needed));
  }

  /**
   * What so many bytes cost for some slots; rounded up.
   *
   * @param price of a GiB for a slot
   */
  public Credits cost(long bytes, long items, Credits price, long slots) {
    return new Credits(
        Rounding.divideCeil(
            stored(bytes, items).multiply(price.value()).multiply(BigInteger.valueOf(slots)), GIB));
  }

  /** What an item of so many bytes pays, once; rounded up. */
  public Credits price(long bytes, Credits price) {
    BigInteger first = cost(bytes, 1, price, slotsPerYear).value();
    BigInteger all =
        Rounding.divideCeil(first.multiply(ONE), BigInteger.valueOf(declineBasisPoints));
    return new Credits(
        Rounding.divideCeil(all.multiply(ONE.add(BigInteger.valueOf(marginBasisPoints))), ONE));
  }

  /** How long a fund lasts: whole years, and whether it never ends. */
  public record Span(int years, boolean forEver) {}

  /**
   * How long a fund keeps what there is, from today's price on.
   *
   * @param decline a year in basis points; 0 for a price that stays
   */
  public Span lasts(Credits fund, long bytes, long items, Credits price, int decline) {
    BigInteger cost = cost(bytes, items, price, slotsPerYear).value();
    BigInteger left = fund.value();
    if (left.multiply(BigInteger.valueOf(decline)).compareTo(cost.multiply(ONE)) >= 0
        && decline > 0) {
      return new Span(MAX_YEARS, true);
    }
    BigInteger rest = ONE.subtract(BigInteger.valueOf(decline));
    for (int year = 0; year < MAX_YEARS; year++) {
      if (cost.signum() == 0) {
        return new Span(MAX_YEARS, true);
      }
      if (left.compareTo(cost) < 0) {
        return new Span(year, false);
      }
      left = left.subtract(cost);
      cost = Rounding.divideCeil(cost.multiply(rest), ONE);
    }
    return new Span(MAX_YEARS, true);
  }
}
