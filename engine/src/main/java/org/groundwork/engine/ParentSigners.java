package org.groundwork.engine;

import java.math.BigInteger;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;

/**
 * Whose signatures stand under the result before, by operator account.
 *
 * @param weights at that result's opening
 * @param total weight of all verifiers then; zero if there is no result before
 */
public record ParentSigners(SortedMap<AccountId, BigInteger> weights, BigInteger total) {
  public static final ParentSigners NONE = new ParentSigners(new TreeMap<>(), BigInteger.ZERO);

  public ParentSigners {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    BigInteger signed = weights.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    if (signed.compareTo(total) > 0 || weights.values().stream().anyMatch(w -> w.signum() <= 0)) {
      throw new IllegalArgumentException("signers with %s of %s".formatted(weights, total));
    }
  }
}
