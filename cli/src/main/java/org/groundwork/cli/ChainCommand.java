package org.groundwork.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.deploy.Deployer;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.deploy.DeploymentParameters;
import org.groundwork.settlement.deploy.PriceSource;
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
    subcommands = {ChainCommand.Deploy.class, ChainStatusCommand.class})
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
        "Examples:",
        "  groundwork chain deploy --rpc http://localhost:8545 --key deployer.json \\",
        "      --feed-a 0x.. --feed-b 0x.. --council 0x..,0x..,0x..",
        "  groundwork chain deploy --rpc http://localhost:8545 --key deployer.json \\",
        "      --posted-price 1.50 --council 0x..,0x..,0x.. --dry-run",
        "",
        "The account must do nothing else meanwhile: addresses follow from its nonces.",
      })
  static final class Deploy implements Callable<Integer> {
    /** A tenth a day. */
    private static final BasisPoints POSTED_CHANGE = new BasisPoints(1_000);

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
        names = "--council",
        required = true,
        split = ",",
        paramLabel = "ADDRESS",
        description = "3 to 15 accounts that decide disputes at first.")
    private List<String> council;

    @Option(
        names = "--feed-a",
        paramLabel = "ADDRESS",
        description = "Price feed in AggregatorV3 shape.")
    private Optional<String> feedA;

    @Option(names = "--feed-b", paramLabel = "ADDRESS", description = "A second price feed.")
    private Optional<String> feedB;

    @Option(
        names = "--posted-price",
        paramLabel = "DOLLARS",
        description = "Instead of feeds: a first price, which the governor posts anew.")
    private Optional<String> postedPrice;

    @Option(
        names = "--router",
        paramLabel = "ADDRESS",
        description = "Router of Uniswap V2's shape, to sell credits for stablecoins.")
    private Optional<String> router;

    @Option(
        names = "--local",
        description = "For a chain on one machine: test feeds, and windows of seconds.")
    private boolean local;

    @Option(
        names = "--dry-run",
        description = "Sends nothing; names every parameter that the contracts would refuse.")
    private boolean dryRun;

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
      Password password =
          passwordFile.isPresent()
              ? Password.fromFile(passwordFile.get())
              : Password.prompt(System.console(), "Password of " + key);
      AccountKey account = Keystore.openAccount(key, password);
      Path journal = out.resolveSibling(out.getFileName() + ".journal");
      DeploymentParameters parameters = parameters(account.account(), journal);
      if (dryRun) {
        List<String> problems = parameters.problems();
        problems.forEach(problem -> spec.commandLine().getOut().println("refused: " + problem));
        if (problems.isEmpty()) {
          spec.commandLine().getOut().println("The contracts would take these parameters.");
        }
        return problems.isEmpty() ? 0 : 1;
      }
      try (JsonRpc chain = new JsonRpc(rpc)) {
        Deployment deployment =
            new Deployer(
                    chain,
                    account,
                    parameters,
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
    private DeploymentParameters parameters(AccountId founder, Path journal) throws Exception {
      EpochSchedule schedule =
          new EpochSchedule(genesis(journal), slotSeconds, slotsPerEpoch, commitSlots);
      List<AccountId> members = council.stream().map(Arguments::account).toList();
      Optional<PriceSource> prices = prices();
      if (local) {
        DeploymentParameters parameters = DeploymentParameters.local(schedule, founder, members);
        return prices.map(parameters::withPrices).orElse(parameters);
      }
      DeploymentParameters parameters =
          DeploymentParameters.open(
              schedule,
              founder,
              members,
              prices.orElseThrow(() ->
                  new Failure(
                      "Say where prices come from: --feed-a and --feed-b, or --posted-price."
                          + " With --local test feeds are deployed.")));
      return router.map(Arguments::account).map(parameters::withRouter).orElse(parameters);
    }

    private long genesis(Path journal) throws Exception {
      long planned = Time.system().instant().getEpochSecond() + genesisIn;
      Path chosen = journal.resolveSibling(journal.getFileName() + ".genesis");
      if (Files.exists(chosen)) {
        return Long.parseLong(Files.readString(chosen).strip());
      }
      if (!dryRun) {
        Files.writeString(chosen, Long.toString(planned));
      }
      return planned;
    }

    private Optional<PriceSource> prices() {
      if (feedA.isPresent() != feedB.isPresent()) {
        throw new Failure("Give both --feed-a and --feed-b, or neither.");
      }
      if (feedA.isPresent() && postedPrice.isPresent()) {
        throw new Failure("Give either two feeds or --posted-price.");
      }
      if (postedPrice.isPresent()) {
        return Optional.of(
            new PriceSource.Posted(Arguments.price(postedPrice.get()), POSTED_CHANGE));
      }
      return feedA.map(first ->
          new PriceSource.Feeds(Arguments.account(first), Arguments.account(feedB.orElseThrow())));
    }
  }
}
