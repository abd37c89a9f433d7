package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.groundwork.cli.bench.ApiReport;
import org.groundwork.cli.bench.AuditBench;
import org.groundwork.cli.bench.EpochBench;
import org.groundwork.cli.bench.MerkleBench;
import org.groundwork.cli.bench.S3Bench;
import org.groundwork.cli.bench.S3MemoryBench;
import org.groundwork.networks.storage.bench.BenchResult;
import org.groundwork.networks.storage.bench.CommPBench;
import org.groundwork.networks.storage.bench.ErasureBench;
import org.groundwork.networks.storage.bench.PackingBench;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.node.bench.IngestBench;
import org.groundwork.node.bench.KillBench;
import org.groundwork.node.bench.MqttBench;
import org.groundwork.node.explorer.bench.ApiBench;
import org.groundwork.node.explorer.bench.SyntheticSize;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.protocol.crypto.VerifyBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures hot paths beside their physical limits, in the same run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures a hot path beside its physical limit, in the same run.",
    footer = {
      "",
      "Examples:",
      "  groundwork bench verify",
      "  groundwork bench commp --json",
      "  groundwork bench ingest --kill",
      "  groundwork bench epoch --devices 1000000 --reports 24000000",
      "",
      "Times vary between machines and moments; the ratio counts."
    })
final class BenchCommand {
  private static final long KILL_SEED = 1;

