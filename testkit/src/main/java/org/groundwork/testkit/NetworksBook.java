package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/** Networks, their bootstrap and their next rules. */
final class NetworksBook {
  private static final int MAX_PARAMETERS_BYTES = 16 * 1024;
  private static final BigInteger MAX_BOOTSTRAP = BigInteger.TEN.pow(26);
  private static final long MAX_BOOTSTRAP_EPOCHS = 10_000_000;
  private static final String NAME = "NetworkRegistry";

  private record Network(Hash kind, Hash rulesHash, Hash parametersHash, Bootstrap bootstrap) {}

  /** What is proposed; readiness for one proposal is not readiness for a later one. */
  record Proposal(Hash rulesHash, Hash parametersHash, Set<AccountId> ready) {}

  private final Ledger ledger;
  private final Map<Long, Network> networks;
  private final Map<Long, Proposal> proposals;

  NetworksBook(Ledger ledger) {
    this.ledger = ledger;
    networks = new TreeMap<>();
    proposals = new TreeMap<>();
  }

  NetworksBook(Ledger ledger, NetworksBook from) {
    this.ledger = ledger;
    networks = new TreeMap<>(from.networks);
    proposals = new TreeMap<>(from.proposals);
  }

  void apply(Command.Networks command) {
    switch (command) {
      case Command.Networks.Create c -> create(c);
      case Command.Networks.ProposeRules c -> propose(c);
      case Command.Networks.SignalReady c -> signalReady(c);
      case Command.Networks.ActivateRules c -> activate(c);
    }
  }

  private void create(Command.Networks.Create c) {
    Parameters parameters = ledger.parameters;
    boolean founding =
        ledger.sender.equals(parameters.founder()) && ledger.now < parameters.foundingEnds();
    Refusal.unless(founding || ledger.sender.equals(parameters.owner()), "NotAllowed");
    Refusal.unless(!c.kind().equals(Hash.ZERO), "InvalidNetwork");
    requireRules(c.rulesHash(), c.parameters().size());
    Refusal.unless(isAllowed(c.bootstrap()), "InvalidBootstrap");
    long id = count() + 1;
    Hash parametersHash = Keccak256.hash(c.parameters().toArray());
    networks.put(id, new Network(c.kind(), c.rulesHash(), parametersHash, c.bootstrap()));
    ledger.emit(
        "NetworkCreated", id, c.kind(), c.rulesHash(), c.parameters(), values(c.bootstrap()));
  }

  private static void requireRules(Hash rulesHash, int parametersBytes) {
    Refusal.unless(!rulesHash.equals(Hash.ZERO), "InvalidNetwork");
    Refusal.unless(parametersBytes <= MAX_PARAMETERS_BYTES, "ParametersTooLong");
  }

  private static boolean isAllowed(Bootstrap its) {
    if (its.initial().signum() == 0) {
      return its.equals(Bootstrap.NONE);
    }
    return its.initial().compareTo(MAX_BOOTSTRAP) <= 0
        && its.start() < its.end()
        && its.end() - its.start() <= MAX_BOOTSTRAP_EPOCHS
        && its.maxCellBps() >= 1
        && its.maxCellBps() <= 10_000
        && its.maxAdmissions() >= 1;
  }

  private void propose(Command.Networks.ProposeRules c) {
    ledger.requireOwner();
    Refusal.unless(exists(c.networkId()), "UnknownNetwork");
    requireRules(c.rulesHash(), c.parameters().size());
    Hash parametersHash = Keccak256.hash(c.parameters().toArray());
    proposals.put(c.networkId(), new Proposal(c.rulesHash(), parametersHash, Set.of()));
    ledger.emit("RulesProposed", c.networkId(), c.rulesHash(), c.parameters());
  }

