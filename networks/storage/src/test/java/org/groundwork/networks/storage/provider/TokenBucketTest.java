package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;
  private long now;

  @Test
  void overTimeNoMoreGoesThanTheLimit() {
    TokenBucket bucket = new TokenBucket(1_000_000, () -> now);
    long sent = 0;
    while (now < 10 * SECOND) {
      now += bucket.reserve(10_000);
      sent += 10_000;
    }
    assertThat(sent).isBetween(10_000_000L, 10_300_000L);
  }

  @Test
  void aQuietLineSavesUpNoMoreThanAQuarterOfASecond() {
    TokenBucket bucket = new TokenBucket(1_000_000, () -> now);
    now = 1000 * SECOND;
    assertThat(bucket.reserve(250_000)).isZero();
    assertThat(bucket.reserve(100_000)).isEqualTo(SECOND / 10);
  }

  @Test
  void transfersThatAskInTurnsGetEqualShares() {
    TokenBucket bucket = new TokenBucket(1_000_000, () -> now);
    long[] ready = new long[3];
    long[] sent = new long[3];
    while (now < 10 * SECOND) {
      int next = 0;
      for (int i = 1; i < ready.length; i++) {
        next = ready[i] < ready[next] ? i : next;
      }
      now = Math.max(now, ready[next]);
      // The first is greedy: it has always more to send. None gets ahead by that.
      ready[next] = now + bucket.reserve(TokenBucket.PART);
      sent[next] += TokenBucket.PART;
    }
    for (long each : sent) {
      assertThat(each).isBetween(3_250_000L, 3_750_000L);
    }
  }

  @Test
  void withoutALimitNobodyWaits() {
    TokenBucket bucket = new TokenBucket(0, () -> now);
    assertThat(bucket.isLimited()).isFalse();
    assertThat(bucket.reserve(Integer.MAX_VALUE)).isZero();
  }
}
