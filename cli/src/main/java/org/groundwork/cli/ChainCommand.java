package org.groundwork.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.deploy.Deployer;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.deploy.DeploymentParameters;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The contracts on a chain. */
@Command(
    name = "chain",
    mixinStandardHelpOptions = true,
    description = "The contracts on a chain.",
    subcommands = {ChainCommand.Deploy.class})
final class ChainCommand {
  /** Deploys the contracts. */
  @Command(
      name = "deploy",
      mixinStandardHelpOptions = true,
      description = {
        "Puts the contracts on any EVM chain and writes a deployment file. Interrupted at any",
        "step, the same command goes on where it was.",
      },
      footer = {
        "",
        "Example:",
        "  groundwork chain deploy --rpc http://localhost:8545 --key deployer.json \\",
        "      --password-file password --feed-a 0x.. --feed-b 0x..",
        "",
        "The account must do nothing else meanwhile: addresses follow from its nonces.",
      })
  static final class Deploy implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--rpc", required = true, paramLabel = "URL", description = "The chain.")
    private URI rpc;

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "Key file (Ethereum V3) of the account that pays.")
    private Path key;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "File with the key file's password; asked for without it.")
    private Optional<Path> passwordFile;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        defaultValue = "deployment.json",
        description = "Deployment file (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
        names = "--feed-a",
        paramLabel = "ADDRESS",
        description = "Price feed in AggregatorV3 shape; without feeds, test feeds are deployed.")
    private Optional<String> feedA;

    @Option(names = "--feed-b", paramLabel = "ADDRESS", description = "A second price feed.")
    private Optional<String> feedB;

    @Option(
        names = "--genesis-in",
        paramLabel = "SECONDS",
        defaultValue = "600",
        description = "How far ahead slot 0 opens (default: ${DEFAULT-VALUE}).")
    private long genesisIn;

    @Option(
        names = "--slot-seconds",
        defaultValue = "60",
        description = "Length of a slot (default: ${DEFAULT-VALUE}).")
    private long slotSeconds;

    @Option(
        names = "--slots-per-epoch",
        defaultValue = "60",
        description = "Slots of an epoch (default: ${DEFAULT-VALUE}).")
    private long slotsPerEpoch;

    @Option(
        names = "--commit-slots",
        defaultValue = "10",
        description = "Slots after an epoch for posting its indexes (default: ${DEFAULT-VALUE}).")
    private long commitSlots;

    @Override
    public Integer call() throws Exception {
      if (feedA.isPresent() != feedB.isPresent()) {
        throw new Failure("Give both --feed-a and --feed-b, or neither.");
      }
      Password password =
          passwordFile.isPresent()
              ? Password.fromFile(passwordFile.get())
              : Password.prompt(System.console(), "Password of " + key);
      AccountKey account = Keystore.openAccount(key, password);
      try (JsonRpc chain = new JsonRpc(rpc)) {
        Path journal = out.resolveSibling(out.getFileName() + ".journal");
        Deployment deployment =
            new Deployer(
                    chain,
                    account,
                    parameters(account.account(), journal),
                    journal,
                    Time.system(),
                    line -> {
                      spec.commandLine().getErr().println(line);
                      spec.commandLine().getErr().flush();
                    })
                .run();
        Files.write(out, deployment.toJson());
        spec.commandLine().getOut().println("Deployed; written to " + out);
      }
      return 0;
    }

    /** The genesis is chosen once and kept beside the journal, so that a second run is the same. */
    private DeploymentParameters parameters(AccountId treasury, Path journal) throws Exception {
      Path chosen = journal.resolveSibling(journal.getFileName() + ".genesis");
      if (!Files.exists(chosen)) {
        Files.writeString(
            chosen, Long.toString(Time.system().instant().getEpochSecond() + genesisIn));
      }
      long genesis = Long.parseLong(Files.readString(chosen).strip());
      DeploymentParameters standard =
          DeploymentParameters.local(
              new EpochSchedule(genesis, slotSeconds, slotsPerEpoch, commitSlots),
              treasury,
              java.util.List.of());
      return feedA.isEmpty()
          ? standard
          : standard.withPrices(
              new org.groundwork.settlement.deploy.PriceSource.Feeds(
                  AccountId.fromHex(feedA.get()), AccountId.fromHex(feedB.orElseThrow())));
    }
  }
}
