package org.groundwork.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.KeystoreStrength;
import org.groundwork.settlement.keys.StoredKey;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Accounts and what they have. */
@Command(
    name = "wallet",
    mixinStandardHelpOptions = true,
    description = "Makes key files, and shows what accounts have.",
    subcommands = {WalletCommand.New.class, WalletCommand.Show.class, WalletCommand.Balance.class},
    footer = {
      "",
      "Examples:",
      "  groundwork wallet new me.json --password-file password",
      "  groundwork wallet balance --account customer",
    })
final class WalletCommand {
  /** Makes a key file. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = "Makes a new account in a key file (Ethereum V3), which no file is lost for.",
      footer = {"", "Example:", "  groundwork wallet new me.json --password-file password"})
  static final class New implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The key file; it must not exist.")
    private Path file;

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "File with the password; asked for without it.")
    private Optional<Path> passwordFile;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      SecureRandom random = new SecureRandom();
      AccountKey key = AccountKey.generate(random);
      new Keystore(random, KeystoreStrength.STANDARD)
          .create(
              file,
              new StoredKey.OfAccount(key),
              AccountOptions.password(passwordFile, "New password of " + file));
      print(spec, json, new Report().put("account", key.account()).put("file", file));
      return 0;
    }
  }

  /** Shows whose a key file is. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows whose account a key file holds; needs no password.",
      footer = {"", "Example:", "  groundwork wallet show me.json"})
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The key file.")
    private Path file;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      if (!Files.exists(file)) {
        throw new Failure("There is no key file " + file + ".");
      }
      String address = Json.MAPPER.readTree(Files.readAllBytes(file)).path("address").asText();
      if (address.isEmpty()) {
        throw new Failure(file + " is no key file of an account.");
      }
      print(spec, json, new Report().put("account", "0x" + address).put("file", file));
      return 0;
    }
  }

  private static void print(CommandSpec spec, boolean json, Report report) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(report.json()));
    } else {
      out.print(report.text());
    }
    out.flush();
  }

  /** Shows what an account has. */
  @Command(
      name = "balance",
      mixinStandardHelpOptions = true,
      description = "Shows what an account has: coin, tokens, votes, credits.",
      footer = {
        "",
        "Examples:",
        "  groundwork wallet balance --account customer",
        "  groundwork wallet balance 0x.. --deployment deployment.json --rpc http://localhost:8545",
      })
  static final class Balance extends ChainAction {
    @Mixin private AccountOptions account;

    @Parameters(
        paramLabel = "ADDRESS",
        arity = "0..1",
        description = "The account; without it that of --key or --account.")
    private Optional<String> address;

    @Override
    Report run(ChainLink link) throws Exception {
      AccountId owner =
          address.isPresent()
              ? Arguments.account(address.get())
              : account.key(network().folder()).account();
      var contracts = link.deployment().contracts();
      Transactions chain = new Transactions(link.rpc(), Time.system());
      Calls.Balance credits =
          chain.read(contracts.credits(), new Calls.CreditsContract.Account(owner));
      return new Report()
          .put("account", owner)
          .coin("coin", chain.coin(owner))
          .put("tokens", chain.read(contracts.token(), new Calls.Token.BalanceOf(owner)))
          .put("votes", chain.read(contracts.token(), new Calls.Token.GetVotes(owner)))
          .put("credits", credits.credits())
          .put("credits_basis", credits.basis());
    }
  }
}
