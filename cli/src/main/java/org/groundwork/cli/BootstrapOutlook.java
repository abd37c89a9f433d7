package org.groundwork.cli;

import java.time.Instant;
import java.util.List;
import org.groundwork.cli.earnings.Estimate;
import org.groundwork.cli.earnings.Sharing;
import org.groundwork.engine.money.BootstrapShares;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.deploy.Deployment;

/**
 * What a network's bootstrap has to share from the next epoch on.
 *
 * @param epoch tokens of the next epoch
 * @param day tokens of so many epochs as a day has; they become fewer with each
 * @param vestingEpochs after which an award can be claimed
 */
record BootstrapOutlook(
    BootstrapBudget budget, TokenAmount epoch, TokenAmount day, long vestingEpochs) {
  /** Of a network, from the epoch after a moment. */
  static BootstrapOutlook of(
      Deployment deployment,
      ChainState state,
      RegisteredNetwork network,
      Instant now,
      long epochsADay) {
    long next = deployment.schedule().epochAt(now.getEpochSecond()).value() + 1;
    TokenAmount first = at(deployment, state, network, new EpochNumber(next));
    TokenAmount day = first;
    for (long i = 1; i < epochsADay; i++) {
      day = day.plus(at(deployment, state, network, new EpochNumber(next + i)));
    }
    return new BootstrapOutlook(
        network.bootstrap(), first, day, deployment.economy().vestingEpochs());
  }

  private static TokenAmount at(
      Deployment deployment, ChainState state, RegisteredNetwork network, EpochNumber epoch) {
    TokenAmount all =
        state.networks().values().stream()
            .map(each -> each.bootstrap().of(epoch))
            .reduce(TokenAmount.ZERO, TokenAmount::plus);
    return BootstrapShares.withinSchedule(
        network.bootstrap().of(epoch), all, deployment.economy().emission(), epoch);
  }

  /** Whether there is anything to share within a day. */
  boolean isOpen() {
    return !day.isZero();
  }

  /**
   * What one more device gets: if as many share as did, if all that are registered do, and the
   * first together with what customers pay.
   */
  List<Report> lines(
      Estimate customers, Estimate customersADay, List<Sharing> shared, Sharing everybody) {
    Estimate anEpoch = estimate("bootstrap, as many sharing as did", shared, epoch);
    Estimate aDay = estimate("bootstrap, as many sharing as did", shared, day);
    String all = "bootstrap, all registered devices sharing";
    String both = customers.cells() + ", with bootstrap";
    return List.of(
        NetworkEstimateCommand.line(anEpoch, aDay),
        NetworkEstimateCommand.line(
            estimate(all, List.of(everybody), epoch), estimate(all, List.of(everybody), day)),
        NetworkEstimateCommand.line(customers.plus(both, anEpoch), customersADay.plus(both, aDay)));
  }

  /** Adds what a device needs for it, and until when there is any. */
  Report put(Report report) {
    return report
        .put("bootstrap_next_epoch", epoch)
        .put("bootstrap_next_day", day)
        .put("bootstrap_over_in_epoch", budget.end().value())
        .put("bootstrap_most_of_a_cell_bps", budget.maxCell().value())
        .put("bootstrap_new_devices_an_epoch", budget.maxAdmissions())
        .put("bootstrap_stake_of_a_device", budget.deviceStake())
        .put("bootstrap_payable_after_epochs", vestingEpochs);
  }

  private Estimate estimate(String what, List<Sharing> shared, TokenAmount tokens) {
    return Estimate.ofShares(
        what, shared.stream().map(each -> each.oneMore(tokens, budget.maxCell())).toList());
  }
}