  @Option(
      names = "--json",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Prints one line of JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Signatures of reports. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Ed25519 signatures verified as admission does it, on all cores.",
        "Limit: the signature library alone on all cores at once."
      })
  int verify() throws Exception {
    VerifyBench.Result result = VerifyBench.run();
    return print(new BenchResult(result.rate(), result.limit(), result.ratio(), result.unit()));
  }

  /** Piece commitments. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Piece commitments computed on all cores.",
        "Limit: SHA-256 of as many 64-byte blocks as the tree has nodes."
      })
  int commp() throws Exception {
    return print(CommPBench.run());
  }

  /** Erasure code. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Objects coded 10+4 by the library that is installed.",
        "Limit: Intel's ISA-L called alone on prepared buffers."
      })
  int erasure() throws Exception {
    return print(ErasureBench.run());
  }

  /** Key-bound packing. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "What it costs to bind a replica to a provider's key: packed and committed on one core.",
        "Limit: the memory-hard function alone, as much entropy as there are bytes."
      })
  int packing(
      @Option(
              names = "--passes",
              defaultValue = "64",
              description = "Over a chunk's memory (default: ${DEFAULT-VALUE}).")
          int passes,
      @Option(
              names = "--chunks",
              defaultValue = "16",
              description = "Of a megabyte each (default: ${DEFAULT-VALUE}).")
          int chunks)
      throws Exception {
    PackingBench.Result result = PackingBench.run(new Passes(passes), chunks);
    return print(
        Json.object()
            .put("rate", result.packed())
            .put("limit", result.limit())
            .put("ratio", result.packed() / result.limit())
            .put("unit", "bytes/s")
            .put("chunkSeconds", result.chunkSeconds())
            .put("provePackedSeconds", result.provePackedSeconds())
            .put("verifySeconds", result.verifySeconds()));
  }

  /** Admission of reports. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Signed reports that a gateway admits and makes durable: from memory, through HTTP streams"
            + " from another process, and the time to a promise at half of that load.",
        "Limit: the signature library alone on all cores at once.",
        "With --kill: kills the gateway during load, and looks for every report with a promise."
      })
  int ingest(
      @Option(names = "--kill", description = "Kills and restarts instead of measuring.")
          boolean kill,
      @Option(
              names = "--kills",
              defaultValue = "5",
              description = "How often it is killed (default: ${DEFAULT-VALUE}).")
          int kills,
      @Option(
              names = "--reports",
              defaultValue = "100000",
              description = "Reports of one round (default: ${DEFAULT-VALUE}).")
          int reports,
      @Option(
              names = "--rounds",
              defaultValue = "7",
              description = "Rounds of each figure (default: ${DEFAULT-VALUE}).")
          int rounds)
      throws Exception {
    IngestReport report = new IngestReport(spec.commandLine().getOut(), json);
    return kill
        ? report.print(KillBench.run(kills, KILL_SEED))
        : report.print(IngestBench.run(reports, rounds));
  }

  /** The MQTT broker. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Devices connected to a gateway's MQTT broker: its memory and its answers at one report a"
            + " minute of each, and the most reports that it takes.",
        "Limit: the signature library alone on all cores at once."
      })
  int mqtt(
      @Option(
              names = "--devices",
              defaultValue = "10000",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int devices,
      @Option(
              names = "--seconds",
              defaultValue = "60",
              description = "At one report a minute of each device (default: ${DEFAULT-VALUE}).")
          int seconds,
      @Option(
              names = "--reports",
              defaultValue = "50000",
              description = "At full speed (default: ${DEFAULT-VALUE}).")
          int reports,
      @Option(names = "--tls", description = "With TLS on every connection.") boolean tls)
      throws Exception {
    MqttBench.Result result = MqttBench.run(devices, seconds, reports, tls);
    return print(
        Json.object()
            .put("rate", result.rate())
            .put("limit", result.limit())
            .put("ratio", result.rate() / result.limit())
            .put("unit", "reports/s")
            .put("devices", result.devices())
            .put("loginsPerSecond", result.loginsPerSecond())
            .put("load", result.load())
            .put("p50Millis", result.p50Millis())
            .put("p99Millis", result.p99Millis())
            .put("maxMillis", result.maxMillis())
            .put("gatewayCores", result.quietCores())
            .put("residentMegabytes", result.quietMegabytes())
            .put("peakMegabytes", result.peakMegabytes()));
  }

  /** Closing an epoch. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "An epoch of a day closed from cached facts, in a process of bounded memory.",
        "Limit: the same process reading the same records in order and doing nothing with them."
      })
  int epoch(
      @Option(
              names = "--devices",
              defaultValue = "100000",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int devices,
      @Option(
              names = "--reports",
              defaultValue = "2400000",
              description = "Of all of them; 24 to 39 of each (default: ${DEFAULT-VALUE}).")
          long reports,
      @Option(
              names = "--growth",
              description = "From 1/24 of the reports to all of them: how the cost of one grows.")
          boolean growth)
      throws Exception {
    return print(growth ? EpochBench.growth(devices, reports) : EpochBench.run(devices, reports));
  }

  /** The money root. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "The root over money leaves, as OpenZeppelin's StandardMerkleTree has it.",
        "Limit: Keccak alone, as many hashes as the tree has, on all cores."
      })
  int merkle(
      @Option(
              names = "--leaves",
              defaultValue = "1000000",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int leaves)
      throws Exception {
    return print(MerkleBench.run(leaves));
  }

  /** The S3 endpoint. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Large and small objects put to and read from a whole deployment on this machine, in turns"
            + " with a plain S3 server on the same disk. Takes some eight minutes, six of them until"
            + " all is compiled.",
        "Limit of a large put: hashing and encrypting alone, the customer's and the providers'."
      })
  int s3(
      @Option(
              names = "--large",
              paramLabel = "MIB",
              defaultValue = "256",
              description = "Size of a large object in MiB (default: ${DEFAULT-VALUE}).")
          long large,
      @Option(
              names = "--small",
              defaultValue = "4000",
              description = "Objects of 4 KiB in a round (default: ${DEFAULT-VALUE}).")
          int small,
      @Option(
              names = "--at-once",
              defaultValue = "128",
              description = "Requests for them that are under way (default: ${DEFAULT-VALUE}).")
          int atOnce,
      @Option(
              names = "--object-size",
              paramLabel = "MIB",
              description =
                  "Nothing of that, but the memory of each process while one object of this size"
                      + " comes and goes, and one of a tenth.")
          Optional<Long> objectSize)
      throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> progress =
        line -> {
          err.println(line);
          err.flush();
        };
    if (objectSize.isPresent()) {
      return print(S3MemoryBench.run(objectSize.get() << 20, progress));
    }
    Path jars = Path.of(System.getProperty("groundwork.home", "."), "cli/target/run/peer");
    return print(S3Bench.run(large << 20, small, atOnce, jars, progress));
  }

  /** The explorer. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "The explorer on a made-up deployment: its index built by its own code, then each page's"
            + " questions at a steady rate.",
        "Limit: what building within ten minutes needs."
      })
  int api(
      @Option(
              names = "--devices",
              defaultValue = "100000",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int devices,
      @Option(
              names = "--epochs",
              defaultValue = "20",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int epochs,
      @Option(
              names = "--seconds",
              defaultValue = "10",
              description = "Of each page's questions (default: ${DEFAULT-VALUE}).")
          int seconds,
      @Option(
              names = "--rate",
              defaultValue = "200",
              description = "Questions a second (default: ${DEFAULT-VALUE}).")
          int rate,
      @Option(
              names = "--database",
              paramLabel = "URL",
              description = "An empty PostgreSQL database; H2 in a temporary folder without it.")
          Optional<String> database,
      @Option(
              names = "--open",
              description = "Leaves the explorer open for a browser, until Enter is pressed.")
          boolean open)
      throws Exception {
    return print(
        ApiReport.json(
            ApiBench.run(
                SyntheticSize.of(devices, epochs),
                database.map(DatabaseAddress::new),
                rate,
                seconds,
                explorer -> {
                  if (open) {
                    PrintWriter err = spec.commandLine().getErr();
                    err.println("The explorer is at " + explorer + " until you press Enter.");
                    err.flush();
                    System.in.read();
                  }
                })));
  }

  /** Recomputing an epoch. */
  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "An epoch recomputed from public segments, every signature verified.",
        "Limit: the signature library alone on all cores at once."
      })
  int audit(
      @Option(
              names = "--devices",
              defaultValue = "8000",
              description = "With 24 reports each (default: ${DEFAULT-VALUE}).")
          int devices)
      throws Exception {
    return print(AuditBench.run(devices));
  }

  /** Everything as JSON, or the four members that all benches have in a sentence. */
  private int print(ObjectNode result) {
    if (json) {
      spec.commandLine().getOut().println(Json.line(result));
      return 0;
    }
    print(
        new BenchResult(
            result.path("rate").asDouble(),
            result.path("limit").asDouble(),
            result.path("ratio").asDouble(),
            result.path("unit").asText()));
    result.properties().stream()
        .skip(4)
        .forEach(member ->
            spec.commandLine().getOut().println("  " + member.getKey() + " " + member.getValue()));
    return 0;
  }

  private int print(BenchResult result) {
    if (json) {
      spec.commandLine()
          .getOut()
          .println(
              Json.line(
                  Json.object()
                      .put("rate", result.rate())
                      .put("limit", result.limit())
                      .put("ratio", result.ratio())
                      .put("unit", result.unit())));
    } else {
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "%,.0f %s, %.0f%% of the limit of %,.0f",
                  result.rate(),
                  result.unit(),
                  100 * result.ratio(),
                  result.limit()));
    }
    return 0;
  }
}
