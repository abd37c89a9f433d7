package org.groundwork.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.audit.Audit;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.node.chain.PlanReader;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.StandardMerkleTree;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.wallet.Wallet;

/** What anybody can do with the chain and the verifiers' public files: audit, look up, claim. */
public final class PublicLedger implements AutoCloseable {
  private final ChainLink link;
  private final PlanReader plans;
  private final VerifyPool pool;
  private final Audit audit;

  public PublicLedger(ChainLink link) {
    this.link = link;
    plans = new PlanReader(link.chain());
    SignatureVerifier verifier = SignatureVerifiers.best();
    int threads = Runtime.getRuntime().availableProcessors();
    pool = new VerifyPool(verifier, threads);
    audit = new Audit(new LocalRunner(Networks.installed(), verifier, threads), pool);
  }

  public Optional<ChainEvent.ResultAccepted> accepted(EpochNumber epoch) throws IOException {
    return link.chain().stateNow().result(epoch);
  }

  public Optional<ChainEvent.ResultAccepted> latest() throws IOException {
    return link.chain().stateNow().latestResult();
  }

  private ChainEvent.ResultAccepted resultOf(EpochNumber epoch) throws IOException {
    ChainState state = link.chain().stateNow();
    return state.result(epoch).orElseThrow(() -> new Failure(missing(epoch, state)));
  }

  /** Why an epoch has no result of its own. */
  private static String missing(EpochNumber epoch, ChainState state) {
    if (!state.skipped().contains(epoch)) {
      return "Epoch " + epoch + " has no result on chain yet.";
    }
    return state
        .coveringResult(epoch)
        .map(covering ->
            "Epoch "
                + epoch
                + " was skipped; its reports were judged in epoch "
                + covering.epoch()
                + ".")
        .orElse(
            "Epoch "
                + epoch
                + " was skipped; its reports will be judged in the next epoch with a result.");
  }

  /** Recomputes an epoch from public data and compares it with the chain. */
  public AuditReport audit(EpochNumber epoch) throws IOException, UnknownRules {
    ChainEvent.ResultAccepted accepted = resultOf(epoch);
    ResultPlan plan =
        plans
            .plan(epoch)
            .orElseThrow(() -> new Failure("The chain does not have all of epoch " + epoch + "."));
    Hash carryRoot =
        link.chain()
            .state()
            .resultBefore(epoch)
            .map(ChainEvent.ResultAccepted::carryRoot)
            .orElseGet(PublicLedger::emptyCarry);
    EpochStatement statement =
        new EpochStatement(
            link.deployment().domain().deployment(),
            accepted.epoch(),
            accepted.attempt(),
            accepted.closeBlock(),
            accepted.parent(),
            accepted.inputs(),
            accepted.rules(),
            accepted.carryRoot(),
            accepted.moneyRoot(),
            accepted.totals());
    return audit.audit(plan, carryRoot, statement, link.publicFiles());
  }

  /** A published result, after checking that it is the one that the chain accepted. */
  public EpochResult result(EpochNumber epoch) throws IOException {
    Hash moneyRoot = resultOf(epoch).moneyRoot();
    EpochResult result =
        link.publicFiles()
            .result(epoch)
            .orElseThrow(() -> new Failure("No verifier publishes epoch " + epoch + "."));
    if (!EpochResult.moneyRoot(result.leaves()).equals(moneyRoot)) {
      throw new Failure("What is published of epoch " + epoch + " is not what was accepted.");
    }
    return result;
  }

  /** The last final result, against whose root money is claimed. */
  public Optional<ChainEvent.ResultAccepted> finalised() throws IOException {
    return link.chain().stateNow().finalisedResult();
  }

  /** The leaves of the last final result, with their tree. */
  private Leaves finalLeaves() throws IOException {
    ChainEvent.ResultAccepted newest =
        finalised()
            .orElseThrow(
                () -> new Failure("No result is final yet; there is nothing to claim from."));
    return new Leaves(result(newest.epoch()).leaves());
  }

  private record Leaves(List<MoneyLeaf> all, StandardMerkleTree tree) {
    Leaves(List<MoneyLeaf> all) {
      this(all, new StandardMerkleTree(all.stream().map(MoneyLeaf::hash).toList()));
    }
  }

  /** A leaf of the last final result, and the proof that it is one; empty if there is none. */
  public Optional<ProvenLeaf> leaf(MoneyKind kind, NetworkId network, Hash subject)
      throws IOException {
    Leaves leaves = finalLeaves();
    return leaves.all().stream()
        .filter(leaf -> leaf.kind() == kind)
        .filter(leaf -> leaf.network().equals(network))
        .filter(leaf -> leaf.subject().equals(subject))
        .findFirst()
        .map(leaf -> new ProvenLeaf(leaf, leaves.tree().proof(leaf.hash())));
  }

  /** A leaf and its proof against the final money root. */
  public record ProvenLeaf(MoneyLeaf leaf, List<Hash> proof) {
    public ProvenLeaf {
      proof = List.copyOf(proof);
    }
  }

  /** What an account has earned by final results and not claimed, of every kind and network. */
  public List<Wallet.Entitled> claimable(Wallet wallet, AccountId owner) throws IOException {
    Leaves leaves = finalLeaves();
    List<Wallet.Entitled> found = new ArrayList<>();
    for (MoneyLeaf leaf : leaves.all()) {
      if (leaf.kind().isPayable()
          && leaf.subject().equals(owner.toSubject())
          && leaf.cumulative().compareTo(wallet.claimed(leaf.kind(), owner, leaf.network()).value())
              > 0) {
        found.add(
            new Wallet.Entitled(
                leaf.kind(),
                leaf.network(),
                new TokenAmount(leaf.cumulative()),
                leaves.tree().proof(leaf.hash())));
      }
    }
    return found;
  }

  /**
   * Claims what an account has earned by final results and not claimed.
   *
   * @return what it got; zero if there was nothing
   */
  public TokenAmount claim(Wallet wallet, AccountId owner) throws IOException {
    List<Wallet.Entitled> leaves = claimable(wallet, owner);
    return leaves.isEmpty()
        ? TokenAmount.ZERO
        : wallet.claimMany(owner, leaves).stream()
            .map(ContractEvent.Claimed::amount)
            .reduce(TokenAmount.ZERO, TokenAmount::plus);
  }

  private static Hash emptyCarry() {
    return CarrySnapshot.EMPTY.root();
  }

  @Override
  public void close() {
    pool.close();
  }
}
