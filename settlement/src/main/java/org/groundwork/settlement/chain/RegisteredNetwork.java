package org.groundwork.settlement.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;

/**
 * A network as the registry shows it.
 *
 * @param kind resource kind, for instance {@code storage}
 * @param rules those it was created with, then those that were activated, in their order
 * @param proposed the next ones, if any are proposed and not active
 */
public record RegisteredNetwork(
    NetworkId id,
    String kind,
    List<Rules> rules,
    Optional<Proposal> proposed,
    BootstrapBudget bootstrap) {
  /** Rules in force from the opening of an epoch on. */
  public record Rules(EpochNumber from, Hash hash, Bytes parameters) {}

  /**
   * Rules that were proposed.
   *
   * @param ready signers of verifiers who say that they run them, ascending
   */
  public record Proposal(Hash hash, Bytes parameters, List<AccountId> ready) {
    public Proposal {
      ready = ready.stream().sorted().distinct().toList();
    }
  }

  public RegisteredNetwork {
    rules = List.copyOf(rules);
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("a network without rules");
    }
  }

  /** The rules in force in an epoch; the first ones for epochs before its creation. */
  public Rules rulesAt(EpochNumber epoch) {
    Rules found = rules.getFirst();
    for (Rules candidate : rules) {
      if (candidate.from().compareTo(epoch) <= 0) {
        found = candidate;
      }
    }
    return found;
  }

  RegisteredNetwork propose(Proposal next) {
    return new RegisteredNetwork(id, kind, rules, Optional.of(next), bootstrap);
  }

  RegisteredNetwork ready(Hash hash, AccountId signer) {
    return new RegisteredNetwork(
        id,
        kind,
        rules,
        proposed.map(next -> next.hash().equals(hash) ? with(next, signer) : next),
        bootstrap);
  }

  private static Proposal with(Proposal proposal, AccountId signer) {
    List<AccountId> more = new ArrayList<>(proposal.ready());
    more.add(signer);
    return new Proposal(proposal.hash(), proposal.parameters(), more);
  }

  RegisteredNetwork activate(EpochNumber epoch, Hash hash) {
    Bytes parameters =
        proposed
            .filter(next -> next.hash().equals(hash))
            .map(Proposal::parameters)
            .orElse(Bytes.EMPTY);
    List<Rules> more = new ArrayList<>(rules);
    more.add(new Rules(epoch, hash, parameters));
    return new RegisteredNetwork(id, kind, more, Optional.empty(), bootstrap);
  }
}
