package org.groundwork.testkit;

import java.math.BigInteger;

/** The declining schedule, epoch by epoch as it is defined. Tokens an epoch. */
record EmissionRules(Parameters.Emission schedule) {
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  BigInteger rateOf(long epoch) {
    BigInteger rate = schedule.initialRate();
    for (long period = epoch / schedule.periodEpochs(); period > 0 && rate.signum() > 0; period--) {
      rate = share(rate, schedule.declineBps());
    }
    return rate;
  }

  /** The rates of the epochs from first to last, both included. */
  BigInteger scheduled(long first, long last) {
    BigInteger sum = BigInteger.ZERO;
    for (long epoch = first; epoch <= last; ) {
      BigInteger rate = rateOf(epoch);
      if (rate.signum() == 0) {
        return sum;
      }
      long period = epoch / schedule.periodEpochs();
      long end = Math.min(last + 1, (period + 1) * schedule.periodEpochs());
      sum = sum.add(rate.multiply(BigInteger.valueOf(end - epoch)));
      epoch = end;
    }
    return sum;
  }

  BigInteger bootstrapUpTo(long epoch) {
    return share(scheduled(0, epoch), schedule.bootstrapBps());
  }

  BigInteger operatorsBetween(long first, long last) {
    return share(scheduled(first, last), schedule.operatorsBps());
  }

  BigInteger treasuryBetween(long first, long last) {
    return share(scheduled(first, last), schedule.treasuryBps());
  }

  static BigInteger share(BigInteger amount, int bps) {
    return amount.multiply(BigInteger.valueOf(bps)).divide(BPS);
  }
}
