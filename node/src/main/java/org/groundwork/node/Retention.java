package org.groundwork.node;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.protocol.EpochNumber;

/**
 * How long a node keeps what only disputes, audits and verifiers that were away need.
 *
 * @param keepEpochs for how many final epochs segments and all carries are kept
 * @param snapshotEpochs of so many epochs, the carry after the first with a result is kept for ever
 */
public record Retention(int keepEpochs, int snapshotEpochs) {
  /** Verifiers that were away judge this many missed epochs, less one. */
  public static final int MIN_KEEP_EPOCHS = 25;

  public static final Retention DEFAULT = new Retention(168, 24);

  public Retention {
    if (keepEpochs < MIN_KEEP_EPOCHS) {
      throw new IllegalArgumentException(
          "Files are kept for " + MIN_KEEP_EPOCHS + " epochs at least, not " + keepEpochs + ".");
    }
    if (snapshotEpochs < 1 || snapshotEpochs > keepEpochs) {
      throw new IllegalArgumentException(
          "Snapshots are every 1 to %d epochs, as long as files are kept, not every %d."
              .formatted(keepEpochs, snapshotEpochs));
    }
  }

  /**
   * The newest result that has been final for so long that only its carry is still needed: nothing
   * of its epoch, and of the skipped ones that it covers, nor of any epoch before.
   */
  public Optional<AcceptedResult> expired(EpochChain chain) throws IOException {
    Optional<EpochNumber> finalised = chain.finalised();
    if (finalised.isEmpty() || finalised.get().value() < keepEpochs) {
      return Optional.empty();
    }
    return chain.resultBefore(new EpochNumber(finalised.get().value() - keepEpochs + 1));
  }

  /** Whether the carry after an epoch is kept for ever, if that is the result before. */
  public boolean isSnapshot(EpochNumber epoch, Optional<EpochNumber> before) {
    return before.isEmpty()
        || epoch.value() / snapshotEpochs != before.get().value() / snapshotEpochs;
  }
}