  private void signalReady(Command.Networks.SignalReady c) {
    Proposal proposal = proposed(c.networkId(), c.rulesHash());
    BigInteger weight =
        ledger.operators.weightAt(OperatorsBook.VERIFIER, ledger.sender, ledger.now);
    Refusal.unless(weight.signum() > 0, "NotVerifier");
    Set<AccountId> ready = new HashSet<>(proposal.ready());
    ready.add(ledger.sender);
    proposals.put(
        c.networkId(), new Proposal(proposal.rulesHash(), proposal.parametersHash(), ready));
    ledger.emit("RulesReady", c.networkId(), c.rulesHash(), ledger.sender);
  }

  private void activate(Command.Networks.ActivateRules c) {
    Proposal proposal = proposed(c.networkId(), c.rulesHash());
    BigInteger ready = BigInteger.ZERO;
    AccountId previous = AccountId.ZERO;
    for (AccountId signer : c.signers()) {
      Refusal.unless(signer.compareTo(previous) > 0, "SignersNotAscending");
      if (proposal.ready().contains(signer)) {
        ready = ready.add(ledger.operators.weightAt(OperatorsBook.VERIFIER, signer, ledger.now));
      }
      previous = signer;
    }
    BigInteger total = ledger.operators.totalAt(OperatorsBook.VERIFIER, ledger.now);
    Refusal.unless(Ledger.isTwoThirds(ready, total), "NotReady");
    Network before = network(c.networkId());
    networks.put(
        c.networkId(),
        new Network(before.kind(), c.rulesHash(), proposal.parametersHash(), before.bootstrap()));
    proposals.remove(c.networkId());
    long from =
        ledger.now < ledger.parameters.clock().genesis() ? 0 : ledger.clock.epochAt(ledger.now) + 1;
    ledger.emit("RulesActivated", c.networkId(), c.rulesHash(), from, proposal.parametersHash());
  }

  private Proposal proposed(long networkId, Hash rulesHash) {
    Proposal proposal = proposals.get(networkId);
    if (proposal == null || !proposal.rulesHash().equals(rulesHash)) {
      throw new Refusal("NotProposed");
    }
    return proposal;
  }

  boolean exists(long id) {
    return networks.containsKey(id);
  }

  long count() {
    return networks.size();
  }

  Map<Long, Proposal> proposals() {
    return proposals;
  }

  private Network network(long id) {
    Network network = networks.get(id);
    if (network == null) {
      throw new Refusal("UnknownNetwork");
    }
    return network;
  }

  Bootstrap bootstrapOf(long id) {
    Network network = networks.get(id);
    return network == null ? Bootstrap.NONE : network.bootstrap();
  }

  /** What a network's devices may have earned from its start up to and including an epoch. */
  BigInteger budgetUpTo(long id, long epoch) {
    Bootstrap its = bootstrapOf(id);
    if (its.initial().signum() == 0 || epoch < its.start()) {
      return BigInteger.ZERO;
    }
    BigInteger d = BigInteger.valueOf(its.end() - its.start());
    BigInteger n = BigInteger.valueOf(Math.min(epoch, its.end() - 1) - its.start() + 1);
    BigInteger fallen = n.multiply(n.subtract(BigInteger.ONE)).shiftRight(1);
    return its.initial().multiply(n.multiply(d).subtract(fallen)).divide(d);
  }

  private static List<Object> values(Bootstrap its) {
    return List.of(
        its.initial(),
        its.start(),
        its.end(),
        (long) its.maxCellBps(),
        its.maxAdmissions(),
        its.deviceStake());
  }

  void addViews(List<View> views) {
    views.add(View.of(NAME, "networkCount", List.of(), count()));
    networks.forEach((id, network) -> {
      views.add(
          View.of(
              NAME,
              "network",
              List.of(id),
              List.of(network.kind(), network.rulesHash(), network.parametersHash())));
      views.add(View.of(NAME, "bootstrapOf", List.of(id), values(network.bootstrap())));
      long epoch = ledger.clock.epochAt(ledger.now);
      views.add(View.of(NAME, "bootstrapBudget", List.of(id, epoch), budgetUpTo(id, epoch)));
    });
  }
}
