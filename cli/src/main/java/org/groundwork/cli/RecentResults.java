package org.groundwork.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.PublishedResult;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;

/** Published results, the newest first. */
final class RecentResults {
  private RecentResults() {}

  /** Up to so many, from one on backwards. Those that nobody publishes any more are left out. */
  static List<PublishedResult> from(
      PublicLedger ledger, ChainState state, Optional<ChainEvent.ResultAccepted> newest, int count)
      throws IOException {
    List<PublishedResult> results = new ArrayList<>();
    Optional<ChainEvent.ResultAccepted> next = newest;
    for (int i = 0; i < count && next.isPresent(); i++) {
      try {
        results.add(ledger.result(next.get().epoch()));
      } catch (Failure gone) {
        break;
      }
      next = state.resultBefore(next.get().epoch());
    }
    return results;
  }
}
