package org.groundwork.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.cli.local.Child;
import org.groundwork.cli.s3.SignedRequests;
import org.groundwork.cli.up.UpFile;
import org.groundwork.settlement.time.Time;

/**
 * A whole deployment in processes of its own, below the folder of work; deleted at the end, but for
 * its logs if something failed.
 */
final class S3Deployment {
  /** Work with a deployment that runs. */
  interface Work<T> {
    T run(S3Deployment up) throws IOException, InterruptedException, GeneralSecurityException;
  }

  private static final int UP_HEAP = 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Slots of a minute, as the protocol has them where the chain is not a local one; epochs are
   * shorter than its hour, so that some of them are settled in a run.
   */
  private static final String SETUP =
      """
      [network]
      slot_seconds = 60
      slots_per_epoch = 5
      commit_slots = 2
      """;

  private final Path folder;
  private final Child up;
  private final List<SignedRequests> clients = new ArrayList<>();

  private S3Deployment(Path folder, Child up) {
    this.folder = folder;
    this.up = up;
  }

  /** Does something with a deployment. */
  static <T> T during(Work<T> work)
      throws IOException, InterruptedException, GeneralSecurityException {
    S3Deployment up = start();
    Predicate<Path> unwanted =
        path -> Files.isRegularFile(path) && !path.toString().endsWith(".log");
    try {
      T done = work.run(up);
      unwanted = _ -> true;
      return done;
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; logs are in " + up.folder, e);
    } finally {
      up.stop();
      up.delete(unwanted);
    }
  }

  private static S3Deployment start() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "bench-s3");
    Path network = Files.createDirectory(folder.resolve("up"));
    Files.writeString(network.resolve(UpFile.NAME), SETUP);
    List<String> arguments = List.of("up", "--child", "--dir", network.toString());
    return new S3Deployment(
        folder, Child.start("up", folder.resolve("up.log"), UP_HEAP, arguments));
  }

  /** Where everything is. */
  Path folder() {
    return folder;
  }

  /** Requests to its S3 endpoint, once it answers; the bucket is there then. */
  SignedRequests requests(String bucket) throws IOException, InterruptedException {
    Path file = folder.resolve("up/customer").resolve(CustomerSetup.FILE);
    Time time = Time.system();
    long deadline = time.instant().plus(PATIENCE).toEpochMilli();
    while (!Files.exists(file)) {
      if (!up.isAlive() || time.instant().toEpochMilli() > deadline) {
        throw new IOException("the deployment does not start; see " + up.log());
      }
      time.pause(Duration.ofMillis(200));
    }
    CustomerSetup setup = ConfigFile.read(file, CustomerSetup.class);
    String secret =
        Files.readString(Path.of(setup.secretKeyFile()), StandardCharsets.US_ASCII).strip();
    SignedRequests requests =
        new SignedRequests(
            "http://127.0.0.1:" + setup.port(), setup.accessKey(), secret, InstantSource.system());
    clients.add(requests);
    S3Load.awaitBucket(requests, bucket, PATIENCE, time);
    return requests;
  }

  /**
   * The process of one of its parts.
   *
   * @param argument of the command that runs it
   */
  long process(String argument) throws IOException {
    for (ProcessHandle process : up.descendants()) {
      // ProcessHandle knows no arguments beyond a page of memory, and the class path is longer.
      Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
      if (List.of(Files.readString(line).split("\0")).contains(argument)) {
        return process.pid();
      }
    }
    throw new IOException(argument + " does not run");
  }

  /** Bytes that the providers' process has read so far, from its files above all. */
  long readByProviders() throws IOException {
    String field = "rchar: ";
    Path counts = Path.of("/proc", Long.toString(process("provide")), "io");
    return Files.readAllLines(counts).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.substring(field.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("no " + field + "in " + counts));
  }

  private void stop() {
    clients.forEach(SignedRequests::close);
    up.close();
  }

  private void delete(Predicate<Path> unwanted) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).filter(unwanted).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
