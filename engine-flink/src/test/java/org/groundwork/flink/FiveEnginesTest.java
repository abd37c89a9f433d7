package org.groundwork.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.RandomScene;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Runner;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.local.Runners;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.networks.storage.rules.StorageNetwork;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One epoch, five ways to run it: the same statement, the same roots, the same files. */
class FiveEnginesTest {
  private static final Networks NETWORKS =
      new Networks(List.of(new CounterNetwork(), new StorageNetwork()));

  @TempDir static Path folder;
  private static StandaloneCluster cluster;
  private static Path shared;

  @BeforeAll
  static void start() throws Exception {
    shared = Files.createDirectory(folder.resolve("shared"));
    cluster = new StandaloneCluster(Files.createDirectory(folder.resolve("cluster")));
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void giveTheSameFiles() throws Exception {
    for (int seed = 0; seed < 2; seed++) {
      Scene first = RandomScene.of(new Random(seed));
      first.keysKnownOnArrival = seed != 1;
      EpochResult before = same(first, seed);
      same(RandomScene.next(new Random(seed), first, before), seed);
    }
  }

  /** The rules of a network that is in use: with proofs, deals and vouchers. */
  @Test
  void giveTheSameFilesForStorage() throws Exception {
    StorageScene storage = new StorageScene();
    EpochResult opened = run(local(2), storage.opening(), new Cut(0, 2));
    EpochResult proved = same(storage.proving(opened), 0);
    Set<String> reasons = new TreeSet<>();
    proved.devices().forEach(device -> reasons.addAll(device.faultCounts().keySet()));
    assertThat(reasons).contains("storage.no-answer", "storage.proof-wrong");
    assertThat(proved.charges())
        .extracting(ChargeLine::kind)
        .contains(ChargeLine.Kind.DEAL, ChargeLine.Kind.VOUCHER);
  }

  /**
   * A batch job runs again what was lost, and what it had written is replaced by the same bytes.
   */
  @Test
  void loseNothingWithATaskManager() throws Exception {
    Scene scene = crowd(300);
    Cut cut = new Cut(1, 4);
    SortedMap<String, Bytes> files = files(run(local(2), scene, cut));
    cluster.awaitTaskManagers(2);
    Runner runner = remote(4);
    CompletableFuture<EpochResult> running =
        CompletableFuture.supplyAsync(() -> unchecked(runner, scene, cut));
    awaitTaskAtWork(running);
    cluster.killTaskManager();
    try {
      assertThat(running).isNotDone();
      assertSame(running.join(), files, "one task manager less");
      assertThat(cluster.failures()).as("failures that the job went through").isPositive();
    } finally {
      cluster.startTaskManager();
    }
  }

  private static Scene crowd(int devices) {
    Scene scene = new Scene();
    for (long device = 1; device <= devices; device++) {
      scene.register(device).hello(device).readings(device, 0, 1, 2, 3, 0, 1, 2, 3);
    }
    return scene;
  }

  private static EpochResult unchecked(Runner runner, Scene scene, Cut cut) {
    try {
      return run(runner, scene, cut);
    } catch (IOException | UnknownRules e) {
      throw new IllegalStateException(cluster.logs(), e);
    }
  }

  /** Until a task has begun to write what it finds. */
  private static void awaitTaskAtWork(CompletableFuture<EpochResult> running) throws Exception {
    while (!running.isDone()) {
      try (Stream<Path> all = Files.walk(shared)) {
        if (all.anyMatch(file -> file.toString().matches(".*/out/.*[.]unfinished"))) {
          return;
        }
      } catch (UncheckedIOException e) {
        continue; // A file went away meanwhile.
      }
      Thread.sleep(5);
    }
    throw new AssertionError("over before anybody looked", running.exceptionNow());
  }

  /** Judges a scene on all engines; one result, since all are the same. */
  private static EpochResult same(Scene scene, int seed) throws Exception {
    Cut cut = new Cut(seed, 3);
    EpochResult expected = run(local(1), scene, cut);
    SortedMap<String, Bytes> files = files(expected);
    assertThat(expected.segments()).isNotEmpty();
    assertSame(run(local(4), scene, cut), files, "four threads, seed " + seed);
    assertSame(run(mini(1), scene, cut), files, "one task, seed " + seed);
    assertSame(run(mini(3), scene, cut), files, "three tasks, seed " + seed);
    cluster.awaitTaskManagers(2);
    assertSame(run(remote(4), scene, cut), files, "two task managers, seed " + seed);
    assertThat(cluster.machines()).as("task managers that had tasks").isEqualTo(2);
    EpochResult shuffled = run(local(4), scene, new Cut(seed + 100, 2));
    assertThat(shuffled.statement().moneyRoot()).isEqualTo(expected.statement().moneyRoot());
    assertThat(shuffled.statement().carryRoot()).isEqualTo(expected.statement().carryRoot());
    try (Stream<Path> left = Files.list(shared.resolve("jobs"))) {
      assertThat(left).as("what jobs leave behind").isEmpty();
    }
    return expected;
  }

  /** All that is kept of a result, with its carry. */
  private static SortedMap<String, Bytes> files(EpochResult result) {
    SortedMap<String, Bytes> files = ResultFiles.encode(result.published(), List.of());
    files.put("carry", CarryStore.encode(result.carry()));
    return files;
  }

  private static void assertSame(
      EpochResult result, SortedMap<String, Bytes> expected, String engine) {
    SortedMap<String, Bytes> files = files(result);
    assertThat(files.keySet()).as(engine).isEqualTo(expected.keySet());
    expected.forEach((name, content) ->
        assertThat(files.get(name)).as("%s: %s", engine, name).isEqualTo(content));
  }

  private static EpochResult run(Runner runner, Scene scene, Cut cut)
      throws IOException, UnknownRules {
    Scene.Files files = scene.files(cut);
    CarrySnapshot carry = scene.carry;
    return runner.run(ResultPlan.of(files.plan()), files::facts, files::index, carry);
  }

  private static Runner local(int threads) {
    return new LocalRunner(NETWORKS, SignatureVerifiers.best(), threads);
  }

  private static Runner mini(int parallelism) {
    FlinkSettings settings =
        new FlinkSettings(URI.create("http://unused.invalid"), shared, parallelism);
    return new FlinkRunner(settings, NETWORKS, SignatureVerifiers.best(), new MiniCluster());
  }

  /** As a verifier's configuration names it. */
  private static Runner remote(int parallelism) {
    URI address = cluster.address(shared, parallelism);
    return Runners.open(address, NETWORKS, SignatureVerifiers.best(), 1);
  }
}
