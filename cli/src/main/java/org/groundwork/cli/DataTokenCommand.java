package org.groundwork.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.networks.sensing.data.DataToken;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a token for other programs. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Makes a token with which any program reads what a purchase covers.",
    footer = {
      "",
      "Example:",
      "  groundwork data token --account customer --json",
    })
final class DataTokenCommand extends ChainAction {
  @Mixin private AccountOptions account;

  @Option(names = "--purchase", paramLabel = "FILE", description = "Purchase (default: the last).")
  private Optional<Path> purchase;

  @Option(
      names = "--seconds",
      defaultValue = "3600",
      description = "For how long it is good; a day at most (default: 3600).")
  private long seconds;

  @Override
  Report run(ChainLink link) throws Exception {
    PurchaseFile bought =
        PurchaseFile.read(purchase.orElseGet(() -> PurchaseFile.last(network().folder())));
    DataToken token = token(link, bought, account, network().folder(), seconds);
    return new Report()
        .put("server", bought.server())
        .put("expires", token.expires())
        .put("token", token.text());
  }

  static DataToken token(
      ChainLink link, PurchaseFile bought, AccountOptions account, Path folder, long seconds)
      throws java.io.IOException {
    if (seconds < 1 || seconds > DataToken.MAX_SECONDS) {
      throw new Failure("A token is good for 1 to " + DataToken.MAX_SECONDS + " seconds.");
    }
    return DataToken.sign(
        link.deployment().domain(),
        bought.deal(),
        bought.device(),
        Time.system().instant().getEpochSecond() + seconds,
        account.key(folder));
  }
}
