package org.groundwork.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.simulator.Outcome;
import org.groundwork.simulator.Simulation;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs whole networks on simulated time, with faults that the seed decides. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a whole network in this process on simulated time: messages are lost, machines crash,",
      "disks forget, devices and verifiers lie, blocks are taken back. After every event it checks",
      "what must hold. The same seed does the same again."
    },
    footer = {
      "",
      "Examples:",
      "  groundwork simulate --seed 7",
      "  groundwork simulate --seed 7 --hours 2",
      "  groundwork simulate --seeds 1..10000 --json"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final double SHORT_HOURS = Simulation.shortRun().toMillis() / 3_600_000.0;
  private static final double MAX_HOURS = 1000;
  private static final int PROGRESS = 100;

  @Option(names = "--seed", paramLabel = "N", description = "One network.")
  private long seed = 1;

  @Option(names = "--seeds", paramLabel = "A..B", description = "A network for each of these.")
  private String seeds = "";

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "Simulated time of each network; else a short run of some minutes.")
  private double hours = SHORT_HOURS;

  @Option(names = "--trace", description = "Prints all that happens; for one seed.")
  private boolean trace;

  @Option(names = "--json", description = "Prints one line of JSON at the end.")
  private boolean json;

  @Spec private CommandSpec spec;

  private record Range(long from, long to) {
    long size() {
      return to - from + 1;
    }
  }

  @Override
  public Integer call() throws Exception {
    if (!(hours > 0 && hours <= MAX_HOURS)) {
      throw new ParameterException(spec.commandLine(), "--hours is above 0, and 1000 at most");
    }
    Duration length = Duration.ofMillis(Math.round(hours * 3_600_000));
    // What the parts of a thousand networks say to their operators is of no use here.
    ((Logger) LoggerFactory.getLogger("org.groundwork")).setLevel(Level.OFF);
    Range range = range();
    List<Outcome> failed = new ArrayList<>();
    Sums sums = new Sums();
    int threads = (int) Math.min(range.size(), Runtime.getRuntime().availableProcessors());
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      ExecutorCompletionService<Outcome> done = new ExecutorCompletionService<>(workers);
      long next = range.from();
      for (int i = 0; i < threads; i++) {
        submit(done, next++, length);
      }
      for (long left = range.size(); left > 0; left--) {
        Outcome outcome = done.take().get();
        if (next <= range.to()) {
          submit(done, next++, length);
        }
        sums.add(outcome);
        if (outcome.failure().isPresent()) {
          failed.add(outcome);
          print(outcome, outcome.failure().get());
        }
        if (!json && (sums.seeds % PROGRESS == 0 || left == 1)) {
          out().println(sums.line(range, failed.size()));
          out().flush();
        }
      }
    }
    if (json) {
      out()
          .println(
              Json.line(
                  Json.object()
                      .put("seeds", sums.seeds)
                      .put("failed", failed.size())
                      .put("events", sums.events)
                      .put("epochs", sums.epochs)
                      .put("promises", sums.promises)
                      .put("broken", sums.broken)
                      .put("traceHash", "%016x".formatted(sums.hash))));
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private void submit(ExecutorCompletionService<Outcome> workers, long next, Duration length) {
    Future<Outcome> _ =
        workers.submit(() -> {
          try (Simulation simulation = new Simulation()) {
            return simulation.run(next, length, Set.of(), this::trace);
          }
        });
  }

  private void trace(String line) {
    if (trace) {
      out().println(line);
    }
  }

  private Range range() {
    if (seeds.isEmpty()) {
      return new Range(seed, seed);
    }
    String[] ends = seeds.split("\\.\\.", -1);
    try {
      Range range = new Range(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
      if (ends.length <= 2 && range.size() > 0) {
        return range;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ParameterException(spec.commandLine(), "--seeds takes a range such as 1..1000");
  }

  private void print(Outcome outcome, Outcome.Failed failure) {
    PrintWriter err = spec.commandLine().getErr();
    failure.trace().forEach(err::println);
    err.printf(
        Locale.ROOT,
        "seed %d, event %d: %s: %s%n  again: ./groundwork simulate --seed %d --hours %s%n",
        outcome.seed(),
        failure.event(),
        failure.invariant(),
        failure.what(),
        outcome.seed(),
        hours);
    err.flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** What all networks together came to. */
  private static final class Sums {
    private long seeds;
    private long events;
    private long epochs;
    private long promises;
    private long broken;
    private long hash;

    void add(Outcome outcome) {
      seeds++;
      events += outcome.events();
      epochs += outcome.epochs();
      promises += outcome.promises();
      broken += outcome.broken();
      hash ^= Long.parseUnsignedLong(outcome.traceHash(), 16);
    }

    String line(Range range, int failed) {
      return String.format(
          Locale.ROOT,
          "%,d of %,d networks: %,d events, %,d epochs, %,d promises, %,d broken and provable;"
              + " %d failed; trace %016x",
          seeds,
          range.size(),
          events,
          epochs,
          promises,
          broken,
          failed,
          hash);
    }
  }
}
