package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.cli.Json;
import org.groundwork.engine.carry.CarryFile;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.VerifyPool;

/**
 * Closing an epoch from cached facts, in a process of bounded memory. The limit is the same process
 * reading the same records in order, device by device, and doing nothing with them.
 */
public final class EpochBench {
  static final String MAKE = "make";
  static final String CLOSE = "close";
  static final String WARM = "warm";

  private static final int MILLION = 1_000_000;
  private static final int SMALLER = 24;

  /** Heap of the process that closes; with what it maps it stays below 4 GB. */
  static final String HEAP = "-Xmx2g";

  private EpochBench() {}

  /** One run: rate, limit, ratio, and what it cost. */
  public static ObjectNode run(int devices, long reports) throws IOException {
    Path folder = Files.createTempDirectory("groundwork-epoch");
    try {
      child(MAKE, folder, devices, reports, HEAP);
      return report(child(CLOSE, folder, devices, reports, HEAP));
    } finally {
      delete(folder);
    }
  }

  /**
   * The processor time of a report in an epoch of this size over that in one of 1/24 of it, with as
   * many reports of each device; both are closed by a process that has closed another one before.
   */
  public static ObjectNode growth(int devices, long reports) throws IOException {
    int fewer = Math.max(1, devices / SMALLER);
    ObjectNode small = warm(fewer, reports * fewer / devices);
    ObjectNode large = warm(devices, reports);
    String cost = "cpuSecondsPerMillion";
    large.put("smaller", small.path("reports").asLong());
    large.put("smallerCpuSecondsPerMillion", small.path(cost).asDouble());
    return large.put("growth", large.path(cost).asDouble() / small.path(cost).asDouble());
  }

  private static ObjectNode warm(int devices, long reports) throws IOException {
    Path folder = Files.createTempDirectory("groundwork-epoch");
    try {
      child(MAKE, folder, devices, reports, HEAP);
      return report(child(WARM, folder, devices, reports, HEAP));
    } finally {
      delete(folder);
    }
  }

  static void make(Path folder, SyntheticEpoch epoch) throws IOException {
    FactsStore facts = facts(folder);
    new IndexStore(folder.resolve("indexes")).put(epoch.segments(facts::establish));
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("carry.bin")), 1 << 20)) {
      CarryFile.write(epoch.carry(), out);
    }
  }

  /** Facts that were established by nobody: every signature is taken for good. */
  static FactsStore facts(Path folder) throws IOException {
    PublicKey any = new PublicKey(KeyType.ED25519, Bytes.wrap(new byte[32]));
    VerifyPool pool = new VerifyPool((_, _, _) -> true, 1);
    return new FactsStore(
        folder.resolve("facts"),
        new SegmentStore(folder.resolve("segments")),
        new FactsMaker(_ -> Optional.of(any), pool));
  }

  /** A process that makes or closes an epoch; its last line is JSON. */
  static JsonNode child(String what, Path folder, int devices, long reports, String heap)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            heap,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            EpochClosing.class.getName(),
            what,
            folder.toString(),
            Integer.toString(devices),
            Long.toString(reports)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String last = "";
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      last = lines.lines().reduce("", (_, line) -> line);
      if (process.waitFor() != 0) {
        throw new IOException("closing failed: " + last);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return Json.MAPPER.readTree(last);
  }

  private static ObjectNode report(JsonNode closed) {
    double reports = closed.path("reports").asDouble();
    double rate = reports / closed.path("seconds").asDouble();
    double limit = reports / closed.path("mergeSeconds").asDouble();
    ObjectNode report =
        Json.object()
            .put("rate", rate)
            .put("limit", limit)
            .put("ratio", rate / limit)
            .put("unit", "reports/s")
            .put("cpuSecondsPerMillion", closed.path("cpuSeconds").asDouble() * MILLION / reports)
            .put("factsBytesPerMillion", closed.path("factsBytes").asDouble() * MILLION / reports);
    report.setAll((ObjectNode) closed);
    return report;
  }

  static long size(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      long size = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
      return size;
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
