package org.groundwork.networks.storage.customer;

import java.util.concurrent.atomic.LongAdder;

/** What a customer has done since its start. */
public final class Progress {
  final LongAdder storedBytes = new LongAdder();
  final LongAdder readBytes = new LongAdder();
  final LongAdder placedPieces = new LongAdder();
  final LongAdder placedBytes = new LongAdder();
  final LongAdder fetchedPieces = new LongAdder();
  final LongAdder fetchedBytes = new LongAdder();
  final LongAdder damagedPieces = new LongAdder();
  final LongAdder failedRequests = new LongAdder();
  final LongAdder hedgedRequests = new LongAdder();
  final LongAdder repairedPieces = new LongAdder();

  /**
   * The counters at one moment.
   *
   * @param damagedPieces pieces that came and were not what their commitment says
   * @param hedgedRequests further providers that were asked because others were slow
   */
  public record Snapshot(
      long storedBytes,
      long readBytes,
      long placedPieces,
      long placedBytes,
      long fetchedPieces,
      long fetchedBytes,
      long damagedPieces,
      long failedRequests,
      long hedgedRequests,
      long repairedPieces) {}

  Snapshot snapshot() {
    return new Snapshot(
        storedBytes.sum(),
        readBytes.sum(),
        placedPieces.sum(),
        placedBytes.sum(),
        fetchedPieces.sum(),
        fetchedBytes.sum(),
        damagedPieces.sum(),
        failedRequests.sum(),
        hedgedRequests.sum(),
        repairedPieces.sum());
  }
}
