package org.groundwork.simulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;

/** Runs networks of seeds, one after the other. For use by one thread. */
public final class Simulation implements AutoCloseable {
  private static final int FRAMES = 12;

  private final VerifyPool pool = VerifyPool.inCaller(SignatureVerifiers.best());

  /** The length of a short run. */
  public static Duration shortRun() {
    return Duration.ofMillis(Scenario.SHORT_MILLIS);
  }

  /** Simulates one network for this long. */
  public Outcome run(long seed, Duration length) {
    return run(seed, length, Set.of(), _ -> {});
  }

  /**
   * Simulates one network.
   *
   * @param canaries bugs that it must find
   * @param trace is told each line of the trace
   */
  public Outcome run(long seed, Duration length, Set<Canary> canaries, Consumer<String> trace) {
    World world = new World(Scenario.of(seed, length.toMillis(), canaries), pool, trace);
    Optional<Outcome.Failed> failure = Optional.empty();
    try {
      run(world, length.toMillis());
    } catch (Violation e) {
      failure = Optional.of(failed(world, e));
    }
    return new Outcome(
        seed,
        world.agenda().traceHash(),
        world.agenda().happened(),
        world.chain().settledState().results().size(),
        world.witness().promises(),
        world.witness().brokenPromises(),
        world.chain().settledState().slashed().size(),
        failure);
  }

  private static void run(World world, long millis) {
    long end = world.agenda().millis() + millis;
    world.chain().start();
    world.machines().forEach(Machine::start);
    world.faults().start();
    world.witness().start();
    while (world.agenda().next(end)) {
      world.witness().check();
    }
    world.witness().checkEnd();
  }

  private static Outcome.Failed failed(World world, Violation violation) {
    List<String> trace = new ArrayList<>(world.agenda().tail());
    if (violation.getCause() != null) {
      StringWriter stack = new StringWriter();
      violation.getCause().printStackTrace(new PrintWriter(stack));
      trace.addAll(stack.toString().lines().limit(FRAMES).toList());
    }
    return new Outcome.Failed(
        world.agenda().happened(),
        violation.invariant(),
        String.valueOf(violation.getMessage()),
        trace);
  }

  @Override
  public void close() {
    pool.close();
  }
}
