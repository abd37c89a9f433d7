package org.groundwork.cli.up;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Credits;

/**
 * How a machine was at one moment.
 *
 * @param chain what the chain says; empty if it did not answer
 * @param credits of the machine's customer, if it has one and they could be asked
 */
record Vitals(
    Instant at,
    List<PartHealth> parts,
    Optional<ChainHealth> chain,
    Optional<CreditsLeft> credits,
    List<ProviderHealth> providers,
    DiskHealth disk) {
  Vitals {
    parts = List.copyOf(parts);
    providers = List.copyOf(providers);
  }

  /**
   * One part.
   *
   * @param pid of its process; 0 if there is none
   * @param lastExit how the process before ended; empty if none did
   * @param troubles what it says keeps it from working
   */
  record PartHealth(
      String name,
      boolean running,
      long pid,
      Instant since,
      int restarts,
      String lastExit,
      long residentBytes,
      List<String> troubles) {
    PartHealth {
      troubles = List.copyOf(troubles);
    }

    boolean isWell() {
      return running && troubles.isEmpty();
    }
  }

  /**
   * The deployment.
   *
   * @param now epoch of the clock
   * @param settled epoch of the newest result; -1 if there is none
   * @param finalised epoch of the newest final result; -1 if there is none
   * @param behind closed epochs without a result
   * @param priceDoubt why no credits are sold; empty if they are
   */
  record ChainHealth(
      long block, long now, long settled, long finalised, long behind, String priceDoubt) {}

  /**
   * What the customer can still spend.
   *
   * @param free for reservations
   * @param reserved with sellers
   * @param charged of it, by the newest final result
   */
  record CreditsLeft(Credits free, Credits reserved, Credits charged) {
    Credits left() {
      return new Credits(
          free.value()
              .add(reserved.value())
              .subtract(charged.value())
              .max(java.math.BigInteger.ZERO));
    }
  }

  /**
   * A storage provider.
   *
   * @param missed slots of the last 60 without an answer
   * @param flawed slots of the last 60 with a wrong answer
   * @param faulty slots that the newest result found wrong
   */
  record ProviderHealth(
      String name, boolean answers, long missed, long flawed, long faulty, List<String> warnings) {
    ProviderHealth {
      warnings = List.copyOf(warnings);
    }
  }

  /** The disk that holds the folder. */
  record DiskHealth(long freeBytes, long totalBytes) {}

  boolean partsAreWell() {
    return parts.stream().allMatch(PartHealth::isWell);
  }
}
