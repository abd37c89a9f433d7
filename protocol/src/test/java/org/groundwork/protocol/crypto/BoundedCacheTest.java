package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  private final AtomicInteger made = new AtomicInteger();
  private final BoundedCache<Integer, String> cache =
      new BoundedCache<>(
          10,
          key -> {
            made.incrementAndGet();
            return "value " + key;
          });

  @Test
  void makesEachValueOnce() {
    assertThat(cache.get(1)).isEqualTo("value 1");
    assertThat(cache.get(1)).isSameAs(cache.get(1));
    assertThat(made).hasValue(1);
  }

  @Test
  void holdsTwoGenerationsAndNoMore() {
    for (int key = 0; key < 1000; key++) {
      assertThat(cache.get(key)).isEqualTo("value " + key);
      assertThat(cache.size()).isLessThanOrEqualTo(20);
    }
    assertThat(made).hasValue(1000);
  }

  @Test
  void keepsWhatIsInUse() {
    for (int key = 0; key < 1000; key++) {
      cache.get(-1);
      cache.get(key);
    }
    assertThat(made).hasValue(1001);
  }

  @Test
  void servesManyThreads() {
    assertThat(
            IntStream.range(0, 20_000)
                .parallel()
                .allMatch(i -> cache.get(i % 15).equals("value " + i % 15)))
        .isTrue();
    assertThat(cache.size()).isLessThanOrEqualTo(20);
  }

  @Test
  void refusesToHoldNothing() {
    assertThatThrownBy(() -> new BoundedCache<Integer, String>(0, String::valueOf))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
