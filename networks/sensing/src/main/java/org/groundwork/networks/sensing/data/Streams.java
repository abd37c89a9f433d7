package org.groundwork.networks.sensing.data;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.groundwork.networks.sensing.wire.SensingDefinition;

/** Who listens to fresh readings. Safe for use by many threads. */
final class Streams {
  /** The most listeners at once. */
  private static final int MAX_LISTENERS = 1000;

  /** Messages that wait for one listener; who is further behind is cut off. */
  private static final int MAX_WAITING = 10_000;

  private final SensingDefinition definition;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  Streams(SensingDefinition definition) {
    this.definition = definition;
  }

  /** One who listens to cells of a purchase, until a token ends. */
  static final class Listener {
    private final Purchase purchase;
    private final Set<Long> cells;
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
    private volatile boolean overrun;

    private Listener(Purchase purchase, List<Long> cells) {
      this.purchase = purchase;
      this.cells = Set.copyOf(cells);
    }

    /** The next message; empty if none comes in so many seconds. */
    Optional<String> next(long seconds) throws InterruptedException {
      return Optional.ofNullable(waiting.poll(seconds, TimeUnit.SECONDS));
    }

    /** Whether messages were lost because the listener did not take them. */
    boolean isOverrun() {
      return overrun;
    }

    private boolean wants(SoldReading reading) {
      return cells.contains(reading.cell())
          && purchase.deal().terms().covers(reading.epoch())
          && purchase.from().compareTo(reading.epoch()) <= 0;
    }
  }

  /** Adds a listener to these cells, which the purchase has. */
  Listener listen(Purchase purchase, List<Long> cells) throws DataException {
    if (listeners.size() >= MAX_LISTENERS) {
      throw DataError.BUSY.exception();
    }
    Listener listener = new Listener(purchase, cells);
    listeners.add(listener);
    return listener;
  }

  void leave(Listener listener) {
    listeners.remove(listener);
  }

  void publish(List<SoldReading> readings) {
    for (SoldReading reading : readings) {
      String text = null;
      for (Listener listener : listeners) {
        if (listener.wants(reading)) {
          text = text == null ? ReadingJson.of(definition, reading) : text;
          listener.overrun |= !listener.waiting.offer(text);
        }
      }
    }
  }
}
