package org.groundwork.node.chain;

import java.io.IOException;
import java.util.List;
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

/**
 * The chain as the roles of a node see it. Each method may block for I/O and throws {@link
 * IOException} when the chain does not answer. Safe for use by many threads.
 */
public interface EpochChain {
  SigningDomain domain();

  EpochSchedule schedule();

  /** The verifiers with stake at an epoch's opening, which must not lie in the future. */
  StakedSet verifiers(EpochNumber epoch) throws IOException;

  /** The gateways with stake at an epoch's opening, which must not lie in the future. */
  StakedSet gateways(EpochNumber epoch) throws IOException;

  /** The epoch whose result is accepted next. */
  EpochNumber nextEpoch() throws IOException;

  /** How often results were voided so far; part of what is signed. */
  int attempt() throws IOException;

  /** The accepted result before an epoch, however many were skipped in between. */
  Optional<AcceptedResult> resultBefore(EpochNumber epoch) throws IOException;

  /** The accepted result of an epoch; empty if there is none. */
  Optional<AcceptedResult> result(EpochNumber epoch) throws IOException;

  /**
   * All that the chain says about an epoch, and about skipped ones that its result covers.
   *
   * @return empty as long as its commit deadline has not passed, its close block is not final, the
   *     epoch before has no result and is not skipped, or void results are not rolled back yet
   */
  Optional<ResultPlan> plan(EpochNumber epoch) throws IOException;

  /** The indexes that count in an epoch; empty as long as more may come. */
  Optional<List<PostedIndex>> inputs(EpochNumber epoch) throws IOException;

  boolean isCommitted(EpochNumber epoch, AccountId gateway, Hash index) throws IOException;

  /** Posts a certified index and waits until it is in a block; signatures by signer. */
  void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, SortedMap<AccountId, Bytes> signatures)
      throws IOException;

  /** Submits a result and waits until it is in a block; signatures by signer. */
  void submit(EpochStatement statement, SortedMap<AccountId, Bytes> signatures) throws IOException;

  /** The signatures that an epoch's result was accepted with; none if they cannot be read. */
  List<SignedStatement> signatures(EpochNumber epoch) throws IOException;

  /**
   * Proves that one verifier signed two statements about the same, and waits until that is in a
   * block.
   *
   * @return false if the contract refuses: it was proved before, or nothing is left to take
   */
  boolean proveEquivocation(SignedStatement first, SignedStatement second) throws IOException;

  /** From this Unix second on an epoch without a result may be given up. */
  long skippableAt(EpochNumber epoch);

  /** The verifiers of whom presence in an epoch without a result was posted. */
  Set<AccountId> present(EpochNumber epoch) throws IOException;

  /** Posts presence in the next epoch; signatures by signer. */
  void present(EpochNumber epoch, SortedMap<AccountId, Bytes> signatures) throws IOException;

  /** Gives the next epoch up, unless somebody did or it has a result now. */
  void skip(EpochNumber epoch) throws IOException;

  /** Whether the last accepted result is void and not taken back yet. */
  boolean isRollbackDue() throws IOException;

  /** Takes the last accepted result back, which is void. */
  void rollBack() throws IOException;

  /** The epoch of the newest final result. */
  Optional<EpochNumber> finalised() throws IOException;

  /** Whether a result could become final now. */
  boolean isFinalityDue() throws IOException;

  /** Makes results final, as many as can be. */
  void finalise() throws IOException;

  /** The epochs with a result, from the first on, as far as one page goes. */
  default List<AcceptedResult> results(EpochNumber from, int max) throws IOException {
    java.util.ArrayList<AcceptedResult> found = new java.util.ArrayList<>();
    EpochNumber epoch = from;
    EpochNumber next = nextEpoch();
    while (found.size() < max && epoch.compareTo(next) < 0) {
      result(epoch).ifPresent(found::add);
      epoch = epoch.next();
    }
    return List.copyOf(found);
  }
}
