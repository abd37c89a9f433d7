package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.node.wire.Json;

/** What an epoch said of a network's devices, added up. */
final class NetworkTally {
  /** Payments are ranked in this unit; the shown figures are rounded down to it. */
  private static final BigInteger RANKED = BigInteger.TEN.pow(9);

  private static final int STEP = 5;

  /** Verdicts or faults by code. */
  record ReasonKey(boolean fault, String code) implements Comparable<ReasonKey> {
    @Override
    public int compareTo(ReasonKey other) {
      int order = Boolean.compare(fault, other.fault);
      return order == 0 ? code.compareTo(other.code) : order;
    }
  }

  private final SortedMap<ReasonKey, Long> reasons = new TreeMap<>();
  private long active;
  private long proven;
  private long accepted;
  private long rejected;
  private long faults;
  private BigInteger charged = BigInteger.ZERO;
  private long[] paid = new long[16];
  private int paidDevices;
  private boolean sorted;

  void add(DeviceLines.Line line) {
    active++;
    long counted = line.accepted();
    proven += counted > 0 ? 1 : 0;
    accepted += counted;
    rejected += line.rejected();
    faults += line.faults();
    charged = line.charged().signum() == 0 ? charged : charged.add(line.charged());
    for (DeviceLines.Count count : line.counts()) {
      reasons.merge(new ReasonKey(count.fault(), count.code()), count.count(), Long::sum);
    }
    if (line.paid().signum() > 0) {
      if (paidDevices == paid.length) {
        paid = Arrays.copyOf(paid, 2 * paid.length);
      }
      BigInteger ranked = line.paid().divide(RANKED);
      paid[paidDevices++] = ranked.bitLength() < Long.SIZE ? ranked.longValue() : Long.MAX_VALUE;
    }
  }

  void add(NetworkTally other) {
    active += other.active;
    proven += other.proven;
    accepted += other.accepted;
    rejected += other.rejected;
    faults += other.faults;
    charged = charged.add(other.charged);
    other.reasons.forEach((key, count) -> reasons.merge(key, count, Long::sum));
    long[] both = Arrays.copyOf(paid, Math.max(16, paidDevices + other.paidDevices));
    System.arraycopy(other.paid, 0, both, paidDevices, other.paidDevices);
    paid = both;
    paidDevices += other.paidDevices;
  }

  long active() {
    return active;
  }

  long proven() {
    return proven;
  }

  long accepted() {
    return accepted;
  }

  long rejected() {
    return rejected;
  }

  long faults() {
    return faults;
  }

  int paidDevices() {
    return paidDevices;
  }

  BigInteger charged() {
    return charged;
  }

  SortedMap<ReasonKey, Long> reasons() {
    return reasons;
  }

  /** What the device got that a share of the paid devices does not exceed; zero without any. */
  BigInteger quantile(int percent) {
    if (paidDevices == 0) {
      return BigInteger.ZERO;
    }
    if (!sorted) {
      Arrays.parallelSort(paid, 0, paidDevices);
      sorted = true;
    }
    long at = (long) (paidDevices - 1) * percent / 100;
    return BigInteger.valueOf(paid[(int) at]).multiply(RANKED);
  }

  ArrayNode quantiles() {
    ArrayNode quantiles = Json.array();
    for (int percent = 0; percent <= 100; percent += STEP) {
      quantiles.add(quantile(percent).toString());
    }
    return quantiles;
  }
}
