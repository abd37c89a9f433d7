package org.groundwork.node.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread for each task and for each question. */
final class Threads implements Tasks {
  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

  @Override
  public Task create(String name, Duration interval, Worker.Step step) {
    return new Worker(name, interval, step);
  }

  /** A platform thread, because waiting for a disk would hold up a virtual one's carrier. */
  @Override
  public Task createAwaited(String name, Duration interval, Worker.Step step) {
    return new Worker(Thread.ofPlatform().daemon(), name, interval, step);
  }

  @Override
  public <T> List<T> ask(List<? extends Callable<T>> questions, Duration patience)
      throws InterruptedException {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> answer :
          threads.invokeAll(questions, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        switch (answer.state()) {
          case SUCCESS -> answers.add(answer.resultNow());
          case FAILED -> LOG.debug("No answer: {}", answer.exceptionNow().toString());
          case RUNNING, CANCELLED -> LOG.debug("No answer within {}", patience);
        }
      }
    }
    return answers;
  }
}
