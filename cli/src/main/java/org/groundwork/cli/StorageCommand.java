package org.groundwork.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.groundwork.cli.daemon.CustomerDaemon;
import org.groundwork.cli.daemon.CustomerRebuild;
import org.groundwork.cli.daemon.GatewayStatus;
import org.groundwork.cli.daemon.ProviderDaemon;
import org.groundwork.cli.local.ParentWatch;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What belongs to the storage network alone. */
@Command(
    name = "storage",
    description = "The storage network: piece commitments, providers, the S3 endpoint.",
    mixinStandardHelpOptions = true,
    subcommands = {
      StorageCommand.Commitment.class,
      StorageCidCommand.class,
      StorageCarCommand.class,
      StoragePermanentCommand.class,
      StorageCommand.Provide.class,
      StorageCommand.S3.class,
      StorageCommand.Rebuild.class,
      StorageCommand.Status.class,
      StorageStatementCommand.class,
    })
final class StorageCommand {
  /** Prints the piece commitment of a file. */
  @Command(
      name = "commitment",
      mixinStandardHelpOptions = true,
      description = {
        "Prints size, piece CID v1 and v2 (Filecoin FRC-0069) of a file as JSON.",
        "Needs no network."
      },
      footer = {
        "",
        "Examples:",
        "  groundwork storage commitment photo.jpg",
        "  tar c folder | groundwork storage commitment -",
      })
  static final class Commitment implements Callable<Integer> {
    private static final int BUFFER = 1 << 20;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file; - reads standard input.")
    private String file;

    @Override
    public Integer call() throws IOException {
      PieceCommitment commitment;
      try (InputStream in = open()) {
        commitment = commit(in);
      } catch (NoSuchFileException e) {
        throw new Failure("There is no file " + file + ".", e);
      }
      spec.commandLine()
          .getOut()
          .println(
              Json.line(
                  Json.object()
                      .put("size", commitment.rawSize())
                      .put("padded_size", commitment.paddedSize())
                      .put("piece_cid_v1", commitment.pieceCidV1())
                      .put("piece_cid_v2", commitment.pieceCidV2())));
      return 0;
    }

    private InputStream open() throws IOException {
      return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
    }

    private static PieceCommitment commit(InputStream in) throws IOException {
      int cores = Runtime.getRuntime().availableProcessors();
      try (ExecutorService workers = Executors.newFixedThreadPool(cores)) {
        CommP commP = new CommP(CommP.Keep.ROOT, workers, cores);
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          commP.update(buffer, 0, n);
        }
        return commP.finish();
      }
    }
  }

  /** Runs providers. */
  @Command(
      name = "provide",
      mixinStandardHelpOptions = true,
      description = "Runs storage providers, one for each folder with a provider.json.",
      footer = {"", "Example:", "  groundwork storage provide my-provider"})
  static final class Provide implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", arity = "1..*", description = "The providers' folders.")
    private List<Path> folders;

    @Option(names = "--child", hidden = true, description = "Ends with the process above.")
    private boolean child;

    @Override
    public Integer call() throws Exception {
      if (child) {
        ParentWatch.start();
      }
      List<AutoCloseable> running = new ArrayList<>();
      for (Path folder : folders) {
        ProviderDaemon provider = ProviderDaemon.start(folder);
        running.add(provider);
        spec.commandLine().getOut().println("Provider at " + provider.endpoint());
        spec.commandLine().getOut().flush();
      }
      Foreground.run(running);
      return 0;
    }
  }

  /** Runs the S3 endpoint of a customer. */
  @Command(
      name = "s3",
      mixinStandardHelpOptions = true,
      description = "Runs a customer's S3 endpoint, from a folder with a customer.json.",
      footer = {"", "Example:", "  groundwork storage s3 my-customer"})
  static final class S3 implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The customer's folder.")
    private Path folder;

    @Option(names = "--child", hidden = true, description = "Ends with the process above.")
    private boolean child;

    @Override
    public Integer call() throws Exception {
      if (child) {
        ParentWatch.start();
      }
      CustomerDaemon customer = CustomerDaemon.start(folder);
      spec.commandLine().getOut().println("S3 endpoint at " + customer.url());
      spec.commandLine().getOut().flush();
      Foreground.run(List.of(customer));
      return 0;
    }
  }

  /** Rebuilds a customer's gateway. */
  @Command(
      name = "rebuild",
      mixinStandardHelpOptions = true,
      description = {
        "Makes the data of a customer's gateway anew, from its keys and the network alone: the",
        "folder needs customer.json and the keys that it names. Providers are asked for the newest",
        "snapshot of the metadata that the account left with them.",
      },
      footer = {"", "Example:", "  groundwork storage rebuild my-customer"})
  static final class Rebuild implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The customer's folder.")
    private Path folder;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      int objects = CustomerRebuild.run(folder.toAbsolutePath());
      spec.commandLine()
          .getOut()
          .println(
              json
                  ? Json.line(Json.object().put("objects", objects))
                  : objects
                      + " objects are there again; start it with: groundwork storage s3 "
                      + folder);
      return 0;
    }
  }

  /** Says how a customer's gateway is. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = {
        "Prints as JSON how a customer's gateway is: the month's budget and its alarm, the last",
        "repair, the last snapshot of its metadata, the audit scores of providers.",
      },
      footer = {
        "",
        "Example:",
        "  groundwork storage status my-customer",
        "",
        "Exit status: 0; 2 from the budget's warning on."
      })
  static final class Status implements Callable<Integer> {
    private static final int ALARM = 2;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The customer's folder.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
      String status =
          GatewayStatus.read(folder)
              .orElseThrow(() -> new Failure("No gateway has run in " + folder + " yet."));
      spec.commandLine().getOut().println(status);
      String alarm = Json.MAPPER.readTree(status).path("budget").path("alarm").asText();
      return alarm.equals("none") ? 0 : ALARM;
    }
  }
}
