package org.groundwork.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.groundwork.agent.FolderFormat;
import org.groundwork.cli.Json;
import org.groundwork.cli.backup.Layouts;
import org.groundwork.cli.local.FolderLock;
import org.groundwork.cli.local.Ports;
import org.groundwork.cli.up.UpFile;
import org.groundwork.cli.up.UpSetup;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.JsonRpc;

/** How the folder of a network is. */
public final class FolderChecks {
  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);
  private static final Set<String> SECRETS = Set.of("password", "secret-key", "master-key");

  /** What clocks of one machine may differ by without anybody having set them. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private final Path folder;
  private final InstantSource clock;
  private final boolean running;
  private final List<Finding> findings = new ArrayList<>();

  private FolderChecks(Path folder, InstantSource clock, boolean running) {
    this.folder = folder;
    this.clock = clock;
    this.running = running;
  }

  /** Looks; a folder that is not there yet has nothing to look at. */
  public static List<Finding> run(Path folder, InstantSource clock) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of(Finding.ok("folder", folder + " is not there yet"));
    }
    Optional<FolderLock> lock = FolderLock.attempt(folder);
    FolderChecks checks = new FolderChecks(folder, clock, lock.isEmpty());
    if (lock.isPresent()) {
      lock.get().close();
    }
    checks.look();
    return checks.findings;
  }

  private void look() throws IOException {
    UpSetup setup = configuration();
    layout();
    disk(setup);
    keys();
    ports();
    if (Files.exists(folder.resolve("deployment.json"))) {
      chain();
    }
    findings.addAll(ExplorerChecks.run(folder, setup, running, clock));
    time();
  }

  private UpSetup configuration() {
    try {
      UpSetup setup = UpFile.read(folder);
      findings.add(Finding.ok("configuration", folder.resolve(UpFile.NAME).toString()));
      return setup;
    } catch (IOException e) {
      findings.add(
          Finding.bad("configuration", String.valueOf(e.getMessage()), "correct the file"));
      return UpSetup.STANDARD;
    }
  }

  private void layout() throws IOException {
    int newest = Layouts.newest(folder);
    findings.add(
        newest > FolderFormat.CURRENT
            ? Finding.bad(
                "layout",
                "written by a newer version (" + Layouts.version(folder) + ")",
                "install that version again, or restore an older backup")
            : Finding.ok("layout", newest + ", version " + Layouts.version(folder)));
  }

  private void disk(UpSetup setup) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace() >> 20;
    findings.add(
        free >= setup.alerts().freeDisk()
            ? Finding.ok("disk", free + " MiB free")
            : Finding.bad("disk", free + " MiB free", "make room, or lower limits.keep_epochs"));
  }

  private void keys() throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : files.filter(Files::isRegularFile).filter(this::isKey).toList()) {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
          open.add(folder.relativize(file).toString());
        }
      }
    }
    findings.add(
        open.isEmpty()
            ? Finding.ok("keys", "only their owner reads them")
            : Finding.bad(
                "keys",
                "others can read " + String.join(", ", open),
                "cd " + folder + " && chmod 600 " + String.join(" ", open)));
  }

  private boolean isKey(Path file) {
    return folder.resolve("keys").equals(file.getParent())
        || SECRETS.contains(String.valueOf(file.getFileName()));
  }

  private void ports() throws IOException {
    Path file = folder.resolve("ports.json");
    if (!Files.exists(file)) {
      return;
    }
    if (running) {
      findings.add(Finding.ok("ports", "in use by this network, which runs"));
      return;
    }
    List<String> taken = new ArrayList<>();
    JsonNode ports = Json.MAPPER.readTree(Files.readAllBytes(file));
    for (Map.Entry<String, JsonNode> port : ports.properties()) {
      if (!isFree(port.getValue().asInt())) {
        taken.add(port.getKey() + " (" + port.getValue().asInt() + ")");
      }
    }
    findings.add(
        taken.isEmpty()
            ? Finding.ok("ports", ports.size() + " are free")
            : Finding.bad(
                "ports",
                "another program has " + String.join(", ", taken),
                "stop it, or choose others in groundwork.toml and take these out of " + file));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void chain() throws IOException {
    if (!running) {
      findings.add(Finding.ok("chain", "stopped, like the network"));
      return;
    }
    URI rpc = URI.create("http://127.0.0.1:" + new Ports(folder.resolve("ports.json")).of("chain"));
    try (JsonRpc chain = new JsonRpc(rpc)) {
      Deployment.load(folder.resolve("deployment.json")).verify(chain);
      findings.add(Finding.ok("chain", "block " + chain.blockNumber()));
    } catch (IOException e) {
      findings.add(
          Finding.bad(
              "chain",
              String.valueOf(e.getMessage()),
              "groundwork logs up says why; stop and start \"groundwork up\""));
    }
  }

  /** Files of the future mean that the clock was set back: slots would come a second time. */
  private void time() throws IOException {
    Path journal = folder.resolve("chain/transactions.journal");
    if (!Files.exists(journal)) {
      return;
    }
    Instant written = Files.getLastModifiedTime(journal).toInstant();
    Instant now = clock.instant();
    findings.add(
        written.isBefore(now.plus(SLACK))
            ? Finding.ok("time", "goes forward")
            : Finding.bad(
                "time",
                "the clock is "
                    + Duration.between(now, written).toSeconds()
                    + " s behind the chain",
                "set the clock, or wait until it is there"));
  }
}
