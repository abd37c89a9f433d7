package org.groundwork.agent;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each slot once its seed exists: the moment from which its challenges are known. */
public final class SlotFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlotFeed.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ChainFeed chain;
  private final NetworkId network;
  private final InstantSource clock;
  private final long catchUpSlots;
  private final Consumer<Seed> consumer;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * A feed that starts with the slot of the moment.
   *
   * @param catchUpSlots how many slots late a slot is still told of
   * @param consumer called by one thread, slot after slot
   */
  public SlotFeed(
      ChainFeed chain,
      NetworkId network,
      InstantSource clock,
      long catchUpSlots,
      Consumer<Seed> consumer) {
    this.chain = chain;
    this.network = network;
    this.clock = clock;
    this.catchUpSlots = catchUpSlots;
    this.consumer = consumer;
    thread = Thread.ofVirtual().name("slots").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long next = Math.max(0, now() - catchUpSlots);
    while (!closed) {
      try {
        next = Math.max(next, now() - catchUpSlots);
        if (next <= now()) {
          Optional<Seed> seed = chain.seed(network, new SlotNumber(next));
          if (seed.isPresent()) {
            consumer.accept(seed.get());
            next++;
            continue;
          }
        }
        Pause.of(POLL);
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          LOG.warn("Slot {} cannot be followed now: {}; trying again", next, e.toString());
        }
        try {
          Pause.of(POLL.multipliedBy(5));
        } catch (InterruptedException interrupted) {
          return;
        }
      }
    }
  }

  /** The slot of the moment, or -1 before genesis. */
  private long now() {
    EpochSchedule schedule = chain.schedule();
    long second = clock.instant().getEpochSecond();
    return second < schedule.genesis() ? -1 : schedule.slotAt(second).value();
  }
}
