package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.groundwork.agent.DeviceLock;
import org.groundwork.cli.daemon.ProviderFolder;
import org.groundwork.networks.storage.provider.DrainMark;
import org.groundwork.networks.storage.provider.Fsck;
import org.groundwork.networks.storage.provider.Leaving;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the operator of a storage provider does beside running it. */
@Command(
    name = "provider",
    description = "A storage provider's disks, pay and leaving; \"storage provide\" runs it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ProviderStatusCommand.class,
      ProviderCommand.Check.class,
      ProviderCommand.Drain.class,
      ProviderCommand.Leave.class,
    })
final class ProviderCommand {
  /** Compares pieces with their commitments. */
  @Command(
      name = "fsck",
      mixinStandardHelpOptions = true,
      description = {
        "Compares every piece with its commitment, its tree, and the folders with the index.",
        "Without --repair it changes nothing and may run beside the provider.",
      },
      footer = {
        "",
        "Examples:",
        "  groundwork provider fsck my-provider",
        "  groundwork provider fsck my-provider --repair",
        "",
        "Exit status: 0 if all is well or put right, 1 if not.",
      })
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The provider's folder.")
    private Path folder;

    @Option(
        names = "--repair",
        description = {
          "Makes trees again, takes whole pieces that the index does not know, deletes what is",
          "half written. The provider must not be running.",
        })
    private boolean repair;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      ProviderFolder provider = new ProviderFolder(folder);
      Fsck.Report found;
      if (repair) {
        try (DeviceLock _ = provider.lock()) {
          found = Fsck.repair(provider.data(), provider.config(), InstantSource.system());
        }
      } else {
        found = Fsck.look(provider.data());
      }
      print(found);
      return found.isClean() ? 0 : 1;
    }

    private void print(Fsck.Report found) {
      var out = spec.commandLine().getOut();
      Map<String, String> sorted = new TreeMap<>(found.findings());
      if (json) {
        var node =
            Json.object()
                .put("pieces", found.pieces())
                .put("intact", found.intact())
                .put("repaired", found.repaired());
        var findings = node.putObject("findings");
        sorted.forEach(findings::put);
        out.println(Json.line(node));
      } else {
        sorted.forEach((name, what) -> out.println(name + ": " + what));
        out.printf(
            "%d of %d pieces are intact; %d findings, %d put right.%n",
            found.intact(), found.pieces(), sorted.size(), found.repaired());
      }
      out.flush();
    }
  }

  /** Empties a disk. */
  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      description = {
        "Has the running provider move all pieces of a disk to its other disks. When \"provider",
        "status\" says that it is drained, take the disk out of store.json.",
      },
      footer = {
        "",
        "Examples:",
        "  groundwork provider drain /mnt/disk2",
        "  groundwork provider drain /mnt/disk2 --provider my-provider    if it takes no writes",
        "  groundwork provider drain /mnt/disk2 --undo",
      })
  static final class Drain implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "The disk's folder.")
    private Path disk;

    @Option(names = "--undo", description = "Leaves on it what is still there, and uses it again.")
    private boolean undo;

    @Option(
        names = "--provider",
        paramLabel = "FOLDER",
        description = "The provider's folder, for a disk on which nothing can be written.")
    private Optional<Path> provider;

    @Override
    public Integer call() throws IOException {
      var out = spec.commandLine().getOut();
      Optional<Path> data =
          provider.isPresent()
              ? Optional.of(new ProviderFolder(provider.get()).data())
              : Optional.empty();
      if (undo) {
        out.println(
            DrainMark.clear(disk, data) ? disk + " is used again." : disk + " was not drained.");
      } else {
        mark(data);
        out.println(disk + " will be emptied; see \"groundwork provider status\".");
      }
      out.flush();
      return 0;
    }

    private void mark(Optional<Path> data) throws IOException {
      if (data.isPresent()) {
        DrainMark.set(disk, data.get());
        return;
      }
      try {
        DrainMark.set(disk);
      } catch (FileSystemException e) {
        throw new Failure(
            disk + " takes no mark (" + e.getReason() + "): name its provider with --provider.", e);
      }
    }
  }

  /** Announces that a provider goes. */
  @Command(
      name = "leave",
      mixinStandardHelpOptions = true,
      description = {
        "Announces that the provider leaves: its price tag says so, it takes nothing new, and serves",
        "and proves what it has until its deals are over or the deadline has come.",
      },
      footer = {
        "",
        "Examples:",
        "  groundwork provider leave my-provider --days 30",
        "  groundwork provider leave my-provider --undo",
      })
  static final class Leave implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The provider's folder.")
    private Path folder;

    @Option(
        names = "--days",
        defaultValue = "30",
        description = "How long it stays at most (default: ${DEFAULT-VALUE}).")
    private long days;

    @Option(names = "--undo", description = "Stays.")
    private boolean undo;

    @Override
    public Integer call() throws IOException {
      var out = spec.commandLine().getOut();
      Path data = new ProviderFolder(folder).data();
      if (!Files.isDirectory(data)) {
        throw new Failure(folder + " is not the folder of a provider that has run.");
      }
      Leaving leaving = new Leaving(data);
      if (undo) {
        out.println(leaving.stay() ? "The provider stays." : "Nothing was announced.");
      } else {
        Instant deadline = InstantSource.system().instant().plus(Duration.ofDays(days));
        leaving.announce(deadline);
        out.println("The provider leaves by " + deadline + "; keep it running until then,");
        out.println("or until \"groundwork provider status\" says that it may stop.");
      }
      out.flush();
      return 0;
    }
  }
}
