package org.groundwork.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.founder.DefinitionText;
import org.groundwork.cli.founder.NetworkPlan;
import org.groundwork.networks.sensing.definition.FounderDefinition;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.ProposalState;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;

/** A definition against a deployment: what is to be done, who may, and how it is said. */
final class NetworkPlanning {
  private static final Set<ProposalState> LIVE =
      Set.of(
          ProposalState.PENDING,
          ProposalState.ACTIVE,
          ProposalState.SUCCEEDED,
          ProposalState.QUEUED);

  private final ChainLink link;
  private final Transactions chain;
  private final long now = Time.system().instant().getEpochSecond();

  NetworkPlanning(ChainLink link) throws IOException {
    this.link = link;
    chain = new Transactions(link.rpc(), Time.system());
  }

  /**
   * What is to be done.
   *
   * @param bootstrapFrom first epoch with bootstrap; the next one without it
   */
  NetworkPlan plan(FounderDefinition definition, Optional<Long> bootstrapFrom) throws IOException {
    ChainState state = link.chain().stateNow();
    List<ChainEvent.Proposed> live = new ArrayList<>();
    for (ChainEvent.Proposed proposed : state.proposals().values()) {
      if (LIVE.contains(stateOf(proposed))) {
        live.add(proposed);
      }
    }
    EpochNumber next = link.deployment().schedule().epochAt(now).next();
    return NetworkPlan.of(
        state, live, definition, bootstrapFrom.map(EpochNumber::new).orElse(next));
  }

  private ProposalState stateOf(ChainEvent.Proposed proposed) throws IOException {
    return chain.read(
        link.deployment().contracts().governor(), new Calls.Governor.State(proposed.id()));
  }

  private AccountId registry() {
    return link.deployment().contracts().networkRegistry();
  }

  /** Who may create networks at once; empty when founding is over. */
  Optional<AccountId> founder() throws IOException {
    return now < chain.read(registry(), new Calls.Networks.FoundingEnds())
        ? Optional.of(chain.read(registry(), new Calls.Networks.Founder()))
        : Optional.empty();
  }

  Report report(NetworkPlan plan) throws IOException {
    Report report = new Report().put("step", plan.step().text());
    plan.network().ifPresent(known -> report.put("network", known.id().value()));
    report.put("rules", plan.rules());
    if (plan.step() == NetworkPlan.Step.CREATE) {
      report.put("bootstrap", DefinitionText.of(plan.budget()));
      report.put(
          "by",
          founder()
              .map(account -> "the founder " + account + ", at once")
              .orElse("a proposal to the holders of tokens"));
    }
    if (plan.proposal().isPresent()) {
      ChainEvent.Proposed proposed = plan.proposal().get();
      report.put("proposal", proposed.id());
      report.put("state", stateOf(proposed).name().toLowerCase(Locale.ROOT));
    }
    next(plan).ifPresent(next -> report.put("next", next));
    if (plan.step() != NetworkPlan.Step.NOTHING) {
      report.rows("changes", plan.changes().stream().map(NetworkPlanning::line).toList());
    }
    if (!plan.notes().isEmpty()) {
      report.rows(
          "notes", plan.notes().stream().map(note -> new Report().put("note", note)).toList());
    }
    return report;
  }

  private static Report line(NetworkPlan.Change change) {
    return new Report()
        .put("what", change.what())
        .put("before", change.before())
        .put("after", change.after());
  }

  /** The command that is next where applying again does not help. */
  private static Optional<String> next(NetworkPlan plan) {
    return switch (plan.step()) {
      case NOTHING, CREATE, PROPOSE_RULES -> Optional.empty();
      case DECIDE ->
          plan.proposal()
              .map(it ->
                  "groundwork gov vote|queue|execute " + it.id() + ", each when its time has come");
      case ACTIVATE ->
          plan.network()
              .map(it ->
                  "groundwork gov ready %s by the verifiers, then groundwork gov activate %s"
                      .formatted(it.id(), it.id()));
    };
  }
}
