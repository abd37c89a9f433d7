package org.groundwork.cli.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.time.Time;

/**
 * The whole loop on one machine: one or more stories are told at the same time in one deployment,
 * then everybody claims, and every epoch is recomputed from public data.
 */
final class Demo {
  private final Path folder;
  private final LocalSettings settings;
  private final List<Story> stories;
  private final Consumer<String> progress;
  private final Time time;

  Demo(
      Path folder,
      LocalSettings settings,
      List<Story> stories,
      Consumer<String> progress,
      Time time) {
    this.folder = folder;
    this.settings = settings;
    this.stories = List.copyOf(stories);
    this.progress = progress;
    this.time = time;
  }

  /**
   * Runs it.
   *
   * @param keep called at the end, before everything is stopped
   */
  DemoReport run(Runnable keep) throws Exception {
    Instant start = time.instant();
    try (Stage stage = Stage.open(folder, settings, stories, progress, time)) {
      tell(stage);
      List<AccountKey> owners = new ArrayList<>();
      SortedMap<DeviceId, String> roles = new TreeMap<>();
      for (Story story : stories) {
        owners.addAll(story.owners());
        roles.putAll(story.roles());
      }
      TokenAmount claims = stage.claim(owners);
      List<DemoReport.EpochLine> epochs = stage.audit();
      List<DemoReport.DeviceLine> lines = stage.lines(epochs, roles);
      stage.expect(stage.isUp(), "the gateway is gone");
      List<String> failures = stage.failures();
      DemoReport report =
          new DemoReport(
              failures.isEmpty(), failures, stage.secondsSince(start), epochs, lines, claims);
      keep.run();
      return report;
    }
  }

  /** All stories at once; the first failure is the demo's. */
  private void tell(Stage stage) throws Exception {
    List<Callable<Boolean>> told = new ArrayList<>();
    for (Story story : stories) {
      told.add(() -> {
        story.tell(stage);
        return true;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(told)) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
