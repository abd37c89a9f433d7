package org.groundwork.agent;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hello;
import org.jspecify.annotations.Nullable;

/**
 * Makes a device active: says Hello once in each epoch until a result shows that one of them
 * counted (rule G7). A promise is not enough: the Hello of the epoch in which the device was
 * registered does not count, nor one whose segment came too late. More of them change nothing.
 */
public final class Greeter {
  /** What results say about the device. */
  public interface Results {
    /** Whether the result of this epoch, or of a later one, shows the device active. */
    boolean showActive(EpochNumber since) throws IOException;
  }

  private final Outbox outbox;
  private final EpochSchedule schedule;
  private final AccountId owner;
  private final Results results;
  private final InstantSource clock;
  private @Nullable EpochNumber first;
  private @Nullable EpochNumber last;
  private boolean active;

  public Greeter(
      Outbox outbox,
      EpochSchedule schedule,
      AccountId owner,
      Results results,
      InstantSource clock) {
    this.outbox = outbox;
    this.schedule = schedule;
    this.owner = owner;
    this.results = results;
    this.clock = clock;
  }

  /**
   * Says Hello if it is time to; waits for its promise, for as long as the epoch lasts.
   *
   * @return false: there is nothing more to do at once
   * @throws IOException if no gateway took it: one that has not seen the registration yet refuses
   */
  public boolean step() throws IOException, InterruptedException {
    if (!active && first != null) {
      active = results.showActive(first);
    }
    EpochNumber now = schedule.epochAt(clock.instant().getEpochSecond());
    if (active || now.equals(last)) {
      return false;
    }
    try {
      outbox
          .submit(new Hello(owner, clock.instant().toEpochMilli()).encode(), Outbox.Lifetime.EPOCH)
          .get();
    } catch (OutboxFull | ExecutionException e) {
      throw new IOException("the Hello was not taken: " + e.getMessage(), e);
    }
    if (first == null) {
      first = now;
    }
    last = now;
    return false;
  }
}
