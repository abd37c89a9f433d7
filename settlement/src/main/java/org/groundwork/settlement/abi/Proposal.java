package org.groundwork.settlement.abi;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * Calls that the timelock is to make, all or none, with a description. The governor names a
 * proposal by all of this, so queueing and executing need it again.
 */
public record Proposal(List<Action> actions, String description) {
  /** A call with some of the chain's own coin, in wei. */
  public record Action(AccountId target, BigInteger coin, Bytes data) {
    public static Action of(AccountId target, ContractCall<?> call) {
      return new Action(target, BigInteger.ZERO, Binding.encode(call));
    }
  }

  /** What was proposed. */
  public static Proposal of(GovernanceEvent.ProposalCreated created) {
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < created.targets().size(); i++) {
      actions.add(
          new Action(
              created.targets().get(i), created.values().get(i), created.calldatas().get(i)));
    }
    return new Proposal(actions, created.description());
  }

  public Proposal {
    actions = List.copyOf(actions);
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("a proposal without an action");
    }
  }

  public Calls.Governor.Propose propose() {
    return new Calls.Governor.Propose(targets(), values(), data(), description);
  }

  public Calls.Governor.Queue queue() {
    return new Calls.Governor.Queue(targets(), values(), data(), descriptionHash());
  }

  public Calls.Governor.Execute execute() {
    return new Calls.Governor.Execute(targets(), values(), data(), descriptionHash());
  }

  private List<AccountId> targets() {
    return actions.stream().map(Action::target).toList();
  }

  private List<BigInteger> values() {
    return actions.stream().map(Action::coin).toList();
  }

  private List<Bytes> data() {
    return actions.stream().map(Action::data).toList();
  }

  private Hash descriptionHash() {
    return Keccak256.hash(description.getBytes(StandardCharsets.UTF_8));
  }
}
