package org.groundwork.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.groundwork.cli.Failure;
import org.groundwork.cli.Json;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** A whole network on this machine, in about a minute. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a whole storage network on this machine, on a real file: chain, gateway, four",
      "verifiers, six providers, S3 endpoint. Kills two providers and damages a third, gets the",
      "file back, settles, repairs, claims, and recomputes every epoch from public data.",
      "\"sensing\" and \"all\" show other networks.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork demo",
      "  groundwork demo --json ~/photos.tar",
      "  groundwork demo --keep",
      "  groundwork demo sensing",
      "  groundwork demo all --json",
      "",
      "Exit status: 0 if all of it held, 1 if not.",
    })
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The file to store; the JDK's own lib/modules without one.")
  private Optional<Path> file;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Prints one JSON object as the last line.")
  private boolean json;

  @Option(
      names = "--keep",
      scope = ScopeType.INHERIT,
      description = "Leaves everything running until Ctrl-C.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    return run(LocalSettings.demo(), List.of(storage()));
  }

  /** A sensing network. */
  @Command(
      name = "sensing",
      mixinStandardHelpOptions = true,
      description = {
        "A network of hundreds of weather stations fed by a recorded day: honest ones, faulty ones,",
        "cheats; and a customer who buys the data of all of them with one signature."
      })
  int sensing() throws Exception {
    return run(LocalSettings.demo().withoutStorage(), List.of(new SensingStory()));
  }

  /** Both. */
  @Command(
      name = "all",
      mixinStandardHelpOptions = true,
      description = "Both networks in one deployment, at the same time.")
  int all() throws Exception {
    return run(LocalSettings.demo(), List.of(storage(), new SensingStory()));
  }

  private Story storage() {
    Path source = file.orElse(Path.of(System.getProperty("java.home"), "lib", "modules"));
    if (!Files.isRegularFile(source)) {
      throw new Failure("There is no file " + source + ".");
    }
    return new StorageStory(source.toAbsolutePath());
  }

  private int run(LocalSettings settings, List<Story> stories) throws Exception {
    if (System.getenv("GROUNDWORK_LOG") == null) {
      // Providers are about to be killed: what the others say of it would bury the story.
      System.setProperty("groundwork.log", "OFF");
    }
    Path folder = Files.createTempDirectory("groundwork-demo-");
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    Time time = Time.system();
    Instant start = time.instant();
    try {
      Demo demo =
          new Demo(
              folder,
              settings,
              stories,
              line -> {
                progress.printf(
                    "%4d s  %s%n", Duration.between(start, time.instant()).toSeconds(), line);
                progress.flush();
              },
              time);
      DemoReport report = demo.run(() -> waitIfKept(progress, folder));
      out.print(DemoTable.of(report, stories));
      if (json) {
        out.println(Json.line(toJson(report, stories)));
      }
      out.flush();
      return report.ok() ? 0 : 1;
    } finally {
      if (!keep) {
        delete(folder);
      }
    }
  }

  private void waitIfKept(PrintWriter progress, Path folder) {
    if (!keep) {
      return;
    }
    progress.println("Everything keeps running in " + folder + "; stop it with Ctrl-C.");
    progress.flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode toJson(DemoReport report, List<Story> stories) {
    ObjectNode node = Json.object();
    node.put("ok", report.ok());
    node.put("seconds", report.seconds());
    stories.forEach(story -> story.describe(node));
    ArrayNode epochs = node.putArray("epochs");
    for (DemoReport.EpochLine epoch : report.epochs()) {
      epochs
          .addObject()
          .put("number", epoch.number())
          .put("root", epoch.root().toHex())
          .put("audited", epoch.audited())
          .put("burned", epoch.burned().toString())
          .put("charged", epoch.charged().toString())
          .put("paid", epoch.paid().toString())
          .put("operators", epoch.operators().toString())
          .put("emitted", epoch.emitted().toString())
          .put("dust", epoch.dust().toString());
    }
    ArrayNode devices = node.putArray("devices");
    for (DemoReport.DeviceLine device : report.devices()) {
      ObjectNode line = devices.addObject();
      line.put("id", device.id().toString());
      line.put("kind", device.role());
      ObjectNode verdicts = line.putObject("verdicts");
      device.verdicts().forEach(verdicts::put);
      line.put("paid", device.paid().toString());
    }
    node.put("claims", report.claims().toString());
    return node;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
