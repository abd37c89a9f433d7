package org.groundwork.networks.storage.customer;

/**
 * What a repair did.
 *
 * @param checked pieces looked at
 * @param lost pieces that were missing or damaged
 * @param repaired pieces that were made again and placed
 * @param unrecoverable stripes of which fewer than k pieces are left
 * @param crowded repaired pieces for which no provider was left but one that holds another piece of
 *     the same stripe
 */
public record RepairReport(
    long checked, long lost, long repaired, long unrecoverable, long crowded) {
  static final RepairReport NONE = new RepairReport(0, 0, 0, 0, 0);

  RepairReport plus(RepairReport other) {
    return new RepairReport(
        checked + other.checked,
        lost + other.lost,
        repaired + other.repaired,
        unrecoverable + other.unrecoverable,
        crowded + other.crowded);
  }
}
