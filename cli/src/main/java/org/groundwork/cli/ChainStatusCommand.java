package org.groundwork.cli;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.deploy.Contracts;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import picocli.CommandLine.Command;

/** How a deployment stands. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows how far a deployment is: epochs, what is final, council, contracts.",
    footer = {"", "Example:", "  groundwork chain status --json"})
final class ChainStatusCommand extends ChainAction {
  @Override
  Report run(ChainLink link) throws Exception {
    ChainState state = link.chain().stateNow();
    Contracts contracts = link.deployment().contracts();
    Transactions chain = new Transactions(link.rpc(), Time.system());
    List<Report> addresses =
        new TreeMap<>(link.deployment().addresses())
            .entrySet().stream().map(ChainStatusCommand::contract).toList();
    return new Report()
        .put("deployment", link.deployment().domain().deployment())
        .put("chain_id", BigInteger.valueOf(link.deployment().chainId()))
        .put(
            "epoch_now",
            link.deployment().schedule().epochAt(Time.system().instant().getEpochSecond()).value())
        .put(
            "next_epoch",
            chain.read(contracts.results(), new Calls.ResultsContract.NextEpoch()).value())
        .put(
            "final_epoch",
            state
                .finalisedResult()
                .map(ChainEvent.ResultAccepted::epoch)
                .map(EpochNumber::toString)
                .orElse("none yet"))
        .put("attempt", state.attempt())
        .put("void_from", state.voidedFrom().map(EpochNumber::toString).orElse("nothing"))
        .put("skipped_epochs", state.skipped().size())
        .put("funded", state.funded())
        .put("window_room", chain.read(contracts.claims(), new Calls.ClaimsContract.WindowRoom()))
        .put("supply", chain.read(contracts.token(), new Calls.Token.TotalSupply()))
        .put("networks", state.networks().size())
        .put(
            "council",
            state
                .council()
                .map(
                    term -> term.members().size() + " until " + Instant.ofEpochSecond(term.until()))
                .orElse("none"))
        .rows("contracts", addresses);
  }

  private static Report contract(Map.Entry<String, AccountId> entry) {
    return new Report().put("contract", entry.getKey()).put("address", entry.getValue());
  }
}
