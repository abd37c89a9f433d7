package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.ExplorerDaemon;
import org.groundwork.cli.local.ParentWatch;
import org.groundwork.node.explorer.ExplorerSettings;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.http.TlsFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The explorer. */
@Command(
    name = "explorer",
    mixinStandardHelpOptions = true,
    description = "Shows a deployment in a browser and by an API: everything anybody can know.",
    subcommands = {ExplorerCommand.Run.class, ExplorerCommand.Rebuild.class},
    footer = {
      "",
      "Examples:",
      "  groundwork explorer run --port 8600",
      "  groundwork explorer run --deployment deployment.json --rpc https://rpc.example.org",
      "  groundwork explorer rebuild",
    })
final class ExplorerCommand {
  /** Where the database is. */
  static final class DatabaseOption {
    @Option(
        names = "--database",
        paramLabel = "URL",
        description = {
          "jdbc:h2:file:/PATH or jdbc:postgresql://HOST/NAME; PGUSER and PGPASSWORD are read of",
          "the environment. H2 in the network's folder without it.",
        })
    private Optional<String> url;

    DatabaseAddress address(Path folder) throws IOException {
      try {
        if (url.isPresent()) {
          return new DatabaseAddress(url.get());
        }
        Path home = folder.toAbsolutePath().resolve("explorer");
        Files.createDirectories(home);
        return DatabaseAddress.in(home);
      } catch (IllegalArgumentException e) {
        throw new Failure(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Runs it. */
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = {
        "Follows a deployment and serves page and API, read-only.",
        "Listens on this machine alone unless --host says otherwise; for others give it TLS.",
      },
      footer = {
        "",
        "Examples:",
        "  groundwork explorer run --port 8600",
        "  groundwork explorer run --host 0.0.0.0 --port 443 \\",
        "      --certificate-file explorer.crt --private-key-file explorer.key",
      })
  static final class Run implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 1024;
    private static final int MAX_BODY = 1 << 20;

    @Spec private CommandSpec spec;
    @Mixin private NetworkOptions network;
    @Mixin private DatabaseOption database;

    @Option(
        names = "--host",
        defaultValue = "127.0.0.1",
        description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
        names = "--port",
        defaultValue = "8600",
        description = "Port to listen on (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
        names = "--certificate-file",
        paramLabel = "FILE",
        description = "PEM: the server's certificate, then those above it; TLS with it.")
    private Optional<Path> certificates;

    @Option(
        names = "--private-key-file",
        paramLabel = "FILE",
        description = "PEM: the certificate's key, PKCS #8, without a password.")
    private Optional<Path> key;

    @Option(
        names = "--rate",
        paramLabel = "NUMBER",
        defaultValue = "50",
        description = "Questions a second of one address (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
        names = "--page",
        paramLabel = "FOLDER",
        description = "The page's files; those of this program without it.")
    private Optional<Path> page;

    @Option(names = "--child", hidden = true, description = "Ends with the process above.")
    private boolean child;

    private ServerSettings server() {
      if (certificates.isPresent() != key.isPresent()) {
        throw new Failure("Give both --certificate-file and --private-key-file, or neither.");
      }
      ServerSettings clear = new ServerSettings(host, port, MAX_CONNECTIONS, MAX_BODY);
      return certificates.isPresent()
          ? clear.withTls(new TlsFiles(certificates.get(), key.orElseThrow()))
          : clear;
    }

    @Override
    public Integer call() throws Exception {
      if (child) {
        ParentWatch.start();
      }
      if (rate < 1 || port < 0 || port > 65_535) {
        throw new Failure("--rate is at least 1, --port 0 to 65535.");
      }
      ExplorerSettings settings =
          new ExplorerSettings(database.address(network.folder()), server(), page, rate);
      ExplorerDaemon explorer = ExplorerDaemon.start(network.open(), settings);
      spec.commandLine().getOut().println("Explorer at " + explorer.uri());
      spec.commandLine().getOut().flush();
      Foreground.run(List.of(explorer));
      return 0;
    }
  }

  /** Builds the database again. */
  @Command(
      name = "rebuild",
      mixinStandardHelpOptions = true,
      description = {
        "Empties the database and builds it from the chain and the published files.",
        "The explorer must not run meanwhile.",
      },
      footer = {"", "Example:", "  groundwork explorer rebuild"})
  static final class Rebuild implements Callable<Integer> {
    private static final int EVERY = 10;

    @Spec private CommandSpec spec;
    @Mixin private NetworkOptions network;
    @Mixin private DatabaseOption database;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (ChainLink link = network.open()) {
        ExplorerDaemon.rebuild(
            link,
            database.address(network.folder()),
            steps -> {
              if (steps % EVERY == 0) {
                out.println(steps + " steps");
                out.flush();
              }
            });
      }
      out.println("The explorer's database is built again.");
      return 0;
    }
  }
}
