package org.groundwork.protocol;

/** A payer's credits set aside on chain for one seller. */
public record ReservationId(Hash hash) implements Comparable<ReservationId> {
  @Override
  public int compareTo(ReservationId other) {
    return hash.compareTo(other.hash);
  }

  @Override
  public String toString() {
    return hash.toHex();
  }
}
