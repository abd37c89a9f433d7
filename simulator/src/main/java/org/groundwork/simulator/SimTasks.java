package org.groundwork.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.node.run.Task;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.run.Worker;
import org.groundwork.simulator.disk.Crashed;

/** Runs the tasks of one life of a machine as events. */
final class SimTasks implements Tasks {
  /** As {@link Worker} does, waits after failures grow up to so many intervals. */
  private static final int MAX_PATIENCE = 10;

  private final Machine machine;
  private final int life;
  private final Dice dice;

  SimTasks(Machine machine) {
    this.machine = machine;
    life = machine.life();
    dice = machine.world().dice();
  }

  @Override
  public Task create(String name, Duration interval, Worker.Step step) {
    return new Repeated(name, interval, step);
  }

  @Override
  public Task createAwaited(String name, Duration interval, Worker.Step step) {
    return new Awaited(name, step);
  }

  @Override
  public <T> List<T> ask(List<? extends Callable<T>> questions, Duration patience) {
    Links links = machine.world().links();
    List<T> answers = new ArrayList<>();
    long before = links.spent();
    long longest = 0;
    for (Callable<T> question : questions) {
      try {
        answers.add(question.call());
      } catch (IOException e) {
        // No answer.
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("a question failed", e);
      }
      longest = Math.max(longest, links.spent());
    }
    links.spend(before + longest);
    return answers;
  }

  private boolean isAlive() {
    return machine.isUp() && machine.life() == life;
  }

  /** Runs a step; a crash in it ends the machine's life, anything but I/O is a bug. */
  private boolean run(String name, Worker.Step step) throws IOException {
    try {
      return step.run();
    } catch (Violation e) {
      throw e;
    } catch (Crashed | InterruptedException | RuntimeException e) {
      if (Crashed.isBehind(e)) {
        if (isAlive()) {
          machine.crash();
        }
        return false;
      }
      throw new Violation(Invariant.NO_BUGS, machine + ": " + name + " failed with " + e, e);
    }
  }

  private final class Repeated implements Task {
    private final String name;
    private final long interval;
    private final Worker.Step step;
    private long planned;
    private int failures;
    private String failure = "";
    private boolean closed;

    Repeated(String name, Duration interval, Worker.Step step) {
      this.name = name;
      this.interval = interval.toMillis();
      this.step = step;
    }

    @Override
    public void start() {
      plan(dice.between(0, interval));
    }

    @Override
    public void wake() {
      plan(1);
    }

    @Override
    public String failure() {
      return failure;
    }

    @Override
    public void close() {
      closed = true;
    }

    private void plan(long millis) {
      long number = ++planned;
      machine
          .world()
          .agenda()
          .after(
              millis,
              () -> {
                if (number == planned && !closed && isAlive()) {
                  runOnce();
                }
              });
    }

    private void runOnce() {
      boolean more = false;
      try {
        more = SimTasks.this.run(name, step);
        failures = 0;
        failure = "";
      } catch (IOException e) {
        failures = Math.min(failures + 1, MAX_PATIENCE);
        String message = String.valueOf(e.getMessage());
        if (!message.equals(failure)) {
          machine.world().agenda().note(machine + ": " + name + " failed: " + brief(message));
        }
        failure = message;
      }
      if (isAlive()) {
        long waits = interval * Math.max(1, failures);
        plan(machine.world().links().spent() + (more ? 1 : waits + dice.between(0, waits / 8)));
      }
    }
  }

  private static String brief(String message) {
    return message.length() <= 160 ? message : message.substring(0, 160) + " ...";
  }

  /** Runs when it is woken, before those who woke it go on. */
  private final class Awaited implements Task {
    private final String name;
    private final Worker.Step step;
    private boolean running;

    Awaited(String name, Worker.Step step) {
      this.name = name;
      this.step = step;
    }

    @Override
    public void start() {
      // It has nothing to do before it is woken.
    }

    @Override
    public void wake() {
      if (running || !isAlive()) {
        return;
      }
      running = true;
      try {
        boolean more = true;
        while (more) {
          more = step.run();
        }
      } catch (IOException | InterruptedException e) {
        throw new Violation(Invariant.NO_BUGS, machine + ": " + name + " failed with " + e, e);
      } finally {
        running = false;
      }
    }

    @Override
    public String failure() {
      return "";
    }

    @Override
    public void close() {
      // It does not run by itself.
    }
  }
}
