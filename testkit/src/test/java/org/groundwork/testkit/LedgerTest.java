package org.groundwork.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.groundwork.protocol.AccountId;
import org.groundwork.settlement.local.AnvilBinary;
import org.junit.jupiter.api.Test;

/**
 * The model against the contracts on a real chain, over random histories. Other histories: {@code
 * -Dgroundwork.ledger.seed=N -Dgroundwork.ledger.commands=N}. What fails is shrunk to a short list.
 */
class LedgerTest {
  private static final int SUITE = 10_000;
  private static final int COMMANDS = Integer.getInteger("groundwork.ledger.commands", SUITE);
  private static final long SEED = Long.getLong("groundwork.ledger.seed", 20_261_121);
  private static final int HISTORY = 500;
  private static final int VIEWS_EVERY = 7;
  private static final int REPLAYED = 400;

  /** The model and the chain of a history take turns, so that two histories keep two cores busy. */
  private static final int LANES = 2;

  private static final String DESCENDANT = ", a descendant";
  private static final String SKIPPED = ", over skipped epochs";

  /** What no suite of histories leaves out; otherwise the generator has lost its way. */
  private static final List<String> ALWAYS =
      List.of(
          "Results.Submit",
          "Results.Skip",
          "Results.Rollback",
          "Results.Rollback" + DESCENDANT,
          "Results.Rollback" + SKIPPED,
          "Credits.Release",
          "Claims.Claim",
          "Claims.Claim NotFunded",
          "Council.Vote",
          "Slashing.SignedVoid",
          "Council.Expire",
          "Slashing.Execute",
          "Slashing.Pardon",
          "Slashing.Equivocation",
          "Slashing.BrokenPromise",
          "Operators.Withdraw",
          "Operators.Restore",
          "DeviceStakes.Withdraw");

  private static final Duration SHRINKING = Duration.ofMinutes(3);
  private static final BigInteger ABSURD = BigInteger.ONE.shiftLeft(120);
  private static final List<String> OVERFLOWS = List.of("Panic", "SafeCastOverflowedUintDowncast");

  /** Commands from seeds, on a deployment with random parameters. */
  private record History(long parameters, List<Long> seeds) {}

  /** What the two sides made of the commands up to the first difference. */
  private record Run(Optional<String> difference, List<String> lines, int executed) {}

  private record Failed(int number, History history, Run run) {}

  private final Tally tally = new Tally();

