package org.groundwork.networks.storage.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The stream of Go's math/rand for a seed, as little-endian 32-bit numbers.
 *
 * <p>Go adds x[n-607] and x[n-273] modulo 2^64. It begins with numbers of a simple generator, each
 * combined with one of 607 constants, which are the same recurrence after 7.8e12 steps from seed 1.
 * The constants are computed here by that definition: a step is a multiplication by x modulo the
 * recurrence's polynomial, so that many steps are a power of x.
 */
final class GoRandom {
  private static final int LENGTH = 607;
  private static final int TAP = 273;
  private static final long WARM_UP = 7_800_000_000_000L;
  private static final int MODULUS = Integer.MAX_VALUE;
  private static final long[] COOKED = cooked();

  /** The last 607 numbers: the oldest is at {@code oldest}. */
  private final long[] state;

  private int oldest;

  GoRandom(int seed) {
    long[] ring = seeded(seed, 40, 20);
    for (int i = 0; i < LENGTH; i++) {
      ring[i] ^= COOKED[i];
    }
    state = oldestFirst(ring);
  }

  /** Fills an array whose length is a multiple of four. */
  void fill(byte[] into) {
    ByteBuffer out = ByteBuffer.wrap(into).order(ByteOrder.LITTLE_ENDIAN);
    while (out.hasRemaining()) {
      out.putInt((int) (next() >>> 31));
    }
  }

  private long next() {
    int lagged = oldest + LENGTH - TAP;
    long sum = state[oldest] + state[lagged < LENGTH ? lagged : lagged - LENGTH];
    state[oldest] = sum;
    oldest = oldest + 1 == LENGTH ? 0 : oldest + 1;
    return sum;
  }

  /** Three numbers of the Lehmer generator in each element. */
  private static long[] seeded(int seed, int high, int middle) {
    long x = seed;
    for (int i = 0; i < 20; i++) {
      x = lehmer(x);
    }
    long[] numbers = new long[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      long a = lehmer(x);
      long b = lehmer(a);
      x = lehmer(b);
      numbers[i] = a << high ^ b << middle ^ x;
    }
    return numbers;
  }

  private static long lehmer(long x) {
    return 48271 * x % MODULUS;
  }

  private static long[] cooked() {
    long[] after = advance(oldestFirst(seeded(1, 20, 10)), WARM_UP);
    long[] ring = new long[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      ring[placeOf(i, WARM_UP)] = after[i];
    }
    return ring;
  }

  private static long[] oldestFirst(long[] ring) {
    long[] ordered = new long[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      ordered[i] = ring[placeOf(i, 0)];
    }
    return ordered;
  }

  /**
   * Go writes to a ring, downwards, first at 333: where it has the i-th oldest after some steps.
   */
  private static int placeOf(int i, long steps) {
    return Math.floorMod(LENGTH - TAP - 1 - steps - i, LENGTH);
  }

  private static long[] advance(long[] oldestFirst, long steps) {
    long[] power = powerOfX(steps);
    long[] out = new long[LENGTH];
    long[] window = oldestFirst.clone();
    for (int i = 0; i < LENGTH; i++) {
      for (int j = 0; j < LENGTH; j++) {
        out[i] += power[j] * window[j];
      }
      long next = window[0] + window[LENGTH - TAP];
      System.arraycopy(window, 1, window, 0, LENGTH - 1);
      window[LENGTH - 1] = next;
    }
    return out;
  }

  /** x^n modulo x^607 - x^334 - 1. */
  private static long[] powerOfX(long n) {
    long[] power = new long[LENGTH];
    power[0] = 1;
    for (int bit = Long.SIZE - Long.numberOfLeadingZeros(n) - 1; bit >= 0; bit--) {
      power = square(power);
      if ((n >>> bit & 1) == 1) {
        power = timesX(power);
      }
    }
    return power;
  }

  private static long[] timesX(long[] p) {
    long[] product = new long[2 * LENGTH - 1];
    System.arraycopy(p, 0, product, 1, LENGTH);
    return reduce(product);
  }

  private static long[] square(long[] p) {
    long[] product = new long[2 * LENGTH - 1];
    for (int i = 0; i < LENGTH; i++) {
      for (int j = 0; j < LENGTH; j++) {
        product[i + j] += p[i] * p[j];
      }
    }
    return reduce(product);
  }

  private static long[] reduce(long[] product) {
    for (int i = product.length - 1; i >= LENGTH; i--) {
      product[i - LENGTH] += product[i];
      product[i - TAP] += product[i];
    }
    long[] reduced = new long[LENGTH];
    System.arraycopy(product, 0, reduced, 0, LENGTH);
    return reduced;
  }
}
