package org.groundwork.node.chain;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.groundwork.engine.ResultPlan;
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

  /** The accepted result of an epoch; empty if there is none. */
  Optional<AcceptedResult> result(EpochNumber epoch) throws IOException;

  /**
   * All that the chain says about an epoch.
   *
   * @return empty as long as its commit deadline has not passed, its close block is not final, or
   *     the epoch before has no result
   */
  Optional<ResultPlan> plan(EpochNumber epoch) throws IOException;

  boolean isCommitted(EpochNumber epoch, AccountId gateway, Hash index) throws IOException;

  /** Posts a certified index and waits until it is in a block; signatures by signer. */
  void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, SortedMap<AccountId, Bytes> signatures)
      throws IOException;

  /** Submits a result and waits until it is in a block; signatures by signer. */
  void submit(EpochStatement statement, SortedMap<AccountId, Bytes> signatures) throws IOException;

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
