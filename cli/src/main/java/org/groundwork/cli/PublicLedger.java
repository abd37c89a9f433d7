package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.audit.Audit;
import org.groundwork.engine.audit.AuditFailure;
import org.groundwork.engine.audit.AuditFailure.Kind;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.engine.audit.AuditStep;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.node.chain.PlanReader;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
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
    Networks networks = Networks.installed();
    audit = new Audit(networks, new LocalRunner(networks, verifier, threads), pool);
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

  /** Recomputes an epoch from public data and compares it with the chain and what is published. */
  public AuditReport audit(EpochNumber epoch) throws IOException {
    return audit(epoch, Optional.empty(), true);
  }

  /**
   * Recomputes an epoch from public data and compares it with the chain.
   *
   * @param from the epoch of the result after whose carry to start, or a file with a carry; the
   *     result before without it
   * @param published whether to compare what is published of the result, too
   */
  AuditReport audit(EpochNumber epoch, Optional<String> from, boolean published)
      throws IOException {
    resultOf(epoch);
    ChainState state = link.chain().state();
    HttpPublicFiles files = link.publicFiles();
    Start start = start(state, epoch, from, files);
    List<AuditStep> steps = new ArrayList<>();
    for (EpochNumber next = start.first(); next.compareTo(epoch) <= 0; next = next.next()) {
      Optional<ChainEvent.ResultAccepted> accepted = state.result(next);
      if (accepted.isPresent()) {
        steps.add(step(accepted.get()));
      }
    }
    return audit.audit(steps, start.carry(), files, published);
  }

  /** The carry to start with, and the first epoch that may have a result after it. */
  private record Start(CarrySnapshot carry, EpochNumber first) {}

  private static Start start(
      ChainState state, EpochNumber epoch, Optional<String> from, HttpPublicFiles files)
      throws IOException {
    Optional<ChainEvent.ResultAccepted> before = state.resultBefore(epoch);
    if (from.isPresent() && !from.get().matches("[0-9]{1,10}")) {
      return startAt(Path.of(from.get()), state, epoch);
    }
    if (from.isPresent()) {
      EpochNumber named = new EpochNumber(Long.parseLong(from.get()));
      before = state.result(named);
      if (before.isEmpty() || named.compareTo(epoch) >= 0) {
        throw new Failure(
            "Epoch " + named + " has no result before that of epoch " + epoch + " on chain.");
      }
    }
    if (before.isEmpty()) {
      return new Start(CarrySnapshot.EMPTY, EpochNumber.FIRST);
    }
    EpochNumber after = before.get().epoch();
    try {
      return new Start(Audit.carry(before.get().carryRoot(), files), after.next());
    } catch (AuditFailure e) {
      throw new AuditFailure(e.kind(), e.getMessage() + snapshots(state, after, files), e);
    }
  }

  /** From which snapshot an auditor could start. */
  private static String snapshots(ChainState state, EpochNumber last, HttpPublicFiles files) {
    Set<Hash> known = files.carries();
    Optional<ChainEvent.ResultAccepted> next = state.resultBefore(last);
    while (next.isPresent() && !known.contains(next.get().carryRoot())) {
      next = state.resultBefore(next.get().epoch());
    }
    return next.map(found ->
            " The newest snapshot before it is that of epoch %s: start with --from %s."
                .formatted(found.epoch(), found.epoch()))
        .orElse(" Nobody has a snapshot before it either.");
  }

  /** A file with a carry, which the chain has to know. */
  private static Start startAt(Path file, ChainState state, EpochNumber epoch) throws IOException {
    CarrySnapshot carry;
    try {
      carry = CarryStore.decode(Bytes.wrap(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + file + ", and it is no epoch's number.", e);
    } catch (Malformed e) {
      throw new AuditFailure(Kind.WRONG_FILE, file + " is no carry: " + e.getMessage() + ".", e);
    }
    Hash root = carry.root();
    Optional<ChainEvent.ResultAccepted> next = state.resultBefore(epoch);
    while (next.isPresent() && !next.get().carryRoot().equals(root)) {
      next = state.resultBefore(next.get().epoch());
    }
    return next.map(found -> new Start(carry, found.epoch().next()))
        .orElseThrow(() ->
            new AuditFailure(
                Kind.WRONG_FILE,
                "%s has root %s, which no result before epoch %s left on chain."
                    .formatted(file, root, epoch)));
  }

  private AuditStep step(ChainEvent.ResultAccepted accepted) throws IOException {
    ResultPlan plan =
        plans
            .plan(accepted.epoch())
            .orElseThrow(() ->
                new AuditFailure(
                    Kind.CHAIN_MISMATCH,
                    "The chain does not have all of epoch " + accepted.epoch() + "."));
    return new AuditStep(
        plan,
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
            accepted.totals()));
  }

  /** What is published of the result that the chain accepted for an epoch. */
  public PublishedResult result(EpochNumber epoch) throws IOException {
    Hash resultHash = resultOf(epoch).resultHash();
    return link.publicFiles()
        .result(epoch, resultHash)
        .orElseThrow(
            () -> new Failure("No verifier publishes the accepted result of epoch " + epoch + "."));
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

  @Override
  public void close() {
    pool.close();
  }
}
