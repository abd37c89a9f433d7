package org.groundwork.cli;

import java.util.List;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Rehearsed;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that sends transactions of an account; tried and not sent with {@code --dry-run}. */
abstract class SpendAction extends ChainAction {
  @Mixin private AccountOptions account;

  @Option(
      names = "--dry-run",
      description = "Sends nothing; says what would be sent, or why it would be refused.")
  private boolean dryRun;

  /** Does it with the account's wallet. */
  abstract Report run(ChainLink link, Wallet wallet) throws Exception;

  @Override
  final Report run(ChainLink link) throws Exception {
    Transactions transactions =
        dryRun
            ? Transactions.rehearsed(link.rpc(), Time.system())
            : new Transactions(link.rpc(), Time.system());
    Wallet wallet = new Wallet(transactions, link.deployment(), account.key(network().folder()));
    try {
      return run(link, wallet);
    } catch (Rehearsed rehearsed) {
      return rehearsal(new Report(), wallet, rehearsed.steps());
    }
  }

  /** Adds what would have been sent. */
  static Report rehearsal(Report report, Wallet wallet, List<Rehearsed.Step> steps) {
    return report
        .put("dry_run", true)
        .put("account", wallet.account())
        .rows(
            "transactions",
            steps.stream()
                .map(step ->
                    new Report()
                        .put("to", step.target())
                        .put("function", step.data().slice(0, Math.min(4, step.data().size())))
                        .put(
                            "gas",
                            step.gas().isPresent()
                                ? Long.toString(step.gas().getAsLong())
                                : "unknown before the approval"))
                .toList());
  }
}
