package org.groundwork.node.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Who runs the steps of a node's roles: threads, or the queue of events of a simulation. */
public interface Tasks {
  Tasks THREADS = new Threads();

  /** A task that nobody waits for. */
  Task create(String name, Duration interval, Worker.Step step);

  /**
   * A task that others wait for after they woke it, and whose steps wait for the disk. Where there
   * are no threads it runs within {@link Task#wake}.
   */
  Task createAwaited(String name, Duration interval, Worker.Step step);

  /**
   * Asks several questions at once.
   *
   * @return the answers that came in time, in the order of the questions
   */
  <T> List<T> ask(List<? extends Callable<T>> questions, Duration patience)
      throws InterruptedException;
}
