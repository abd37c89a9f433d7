package org.groundwork.node.verifier;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.SegmentClock;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.BrokenPromise;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.crypto.AccountKey;

/** Says of a gateway's promise that it was broken, after a look at every input of its epoch. */
public final class PromiseCheck {
  private final AccountKey key;
  private final EpochChain chain;
  private final Library library;
  private final FactsStore facts;

  /** A check reads all of an epoch's records: one at a time. */
  private final Semaphore checking = new Semaphore(1);

  PromiseCheck(AccountKey key, EpochChain chain, Library library, FactsStore facts) {
    this.key = key;
    this.chain = chain;
    this.library = library;
    this.facts = facts;
  }

  /**
   * Signs that a promise was broken.
   *
   * @throws ApiException MALFORMED if the promise is not genuine, FORBIDDEN if its gateway had no
   *     stake then, NOT_YET before the commit deadline is final, PROMISE_KEPT if the report is
   *     there, BUSY while another promise is checked
   * @throws IOException if an input cannot be had: nothing is signed then
   */
  public BrokenPromise check(Promise promise) throws ApiException, IOException {
    if (!promise.isGenuine(chain.domain())) {
      throw new ApiException(ApiError.MALFORMED, "The gateway did not give this promise.");
    }
    long slots = chain.schedule().slotsPerEpoch();
    if (promise.slot().value() / slots > chain.nextEpoch().value()) {
      throw new ApiException(ApiError.NOT_YET);
    }
    EpochNumber epoch = chain.schedule().epochOf(promise.slot());
    Optional<List<PostedIndex>> inputs = chain.inputs(epoch);
    if (inputs.isEmpty()) {
      throw new ApiException(ApiError.NOT_YET);
    }
    if (!chain.gateways(epoch).contains(promise.gateway())) {
      throw new ApiException(ApiError.FORBIDDEN);
    }
    if (!checking.tryAcquire()) {
      throw new ApiException(ApiError.BUSY);
    }
    try {
      if (stands(promise.report(), epoch, inputs.get())) {
        throw new ApiException(ApiError.PROMISE_KEPT);
      }
    } finally {
      checking.release();
    }
    return BrokenPromise.sign(chain.domain(), epoch, promise.gateway(), promise.report(), key);
  }

  private boolean stands(Hash report, EpochNumber epoch, List<PostedIndex> inputs)
      throws IOException {
    SegmentClock clock = new SegmentClock(chain.domain(), epoch, chain.verifiers(epoch).stakes());
    for (PostedIndex posted : inputs) {
      AccountId gateway = posted.gateway();
      SegmentIndex index = library.index(epoch, gateway, posted.index());
      for (IndexEntry entry : index.entries()) {
        if (clock.slotOf(gateway, entry.segment(), entry.signatures()).isPresent()) {
          library.ensureSegment(epoch, gateway, entry.segment());
          if (contains(facts.facts(entry.segment()), report)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean contains(SegmentFacts segment, Hash report) {
    for (int record = 0; record < segment.count(); record++) {
      if (segment.report(record).equals(report)) {
        return true;
      }
    }
    return false;
  }
}
