package org.groundwork.node.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultPlan;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.wallet.Wallet;

/** The chain through the deployment's contracts. */
public final class ContractChain implements EpochChain {
  /** Epochs whose sets are kept in memory. */
  private static final int MAX_SETS = 64;

  /** The two sets as they were at an epoch's opening. */
  private record Opening(
      List<org.groundwork.settlement.chain.Operator> verifiers,
      List<org.groundwork.settlement.chain.Operator> gateways) {
    List<org.groundwork.settlement.chain.Operator> of(int role) {
      return role == ChainState.VERIFIER ? verifiers : gateways;
    }
  }

  private final FreshReader chain;
  private final PlanReader plans;
  private final Wallet wallet;
  private final Map<EpochNumber, Opening> openings =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EpochNumber, Opening> eldest) {
          return size() > MAX_SETS;
        }
      };

  /**
   * A chain.
   *
   * @param wallet of the node's own account, which pays for its transactions
   */
  public ContractChain(FreshReader chain, Wallet wallet) {
    this.chain = chain;
    this.wallet = wallet;
    plans = new PlanReader(chain);
  }

  @Override
  public SigningDomain domain() {
    return chain.deployment().domain();
  }

  @Override
  public EpochSchedule schedule() {
    return chain.deployment().schedule();
  }

  @Override
  public StakedSet verifiers(EpochNumber epoch) throws IOException {
    return set(ChainState.VERIFIER, epoch);
  }

  @Override
  public StakedSet gateways(EpochNumber epoch) throws IOException {
    return set(ChainState.GATEWAY, epoch);
  }

  /** Weights at the opening, endpoints of now. */
  private StakedSet set(int role, EpochNumber epoch) throws IOException {
    Map<AccountId, String> endpoints = new HashMap<>();
    chain.state().operators(role).forEach(now -> endpoints.put(now.signer(), now.endpoint()));
    List<Operator> members =
        opening(epoch).of(role).stream()
            .filter(then -> !then.weight().isZero())
            .map(then ->
                new Operator(
                    then.signer(),
                    then.weight().value(),
                    endpoints.getOrDefault(then.signer(), then.endpoint())))
            .toList();
    return new StakedSet(members);
  }

  private Opening opening(EpochNumber epoch) throws IOException {
    synchronized (openings) {
      Opening known = openings.get(epoch);
      if (known != null) {
        return known;
      }
    }
    ChainState state =
        plans
            .opening(epoch)
            .orElseThrow(
                () -> new IOException("The chain has no block after epoch " + epoch + " opened."));
    Opening found =
        new Opening(state.operators(ChainState.VERIFIER), state.operators(ChainState.GATEWAY));
    synchronized (openings) {
      openings.put(epoch, found);
    }
    return found;
  }

  @Override
  public EpochNumber nextEpoch() throws IOException {
    ChainState state = chain.state();
    Optional<ChainEvent.ResultAccepted> latest = state.latestResult();
    if (latest.isEmpty()) {
      return state.skipped().isEmpty() ? wallet.nextEpoch() : state.skipped().last().next();
    }
    EpochNumber next = latest.get().epoch().next();
    while (state.skipped().contains(next)) {
      next = next.next();
    }
    return next;
  }

  @Override
  public int attempt() throws IOException {
    return chain.state().attempt();
  }

  @Override
  public Optional<AcceptedResult> resultBefore(EpochNumber epoch) throws IOException {
    return chain.state().resultBefore(epoch).map(ContractChain::accepted);
  }

  @Override
  public Optional<AcceptedResult> result(EpochNumber epoch) throws IOException {
    return chain.state().result(epoch).map(ContractChain::accepted);
  }

  private static AcceptedResult accepted(ChainEvent.ResultAccepted accepted) {
    return new AcceptedResult(
        accepted.epoch(),
        accepted.attempt(),
        accepted.resultHash(),
        accepted.closeBlock(),
        accepted.carryRoot(),
        accepted.moneyRoot());
  }

  @Override
  public Optional<List<PostedIndex>> inputs(EpochNumber epoch) throws IOException {
    return plans.inputs(epoch);
  }

  @Override
  public Optional<ResultPlan> plan(EpochNumber epoch) throws IOException {
    return plans.plan(epoch);
  }

  @Override
  public boolean isCommitted(EpochNumber epoch, AccountId gateway, Hash index) throws IOException {
    return isIn(chain.state(), epoch, gateway, index);
  }

  private static boolean isIn(ChainState state, EpochNumber epoch, AccountId gateway, Hash index) {
    return state.indexes(epoch).stream()
        .anyMatch(
            committed -> committed.gateway().equals(gateway) && committed.index().equals(index));
  }

  @Override
  public void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    try {
      wallet.commitIndex(epoch, gateway, index, signatures.values());
    } catch (ContractRefusal e) {
      if (!isIn(chain.stateNow(), epoch, gateway, index)) {
        throw e;
      }
    }
    chain.stateNow();
  }

  @Override
  public void submit(EpochStatement statement, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    // Where blocks take long to be final, somebody's submission may be in one already.
    if (wallet.nextEpoch().equals(statement.epoch())) {
      try {
        wallet.submitResult(statement, signatures.values());
      } catch (ContractRefusal e) {
        if (wallet.nextEpoch().equals(statement.epoch())) {
          throw e;
        }
      }
    }
    chain.stateNow();
  }

  @Override
  public List<SignedStatement> signatures(EpochNumber epoch) throws IOException {
    Optional<ChainEvent.ResultAccepted> accepted = chain.state().result(epoch);
    if (accepted.isEmpty()) {
      return List.of();
    }
    EpochStatement statement = statement(accepted.get());
    Hash digest = domain().digest(statement.structHash());
    List<SignedStatement> signed = new ArrayList<>();
    chain
        .submission(accepted.get().resultHash())
        .map(Calls.ResultsContract.Submit::signatures)
        .orElse(List.of())
        .forEach(signature ->
            AccountSignatures.recover(digest, signature)
                .ifPresent(
                    signer -> signed.add(new SignedStatement(statement, signer, signature))));
    return signed;
  }

  @Override
  public boolean proveEquivocation(SignedStatement first, SignedStatement second)
      throws IOException {
    try {
      wallet.proveEquivocation(
          first.statement(), first.signature(), second.statement(), second.signature());
      return true;
    } catch (ContractRefusal e) {
      return false;
    }
  }

  @Override
  public long skippableAt(EpochNumber epoch) {
    long wait = chain.deployment().economy().skipEpochs();
    return schedule().commitDeadline(new EpochNumber(epoch.value() + wait));
  }

  @Override
  public Set<AccountId> present(EpochNumber epoch) throws IOException {
    return chain.state().present(epoch);
  }

  @Override
  public void present(EpochNumber epoch, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    wallet.present(epoch, signatures.values());
    chain.stateNow();
  }

  @Override
  public void skip(EpochNumber epoch) throws IOException {
    if (wallet.nextEpoch().equals(epoch)) {
      try {
        wallet.skip(epoch);
      } catch (ContractRefusal e) {
        if (wallet.nextEpoch().equals(epoch)) {
          throw e;
        }
      }
    }
    chain.stateNow();
  }

  @Override
  public boolean isRollbackDue() throws IOException {
    return chain.state().voidedFrom().isPresent();
  }

  @Override
  public void rollBack() throws IOException {
    Optional<ChainEvent.ResultAccepted> last = chain.state().latestResult();
    if (last.isPresent()) {
      try {
        wallet.rollback(statement(last.get()));
      } catch (ContractRefusal e) {
        // Somebody else may have done it in the meantime.
        if (chain.stateNow().latestResult().equals(last)) {
          throw e;
        }
      }
    }
    chain.stateNow();
  }

  private EpochStatement statement(ChainEvent.ResultAccepted accepted) {
    return new EpochStatement(
        domain().deployment(),
        accepted.epoch(),
        accepted.attempt(),
        accepted.closeBlock(),
        accepted.parent(),
        accepted.inputs(),
        accepted.rules(),
        accepted.carryRoot(),
        accepted.moneyRoot(),
        accepted.totals());
  }

  @Override
  public Optional<EpochNumber> finalised() throws IOException {
    return chain.state().finalisedResult().map(ChainEvent.ResultAccepted::epoch);
  }

  @Override
  public boolean isFinalityDue() throws IOException {
    ChainState state = chain.state();
    boolean pending =
        state.latestResult().isPresent() && !state.latestResult().equals(state.finalisedResult());
    return pending
        && wallet.ask(
                wallet.deployment().contracts().results(), new Calls.ResultsContract.Finalise(1))
            > 0;
  }

  @Override
  public void finalise() throws IOException {
    wallet.finaliseWhatIsDue();
    chain.stateNow();
  }
}
