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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.groundwork.cli.Amounts;
import org.groundwork.cli.Failure;
import org.groundwork.cli.Json;
import org.groundwork.cli.Table;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A whole network on this machine, in about a minute. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a whole storage network on this machine, on a real file: chain, gateway, four",
      "verifiers, six providers, S3 endpoint. Kills two providers and damages a third, gets the",
      "file back, settles, repairs, claims, and recomputes every epoch from public data.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork demo",
      "  groundwork demo --json ~/photos.tar",
      "  groundwork demo --keep",
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

  @Option(names = "--json", description = "Prints one JSON object as the last line.")
  private boolean json;

  @Option(names = "--keep", description = "Leaves everything running until Ctrl-C.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    if (System.getenv("GROUNDWORK_LOG") == null) {
      // Providers are about to be killed: what the others say of it would bury the story.
      System.setProperty("groundwork.log", "OFF");
    }
    Path source = file.orElse(Path.of(System.getProperty("java.home"), "lib", "modules"));
    if (!Files.isRegularFile(source)) {
      throw new Failure("There is no file " + source + ".");
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
              source.toAbsolutePath(),
              line -> {
                progress.printf(
                    "%4d s  %s%n", Duration.between(start, time.instant()).toSeconds(), line);
                progress.flush();
              },
              time);
      DemoReport report = demo.run(() -> waitIfKept(progress, folder));
      out.print(table(report));
      if (json) {
        out.println(Json.line(toJson(report)));
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

  private static String table(DemoReport report) {
    Table devices = new Table("device", "role", "verdicts and faults", "paid (tokens)");
    for (DemoReport.DeviceLine device : report.devices()) {
      String verdicts =
          device.verdicts().entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(Collectors.joining(", "));
      devices.row(device.id(), device.role(), verdicts, Amounts.show(device.paid()));
    }
    Table epochs =
        new Table(
            "epoch",
            "charged ($)",
            "burned",
            "paid",
            "to operators",
            "newly emitted",
            "dust",
            "root",
            "audit");
    for (DemoReport.EpochLine epoch : report.epochs()) {
      epochs.row(
          epoch.number(),
          Amounts.show(epoch.charged()),
          Amounts.show(epoch.burned()),
          Amounts.show(epoch.paid()),
          Amounts.show(epoch.operators()),
          Amounts.show(epoch.emitted()),
          Amounts.show(epoch.dust()),
          epoch.root().toHex().substring(0, 18),
          epoch.audited() ? "equal" : "DIFFERS");
    }
    return System.lineSeparator()
        + devices
        + System.lineSeparator()
        + epochs
        + System.lineSeparator()
        + String.format(
            "%d bytes stored and fetched, SHA-256 %s; %d pieces repaired; %s tokens claimed;"
                + " %d s.%n%s%n",
            report.bytes(),
            report.sha256Equal() ? "equal" : "DIFFERS",
            report.repairedPieces(),
            Amounts.show(report.claims()),
            report.seconds(),
            report.ok()
                ? "All of it held."
                : "NOT all of it held: " + String.join("; ", report.failures()));
  }

  private static ObjectNode toJson(DemoReport report) {
    ObjectNode node = Json.object();
    node.put("ok", report.ok());
    node.put("seconds", report.seconds());
    node.put("bytes", report.bytes());
    node.put("sha256_equal", report.sha256Equal());
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
    node.put("repaired_pieces", report.repairedPieces());
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
