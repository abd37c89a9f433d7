package org.groundwork.networks.storage.customer;

import java.time.Duration;
import org.groundwork.networks.storage.erasure.Shape;

/**
 * How a customer stores.
 *
 * @param shape any {@code data} of {@code total} pieces give a stripe back
 * @param minimumPieces with fewer durable pieces of a stripe an upload fails
 * @param stripeFrames frames of a full stripe
 * @param dealSlots how long a deal lasts, in slots
 * @param parallelStripes stripes that are uploaded or downloaded at once; bounds memory
 * @param requestTimeout for one request to a provider
 * @param hedge after this long without an answer another provider is asked as well
 * @param cacheBytes most of what was read that is kept on this disk; with 0 nothing is, and what
 *     was stored is not kept in memory either
 */
public record CustomerSettings(
    Shape shape,
    int minimumPieces,
    int stripeFrames,
    long dealSlots,
    int parallelStripes,
    Duration requestTimeout,
    Duration hedge,
    long cacheBytes) {
  public CustomerSettings {
    if (minimumPieces < shape.data() || minimumPieces > shape.total()) {
      throw new IllegalArgumentException("minimum pieces must be from k to n");
    }
    if (stripeFrames < 1
        || stripeFrames > 1024
        || dealSlots < 1
        || parallelStripes < 1
        || cacheBytes < 0) {
      throw new IllegalArgumentException("settings out of range");
    }
  }

  /**
   * Fewest durable pieces with which a stripe of another shape counts: a third of what it can lose.
   */
  int minimumPieces(Shape of) {
    return of.equals(shape) ? minimumPieces : of.data() + (of.parity() + 2) / 3;
  }

  /** Any 3 of 6 pieces, stripes of 16 MiB, nothing kept on this disk. */
  public static CustomerSettings standard() {
    return new CustomerSettings(
        new Shape(3, 6), 4, 256, 43_200, 4, Duration.ofSeconds(30), Duration.ofSeconds(2), 0);
  }

  public CustomerSettings withDealSlots(long slots) {
    return new CustomerSettings(
        shape,
        minimumPieces,
        stripeFrames,
        slots,
        parallelStripes,
        requestTimeout,
        hedge,
        cacheBytes);
  }

  public CustomerSettings withCacheBytes(long bytes) {
    return new CustomerSettings(
        shape,
        minimumPieces,
        stripeFrames,
        dealSlots,
        parallelStripes,
        requestTimeout,
        hedge,
        bytes);
  }
}
