package org.groundwork.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pays out what an account earned. */
@Command(
    name = "claim",
    mixinStandardHelpOptions = true,
    description = {
      "Claims everything that an account earned by final results, of every kind and network;",
      "makes results final before if it can.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork claim --account provider-1",
      "  groundwork claim --owner 0x.. --key me.json --dry-run",
    })
final class ClaimCommand extends SpendAction {
  @Option(
      names = "--owner",
      paramLabel = "ADDRESS",
      description = "Who is paid; without it the account that sends.")
  private Optional<String> owner;

  @Override
  Report run(ChainLink link, Wallet wallet) throws Exception {
    AccountId payee = owner.map(Arguments::account).orElse(wallet.account());
    wallet.finaliseWhatIsDue();
    try (PublicLedger ledger = new PublicLedger(link)) {
      List<Wallet.Entitled> leaves = ledger.claimable(wallet, payee);
      List<Report> paid = new ArrayList<>();
      TokenAmount sum = TokenAmount.ZERO;
      if (!leaves.isEmpty()) {
        for (ContractEvent.Claimed claimed : wallet.claimMany(payee, leaves)) {
          sum = sum.plus(claimed.amount());
          paid.add(
              new Report()
                  .put("kind", claimed.kind())
                  .put("network", claimed.network().value())
                  .put("paid", claimed.amount()));
        }
      }
      return new Report().put("owner", payee).put("paid", sum).rows("claims", paid);
    }
  }
}
