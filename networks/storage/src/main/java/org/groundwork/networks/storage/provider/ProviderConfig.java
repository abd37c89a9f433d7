package org.groundwork.networks.storage.provider;

import java.time.Duration;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.protocol.Credits;

/**
 * What an operator sets.
 *
 * @param address to listen on
 * @param room how much is taken in
 * @param offer what customers are asked for
 * @param waits how long something half done is waited for
 * @param scrubbing how the data at rest is read again
 * @param store disks, trash, lines and price tags
 */
public record ProviderConfig(
    Address address, Room room, Offer offer, Waits waits, Scrubbing scrubbing, StoreConfig store) {
  private static final long GIB = 1L << 30;

  /**
   * Where to listen.
   *
   * @param port 0 takes any that is free
   */
  public record Address(String host, int port) {}

  /**
   * How much is taken in.
   *
   * @param capacityBytes most bytes of pieces and their trees
   * @param keepFreeBytes what the file system must have left after an upload
   * @param maxPieceBytes largest piece that is taken
   * @param maxUploads at once
   */
  public record Room(long capacityBytes, long keepFreeBytes, long maxPieceBytes, int maxUploads) {
    public Room {
      require(capacityBytes >= 0 && keepFreeBytes >= 0 && maxPieceBytes > 0 && maxUploads > 0);
    }
  }

  /**
   * What customers are asked for.
   *
   * @param ratePerGiBSlot least credits for storing a GiB for a slot
   * @param egressPerGiB credits for reading a GiB
   * @param unsignedAllowance what one payer may have read beyond his vouchers
   * @param maxDealSlots how far ahead a deal may end
   */
  public record Offer(
      Credits ratePerGiBSlot, Credits egressPerGiB, Credits unsignedAllowance, long maxDealSlots) {
    public Offer {
      require(maxDealSlots > 0);
    }

    /** The same at other prices for a GiB and slot, and for a GiB read. */
    public Offer at(Credits rate, Credits egress) {
      return new Offer(rate, egress, unsignedAllowance, maxDealSlots);
    }
  }

  /**
   * How long something half done is waited for.
   *
   * @param unclaimed how long an uploaded piece is kept without a deal
   * @param promise how long an answer to a deal waits for a gateway's promise
   */
  public record Waits(Duration unclaimed, Duration promise) {}

  /**
   * How the data at rest is read again.
   *
   * @param bytesPerSecond how fast
   * @param every time from one whole scrub to the next
   */
  public record Scrubbing(long bytesPerSecond, Duration every) {
    public Scrubbing {
      require(bytesPerSecond > 0);
    }
  }

  private static void require(boolean sensible) {
    if (!sensible) {
      throw new IllegalArgumentException("not the configuration of a provider");
    }
  }

  /** A provider on loopback that asks the network's prices. */
  public static ProviderConfig of(StorageParameters parameters, long capacityBytes) {
    return new ProviderConfig(
        new Address("127.0.0.1", 0),
        new Room(capacityBytes, 64L << 20, GIB, 16),
        new Offer(
            parameters.minimumRatePerGiBSlot(),
            parameters.egressPricePerGiB(),
            new Credits(parameters.egressPricePerGiB().value().shiftRight(10)),
            60L * 24 * 400),
        new Waits(Duration.ofMinutes(30), Duration.ofSeconds(20)),
        new Scrubbing(50L << 20, Duration.ofHours(24)),
        StoreConfig.DEFAULT);
  }

  /** The same on another address. */
  public ProviderConfig listening(String host, int port) {
    return new ProviderConfig(new Address(host, port), room, offer, waits, scrubbing, store);
  }

  public ProviderConfig with(Room other) {
    return new ProviderConfig(address, other, offer, waits, scrubbing, store);
  }

  public ProviderConfig with(Offer other) {
    return new ProviderConfig(address, room, other, waits, scrubbing, store);
  }

  public ProviderConfig with(Waits other) {
    return new ProviderConfig(address, room, offer, other, scrubbing, store);
  }

  public ProviderConfig with(StoreConfig other) {
    return new ProviderConfig(address, room, offer, waits, scrubbing, other);
  }
}
