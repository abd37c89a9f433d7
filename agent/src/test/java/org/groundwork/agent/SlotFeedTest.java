package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.groundwork.protocol.Seed;
import org.junit.jupiter.api.Test;

class SlotFeedTest {
  private final Scene scene = new Scene();
  private final BlockingQueue<Long> slots = new LinkedBlockingQueue<>();

  @Test
  void tellsOfEachSlotOnceItsSeedExists() throws InterruptedException {
    scene.now = 1005;
    scene.openSlot(4);
    scene.openSlot(5);
    try (SlotFeed feed = feed(1)) {
      feed.start();
      assertThat(List.of(next(), next())).containsExactly(4L, 5L);
      scene.now = 1006;
      assertThat(slots.poll(300, TimeUnit.MILLISECONDS)).isNull();
      scene.openSlot(6);
      assertThat(next()).isEqualTo(6);
    }
  }

  @Test
  void skipsSlotsThatAreTooLateToAnswer() throws InterruptedException {
    for (int slot = 0; slot <= 9; slot++) {
      scene.openSlot(slot);
    }
    scene.now = 1009;
    try (SlotFeed feed = feed(2)) {
      feed.start();
      assertThat(List.of(next(), next(), next())).containsExactly(7L, 8L, 9L);
    }
  }

  private SlotFeed feed(long catchUp) {
    return new SlotFeed(scene, Scene.NETWORK, scene, catchUp, this::note);
  }

  private void note(Seed seed) {
    slots.add(seed.slot().value());
  }

  private long next() throws InterruptedException {
    Long slot = slots.poll(10, TimeUnit.SECONDS);
    assertThat(slot).isNotNull();
    return slot == null ? -1 : slot;
  }
}
