package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.index.ChainFollower;
import org.groundwork.node.explorer.index.Placed;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.abi.GovernanceEvent;

/** Council, proposals, rules that wait. */
final class GovernanceViews {
  private static final int RECENT = 5;
  private static final int MAX_VOTES = 200;
  private static final int MAX_READY = 1000;

  private GovernanceViews() {}

  static ObjectNode governance(Asked asked) throws SQLException {
    ObjectNode json = Json.object();
    ObjectNode council = json.putObject("council");
    ArrayNode members = council.putArray("members");
    Optional<ContractEvent.CouncilElected> elected =
        EventViews.newest(asked, ContractEvent.CouncilElected.class);
    elected.ifPresent(each -> {
      each.members().forEach(member -> members.add(member.toHex()));
      council.put("until", each.until());
    });
    json.put(
        "disputeBond",
        EventViews.newest(asked, ContractEvent.DisputeBondSet.class)
            .map(bond -> bond.bond().toString())
            .orElse("0"));
    json.set("voting", voting(asked));
    ArrayNode proposals = json.putArray("proposals");
    for (Placed placed :
        EventViews.newest(asked, List.of("ProposalCreated"), Long.MAX_VALUE, RECENT)) {
      proposals.add(proposal(asked, placed, false));
    }
    ArrayNode disputes = json.putArray("disputes");
    for (Placed placed :
        EventViews.newest(asked, List.of("DisputeOpened"), Long.MAX_VALUE, RECENT)) {
      disputes.add(DisputeViews.dispute(asked, placed));
    }
    json.set("rules", rules(asked));
    json.set("source", Source.newest(asked));
    return json;
  }

  private static ObjectNode voting(Asked asked) throws SQLException {
    ObjectNode json = Json.object();
    EventViews.newest(asked, GovernanceEvent.VotingDelaySet.class)
        .ifPresent(event -> json.put("delay", Long.toString(event.newVotingDelay())));
    EventViews.newest(asked, GovernanceEvent.VotingPeriodSet.class)
        .ifPresent(event -> json.put("period", Long.toString(event.newVotingPeriod())));
    EventViews.newest(asked, GovernanceEvent.ProposalThresholdSet.class)
        .ifPresent(event -> json.put("threshold", event.newProposalThreshold().toString()));
    EventViews.newest(asked, GovernanceEvent.QuorumNumeratorUpdated.class)
        .ifPresent(event -> json.put("quorum", Long.toString(event.newQuorumNumerator())));
    return json;
  }

  /** Rules that were proposed, and who is ready to run them. */
  private static ArrayNode rules(Asked asked) throws SQLException {
    ArrayNode array = Json.array();
    List<Placed> ready = EventViews.newest(asked, List.of("RulesReady"), Long.MAX_VALUE, MAX_READY);
    asked
        .sql()
        .each(
            "SELECT network, hash, at, active_epoch FROM rules WHERE active_place IS NULL OR"
                + " active_place <> place ORDER BY place DESC LIMIT 50",
            row -> {
              ObjectNode item =
                  array
                      .addObject()
                      .put("network", row.integer(1))
                      .put("rulesHash", row.text(2))
                      .put("time", row.number(3))
                      .put("activeFrom", row.optional(4).orElse(null));
              ArrayNode signers = item.putArray("ready");
              for (Placed placed : ready) {
                if (placed.event() instanceof ContractEvent.RulesReady said
                    && said.networkId().equals(new NetworkId(row.integer(1)))
                    && said.rulesHash().toHex().equals(row.text(2))) {
                  signers.add(said.signer().toHex());
                }
              }
            });
    return array;
  }

