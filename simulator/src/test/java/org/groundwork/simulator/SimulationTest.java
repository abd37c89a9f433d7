package org.groundwork.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.groundwork.simulator.VerifierMachine.Manner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulationTest {
  /** How many short runs the whole suite makes. */
  private static final long SEEDS = Long.getLong("groundwork.simulation.seeds", 1000);

  private static final int MOST_TRIED = 40;

  @Test
  void theSameSeedDoesTheSameAgain() {
    Outcome first = run(3, Set.of());
    assertThat(run(3, Set.of())).isEqualTo(first);
    assertThat(run(4, Set.of()).traceHash()).isNotEqualTo(first.traceHash());
  }

  /** And none of them is empty: epochs settle, promises are given. */
  @Test
  void everyInvariantHoldsInShortRunsOfManySeeds() throws Exception {
    List<Outcome> outcomes = runAll(LongStream.rangeClosed(1, SEEDS).boxed().toList());
    assertThat(outcomes).allSatisfy(SimulationTest::succeeded);
    assertThat(outcomes.stream().mapToLong(Outcome::promises).sum()).isGreaterThan(20 * SEEDS);
  }

  @Test
  @Tag("A35")
  @Tag("A41")
  void verifiersThatSignOtherResultsForEachWhoAsksDecideNothingAndLoseTheirStake()
      throws Exception {
    assertThat(runAll(seeds(s -> s.odd() == Manner.LIAR)))
        .allSatisfy(SimulationTest::succeeded)
        .extracting(Outcome::slashed)
        .contains(1);
  }

  @Test
  void verifiersThatForgeSlotsOrSayNothingDecideNothing() throws Exception {
    assertThat(runAll(seeds(s -> s.odd() == Manner.FORGER))).allSatisfy(SimulationTest::succeeded);
    assertThat(runAll(seeds(s -> s.odd() == Manner.SILENT))).allSatisfy(SimulationTest::succeeded);
  }

  @Test
  @Tag("A45")
  @Tag("A46")
  void blocksThatAreTakenBackCostNoPromiseAndNoResult() throws Exception {
    assertThat(runAll(seeds(s -> s.reorganisation() > 1000 && s.finalityMillis() > 2000)))
        .allSatisfy(SimulationTest::succeeded);
  }

  /** Each costs gas; what was posted needs time to become final. */
  @Test
  void nobodyPostsPresenceAgainAndAgain() {
    Map<String, Integer> posted = new TreeMap<>();
    for (long seed : seeds(s -> s.finalityMillis() > 3000).subList(0, 3)) {
      try (Simulation simulation = new Simulation()) {
        simulation.run(
            seed,
            Simulation.shortRun(),
            Set.of(Canary.RESULTS_IGNORED),
            line -> count(seed, line, posted));
      }
    }
    assertThat(posted).isNotEmpty();
    assertThat(posted.values()).allSatisfy(times -> assertThat(times).isLessThan(5));
  }

  private static void count(long seed, String line, Map<String, Integer> posted) {
    int at = line.indexOf("chain: presence in");
    if (at >= 0) {
      posted.merge(seed + line.substring(at), 1, Integer::sum);
    }
  }

  @Test
  void findsReportsThatADiskForgot() {
    finds(Canary.FORGETFUL_DISK, Invariant.PROMISES_KEPT);
  }

  @Test
  void findsFinalResultsThatWereTakenBack() {
    finds(Canary.FINAL_BLOCKS_TAKEN_BACK, Invariant.ONE_RESULT);
  }

  @Test
  void findsAnHonestVerifierThatJudgesDifferently() {
    finds(Canary.OTHER_RULES, Invariant.EQUAL_RESULTS);
  }

  @Test
  void findsAnHonestVerifierThatSignsTwoThings() {
    finds(Canary.SECOND_STATEMENT, Invariant.ONE_STATEMENT);
  }

  @Test
  void findsPaymentsWithoutEvidence() {
    finds(Canary.STOLEN_KEY, Invariant.EVIDENCE);
  }

  @Test
  void findsMoneyThatIsPaidTwice() {
    finds(Canary.CLAIMS_FORGOTTEN, Invariant.MONEY_CONSERVED);
  }

  @Test
  void findsThatNothingGoesOn() {
    finds(Canary.RESULTS_IGNORED, Invariant.PROGRESS);
  }

  @Test
  void findsStepsThatFailWithAnythingButIo() {
    finds(Canary.BROKEN_STEP, Invariant.NO_BUGS);
  }

  /** One of the first seeds shows it, and says with what. */
  private static void finds(Canary canary, Invariant invariant) {
    List<String> found = new ArrayList<>();
    for (long seed = 1; seed <= MOST_TRIED; seed++) {
      Outcome outcome = run(seed, Set.of(canary));
      outcome.failure().map(Outcome.Failed::invariant).ifPresent(found::add);
      if (found.contains(invariant.code())) {
        assertThat(outcome.failure().orElseThrow().event()).isPositive();
        return;
      }
    }
    throw new AssertionError(canary + " was not found with " + invariant.code() + ": " + found);
  }

  private static void succeeded(Outcome outcome) {
    assertThat(outcome.failure()).as("seed %d", outcome.seed()).isEmpty();
  }

  private static Outcome run(long seed, Set<Canary> canaries) {
    try (Simulation simulation = new Simulation()) {
      return simulation.run(seed, Simulation.shortRun(), canaries, _ -> {});
    }
  }

  private static List<Long> seeds(java.util.function.Predicate<Scenario> wanted) {
    return LongStream.iterate(100_000, seed -> seed + 1)
        .filter(seed -> wanted.test(Scenario.of(seed, Scenario.SHORT_MILLIS, Set.of())))
        .limit(10)
        .boxed()
        .toList();
  }

  /** On all processors, one network after the other on each. */
  private static List<Outcome> runAll(List<Long> seeds) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Outcome>> running = new ArrayList<>();
      for (long seed : seeds) {
        running.add(workers.submit(() -> run(seed, Set.of())));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> each : running) {
        outcomes.add(each.get());
      }
      return outcomes;
    }
  }
}
