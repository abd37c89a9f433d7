package org.groundwork.node.explorer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.settlement.local.FreePort;

/** Debian's PostgreSQL on a folder of its own; as root it runs as the package's user. */
final class PostgresServer implements AutoCloseable {
  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final int ATTEMPTS = 600;

  private final Process server;
  private final int port;

  PostgresServer(Path folder) throws IOException, InterruptedException {
    Path programs = programs();
    Path data = folder.resolve("data");
    boolean root = System.getProperty("user.name").equals("root");
    if (root) {
      run(List.of("chmod", "0755", folder.toString()));
      Files.createDirectory(data);
      run(List.of("chown", "postgres", data.toString()));
    }
    List<String> initdb =
        List.of(
            programs.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "-U",
            "groundwork",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync");
    run(as(root, initdb));
    port = FreePort.find();
    List<String> start =
        List.of(
            programs.resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port),
            "-h",
            "127.0.0.1",
            "-k",
            data.toString(),
            "-c",
            "fsync=off");
    server =
        new ProcessBuilder(as(root, start))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await();
  }

  private static List<String> as(boolean root, List<String> command) {
    List<String> all =
        new ArrayList<>(root ? List.of("runuser", "-u", "postgres", "--") : List.of());
    all.addAll(command);
    return all;
  }

  private static Path programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      throw new IOException(
          "PostgreSQL is missing: apt-get install postgresql, or checks/bin/clients");
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo)
          .orElseThrow(() -> new IOException("PostgreSQL is missing: apt-get install postgresql"));
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }

  DatabaseAddress address() {
    return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=groundwork");
  }

  private void await() throws IOException, InterruptedException {
    for (int i = 0; i < ATTEMPTS && server.isAlive(); i++) {
      try {
        DriverManager.getConnection(address().url()).close();
        return;
      } catch (SQLException e) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IOException("PostgreSQL does not start");
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(20, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
