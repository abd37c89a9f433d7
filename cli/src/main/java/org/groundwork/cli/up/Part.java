package org.groundwork.cli.up;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.groundwork.cli.local.Child;
import org.jspecify.annotations.Nullable;

/** One process that is to run: started again, with growing waits, whenever it ends. */
final class Part implements AutoCloseable {
  /** A part that has run for so long is well again: the next wait is short. */
  private static final Duration STEADY = Duration.ofMinutes(1);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  /** What starts it. */
  interface Start {
    Child run() throws IOException;
  }

  /**
   * How it is.
   *
   * @param pid of the process; 0 if there is none
   * @param since when it was started, or ended
   * @param lastExit how the process before ended; empty if none did
   */
  record State(
      String name, boolean running, long pid, Instant since, int restarts, String lastExit) {}

  private final String name;
  private final Start start;
  private final Duration longest;
  private final Consumer<String> say;
  private @Nullable Child child;
  private Duration wait = Duration.ZERO;
  private Instant since = Instant.EPOCH;
  private Instant next = Instant.MIN;
  private int restarts;
  private String lastExit = "";

  Part(String name, Start start, Duration longest, Consumer<String> say) {
    this.name = name;
    this.start = start;
    this.longest = longest;
    this.say = say;
  }

  /** Starts it the first time. */
  synchronized void open(Instant now) throws IOException {
    child = start.run();
    since = now;
  }

  /** Looks after it; whether something was done. */
  synchronized boolean step(Instant now) {
    Child running = child;
    if (running != null && running.isAlive()) {
      wait = since.plus(STEADY).isBefore(now) ? Duration.ZERO : wait;
      return false;
    }
    if (running != null) {
      ended(running, now);
      return true;
    }
    if (now.isBefore(next)) {
      return false;
    }
    restarts++;
    since = now;
    try {
      child = start.run();
    } catch (IOException e) {
      put(now, "cannot be started: " + e.getMessage());
    }
    return true;
  }

  private void ended(Child gone, Instant now) {
    int code = gone.exitCode();
    // What the JVM and a shell say of a process that a signal ended: 128 and its number.
    put(now, code > 128 ? "was ended by signal " + (code - 128) : "ended with exit status " + code);
    gone.close();
    child = null;
  }

  /** Puts the next start off. */
  private void put(Instant now, String what) {
    wait = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
    wait = wait.compareTo(longest) > 0 ? longest : wait;
    next = now.plus(wait);
    since = now;
    lastExit = what;
    say.accept(name + " " + what + "; starting it again in " + wait.toSeconds() + " s");
  }

  synchronized State state() {
    Child running = child;
    boolean alive = running != null && running.isAlive();
    return new State(
        name, alive, running != null && alive ? running.pid() : 0, since, restarts, lastExit);
  }

  @Override
  public synchronized void close() {
    Child running = child;
    if (running != null) {
      running.close();
      child = null;
    }
    next = Instant.MAX;
  }
}