  @Test
  void modelAndContractsAgreeOnRandomHistories() throws Exception {
    Random random = new Random(SEED);
    List<Future<Optional<Failed>>> runs = new ArrayList<>();
    AtomicBoolean failed = new AtomicBoolean();
    int executed = 0;
    try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      for (; executed < COMMANDS; executed += HISTORY) {
        int number = runs.size();
        History history = new History(random.nextLong(), random.longs(HISTORY).boxed().toList());
        runs.add(lanes.submit(() -> runOf(number, history, failed)));
      }
    }
    for (Future<Optional<Failed>> run : runs) {
      if (run.get().isPresent()) {
        throw report(run.get().orElseThrow());
      }
    }
    System.out.printf("%d commands, seed %d%n%s", executed, SEED, tally.table());
    if (COMMANDS >= SUITE) {
      assertThat(tally.seen()).containsAll(ALWAYS);
    }
  }

  /** Each history has a chain of its own, so that none depends on those before it. */
  private Optional<Failed> runOf(int number, History history, AtomicBoolean failed)
      throws IOException {
    if (failed.get()) {
      return Optional.empty();
    }
    try (TestChain chain = chain()) {
      Run run = run(chain, history, VIEWS_EVERY);
      if (run.difference().isEmpty()) {
        return Optional.empty();
      }
      failed.set(true);
      return Optional.of(new Failed(number, history, run));
    }
  }

  private AssertionError report(Failed failed) throws IOException {
    Run run = failed.run();
    System.out.printf(
        "history %d differs at command %d, %s%n",
        failed.number(), run.executed(), run.difference().orElseThrow());
    try (TestChain chain = chain()) {
      List<Long> seeds = failed.history().seeds().subList(0, run.executed());
      Run least = shrink(chain, failed.history().parameters(), seeds, run);
      return new AssertionError(
          "seed %d, history %d: %s%n%s"
              .formatted(
                  SEED,
                  failed.number(),
                  least.difference().orElseThrow(),
                  String.join("\n", least.lines())));
    }
  }

  @Test
  void aSecondEvmExecutesAHistoryAlike() throws IOException, InterruptedException {
    try (TestChain chain = chain()) {
      History history = new History(SEED, new Random(SEED).longs(REPLAYED).boxed().toList());
      Run run = run(chain, history, VIEWS_EVERY);
      assertThat(run.difference()).isEmpty();
      Process replay =
          new ProcessBuilder(contractsRun().toString(), "replay", chain.endpoint().toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(replay.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(replay.waitFor()).as(said).isZero();
      System.out.println(said.strip());
    }
  }

  private static TestChain chain() throws IOException {
    TestChain chain = new TestChain(AnvilBinary.locate());
    for (AccountId account : Cast.all()) {
      chain.giveCoin(account, BigInteger.TEN.pow(20));
    }
    return chain;
  }

  private static Path contractsRun() {
    Path here = Path.of("").toAbsolutePath();
    Path project = Files.exists(here.resolve("contracts")) ? here : here.resolve("..");
    return project.resolve("contracts/run").normalize();
  }

  private Run run(TestChain chain, History history, int viewsEvery) throws IOException {
    List<Long> seeds = history.seeds();
    TestDeployment deployment = TestDeployment.create(chain, new Random(history.parameters()));
    Ledger ledger = new Ledger(deployment.parameters()).at(chain.now());
    Generator generator = new Generator(ledger);
    List<Call> prologue = generator.prologue(deployment.parameters().genesisHolder(), chain.now());
    List<String> lines = new ArrayList<>();
    int executed = 0;
    for (int i = 0; i < prologue.size() + seeds.size(); i++) {
      boolean given = i < prologue.size();
      Call call = given ? prologue.get(i) : generator.next(seeds.get(i - prologue.size()), ledger);
      Ledger before = ledger;
      Outcome outcome = before.apply(call);
      TestDeployment.Actual actual = deployment.send(call);
      ledger = outcome.state();
      String expected = error(outcome);
      if (!given) {
        executed++;
        tally.add(name(call), expected);
        if (expected.isEmpty() && call.command() instanceof Command.Results.Rollback) {
          ways(before.results).forEach(way -> tally.add(name(call) + way, ""));
        }
        lines.add(
            "%d %s %s -> model %s, chain %s"
                .formatted(
                    call.timestamp() - deployment.parameters().clock().genesis(),
                    Cast.name(call.sender()),
                    shown(call.command()),
                    expected.isEmpty() ? "accepts" : expected,
                    actual.error().isEmpty() ? "accepts" : actual.error()));
      }
      Optional<String> difference = difference(call, outcome, actual);
      boolean last = i == prologue.size() + seeds.size() - 1;
      if (difference.isEmpty() && (last || i % viewsEvery == 0)) {
        List<String> differences = deployment.differences(ledger.views());
        difference =
            differences.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", differences));
      }
      if (difference.isPresent()) {
        return new Run(difference, lines, executed);
      }
    }
    return new Run(Optional.empty(), lines, executed);
  }

  /** What is particular about rolling back the head. */
  private static List<String> ways(ResultsBook results) {
    ResultsBook.Accepted head = results.stack().getLast();
    List<String> ways = new ArrayList<>();
    if (head.epoch() > results.voidFrom().orElseThrow()) {
      ways.add(DESCENDANT);
    }
    if (head.first() < head.epoch()) {
      ways.add(SKIPPED);
    }
    return ways;
  }

  private static String error(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _ -> "";
      case Outcome.Refused refused -> refused.error();
    };
  }

  private static Optional<String> difference(
      Call call, Outcome outcome, TestDeployment.Actual actual) {
    String expected = error(outcome);
    boolean overflow =
        !expected.isEmpty() && OVERFLOWS.contains(actual.error()) && isAbsurd(call.command());
    if (!expected.equals(actual.error()) && !overflow) {
      return Optional.of("model '%s', chain '%s'".formatted(expected, actual.error()));
    }
    if (outcome instanceof Outcome.Accepted accepted) {
      List<String> events = TestDeployment.texts(accepted.events());
      if (!events.equals(actual.events())) {
        return Optional.of("events%n model %s%n chain %s".formatted(events, actual.events()));
      }
    }
    return Optional.empty();
  }

  /** Whether it names an amount with which the contracts' arithmetic ends before their checks. */
  private static boolean isAbsurd(Object value) {
    return switch (value) {
      case BigInteger number -> number.compareTo(ABSURD) >= 0;
      case List<?> list -> list.stream().anyMatch(LedgerTest::isAbsurd);
      case Record record ->
          TestDeployment.components(record).stream().anyMatch(LedgerTest::isAbsurd);
      default -> false;
    };
  }

  private static String name(Call call) {
    return call.command().contract() + "." + call.command().getClass().getSimpleName();
  }

  private static String shown(Command command) {
    String text = command.contract() + "." + command;
    for (AccountId account : Cast.all()) {
      text = text.replace("AccountId[bytes=" + account.toHex() + "]", Cast.name(account));
      text = text.replace(account.toHex(), Cast.name(account));
    }
    return text;
  }

  /** Delta debugging: leaves parts of the list out for as long as some difference remains. */
  private Run shrink(TestChain chain, long parameters, List<Long> seeds, Run failed)
      throws IOException {
    List<Long> least = seeds;
    Run best = failed;
    long deadline = System.nanoTime() + SHRINKING.toNanos();
    for (int chunk = Math.max(1, least.size() / 2); System.nanoTime() < deadline; ) {
      boolean smaller = false;
      for (int from = 0; from < least.size() && System.nanoTime() < deadline; ) {
        List<Long> fewer = new ArrayList<>(least.subList(0, from));
        fewer.addAll(least.subList(Math.min(least.size(), from + chunk), least.size()));
        Run run = run(chain, new History(parameters, fewer), 1);
        if (run.difference().isPresent()) {
          least = fewer.subList(0, Math.min(fewer.size(), run.executed()));
          best = run;
          smaller = true;
        } else {
          from += chunk;
        }
      }
      if (!smaller && chunk == 1) {
        break;
      }
      chunk = Math.max(1, smaller ? Math.min(chunk, least.size() / 2) : chunk / 2);
    }
    return best;
  }
}