  static Listing list(Asked asked) throws SQLException, ApiException {
    int limit = asked.parameters().limit();
    List<Placed> events =
        EventViews.newest(
            asked,
            List.of("ProposalCreated"),
            asked.parameters().cursor(Long.MAX_VALUE),
            limit + 1);
    List<ObjectNode> items = new ArrayList<>();
    for (Placed placed : events.subList(0, Math.min(limit, events.size()))) {
      items.add(proposal(asked, placed, false));
    }
    return new Listing(
        items,
        events.size() > limit
            ? Optional.of(Long.toString(events.get(limit - 1).place()))
            : Optional.empty());
  }

  static ObjectNode proposal(Asked asked) throws SQLException, ApiException {
    BigInteger id = asked.parameters().large("proposal");
    Placed created =
        EventViews.of(asked, "proposal:" + id).stream()
            .filter(placed -> placed.event() instanceof GovernanceEvent.ProposalCreated)
            .findFirst()
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    ObjectNode json = proposal(asked, created, true);
    json.set("source", Source.newest(asked));
    return json;
  }

  private static ObjectNode proposal(Asked asked, Placed placed, boolean withVotes)
      throws SQLException {
    GovernanceEvent.ProposalCreated created = (GovernanceEvent.ProposalCreated) placed.event();
    List<Placed> events = EventViews.of(asked, "proposal:" + created.proposalId());
    ObjectNode json =
        Json.object()
            .put("proposal", created.proposalId().toString())
            .put("proposer", created.proposer().toHex())
            .put("description", created.description());
    ArrayNode calls = json.putArray("calls");
    for (int i = 0; i < created.targets().size(); i++) {
      AccountId target = created.targets().get(i);
      calls
          .addObject()
          .put("target", target.toHex())
          .put("contract", asked.scope().codec().name(target).orElse(""))
          .put("data", created.calldatas().get(i).toHex());
    }
    long now = ChainFollower.synced(asked.sql()).map(block -> block.timestamp()).orElse(0L);
    json.put("state", state(created, events, now))
        .put("voteStart", created.voteStart())
        .put("voteEnd", end(created, events))
        .put("eta", eta(events).orElse(null));
    votes(json, events, withVotes);
    return json.put("time", placed.at());
  }

  private static String state(
      GovernanceEvent.ProposalCreated created, List<Placed> events, long now) {
    String state =
        now < created.voteStart() ? "pending" : now <= end(created, events) ? "active" : "closed";
    for (Placed placed : events) {
      state =
          switch (placed.event()) {
            case GovernanceEvent.ProposalCanceled _ -> "canceled";
            case GovernanceEvent.ProposalExecuted _ -> "executed";
            case GovernanceEvent.ProposalQueued _ -> "queued";
            default -> state;
          };
    }
    return state;
  }

  private static long end(GovernanceEvent.ProposalCreated created, List<Placed> events) {
    long end = created.voteEnd();
    for (Placed placed : events) {
      end =
          placed.event() instanceof GovernanceEvent.ProposalExtended extended
              ? extended.extendedDeadline()
              : end;
    }
    return end;
  }

  private static Optional<Long> eta(List<Placed> events) {
    return events.stream()
        .map(Placed::event)
        .filter(GovernanceEvent.ProposalQueued.class::isInstance)
        .map(event -> ((GovernanceEvent.ProposalQueued) event).etaSeconds())
        .findFirst();
  }

  private static void votes(ObjectNode json, List<Placed> events, boolean withVotes) {
    BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    List<String> names = List.of("against", "for", "abstain");
    ArrayNode votes = Json.array();
    for (Placed placed : events) {
      if (placed.event() instanceof GovernanceEvent.VoteCast vote
          && vote.support() >= 0
          && vote.support() < sums.length) {
        sums[vote.support()] = sums[vote.support()].add(vote.weight());
        if (votes.size() < MAX_VOTES) {
          votes
              .addObject()
              .put("voter", vote.voter().toHex())
              .put("support", names.get(vote.support()))
              .put("weight", vote.weight().toString())
              .put("reason", vote.reason());
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      json.put(names.get(i), sums[i].toString());
    }
    json.set("votes", withVotes ? votes : Json.array());
  }
}
