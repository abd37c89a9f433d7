package org.groundwork.networks.storage.provider;

import java.time.Duration;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.protocol.Credits;

/**
 * What an operator sets.
 *
 * @param host to listen on
 * @param port to listen on; 0 takes any that is free
 * @param capacityBytes most bytes of pieces and their trees
 * @param keepFreeBytes what the file system must have left after an upload
 * @param maxPieceBytes largest piece that is taken
 * @param ratePerGiBSlot least credits for storing a GiB for a slot
 * @param egressPerGiB credits for reading a GiB
 * @param unsignedAllowance what one payer may have read beyond his vouchers
 * @param maxDealSlots how far ahead a deal may end
 * @param unclaimed how long an uploaded piece is kept without a deal
 * @param promiseWait how long an answer to a deal waits for a gateway's promise
 * @param maxUploads at once
 * @param scrubBytesPerSecond how fast the scrubber reads
 * @param scrubEvery time from one whole scrub to the next
 * @param store disks, trash, lines and price tags
 */
public record ProviderConfig(
    String host,
    int port,
    long capacityBytes,
    long keepFreeBytes,
    long maxPieceBytes,
    Credits ratePerGiBSlot,
    Credits egressPerGiB,
    Credits unsignedAllowance,
    long maxDealSlots,
    Duration unclaimed,
    Duration promiseWait,
    int maxUploads,
    long scrubBytesPerSecond,
    Duration scrubEvery,
    StoreConfig store) {
  private static final long GIB = 1L << 30;

  public ProviderConfig {
    if (capacityBytes < 0
        || keepFreeBytes < 0
        || maxPieceBytes < 1
        || maxDealSlots < 1
        || maxUploads < 1
        || scrubBytesPerSecond < 1) {
      throw new IllegalArgumentException("not the configuration of a provider");
    }
  }

  /** A provider on loopback that asks the network's prices. */
  public static ProviderConfig of(StorageParameters parameters, long capacityBytes) {
    return new ProviderConfig(
        "127.0.0.1",
        0,
        capacityBytes,
        64L << 20,
        GIB,
        parameters.minimumRatePerGiBSlot(),
        parameters.egressPricePerGiB(),
        new Credits(parameters.egressPricePerGiB().value().shiftRight(10)),
        60L * 24 * 400,
        Duration.ofMinutes(30),
        Duration.ofSeconds(20),
        16,
        50L << 20,
        Duration.ofHours(24),
        StoreConfig.DEFAULT);
  }

  /** With one disk, in the provider's own folder. */
  public ProviderConfig(
      String host,
      int port,
      long capacityBytes,
      long keepFreeBytes,
      long maxPieceBytes,
      Credits ratePerGiBSlot,
      Credits egressPerGiB,
      Credits unsignedAllowance,
      long maxDealSlots,
      Duration unclaimed,
      Duration promiseWait,
      int maxUploads,
      long scrubBytesPerSecond,
      Duration scrubEvery) {
    this(
        host,
        port,
        capacityBytes,
        keepFreeBytes,
        maxPieceBytes,
        ratePerGiBSlot,
        egressPerGiB,
        unsignedAllowance,
        maxDealSlots,
        unclaimed,
        promiseWait,
        maxUploads,
        scrubBytesPerSecond,
        scrubEvery,
        StoreConfig.DEFAULT);
  }

  /** The same on another address. */
  public ProviderConfig listening(String newHost, int newPort) {
    return new ProviderConfig(
        newHost,
        newPort,
        capacityBytes,
        keepFreeBytes,
        maxPieceBytes,
        ratePerGiBSlot,
        egressPerGiB,
        unsignedAllowance,
        maxDealSlots,
        unclaimed,
        promiseWait,
        maxUploads,
        scrubBytesPerSecond,
        scrubEvery,
        store);
  }

  /** The same with another disk scrubbing. */
  public ProviderConfig scrubbing(long bytesPerSecond, Duration every) {
    return new ProviderConfig(
        host,
        port,
        capacityBytes,
        keepFreeBytes,
        maxPieceBytes,
        ratePerGiBSlot,
        egressPerGiB,
        unsignedAllowance,
        maxDealSlots,
        unclaimed,
        promiseWait,
        maxUploads,
        bytesPerSecond,
        every,
        store);
  }

  /** The same, keeping pieces without a deal for another time. */
  public ProviderConfig keepingUnclaimed(Duration time) {
    return new ProviderConfig(
        host,
        port,
        capacityBytes,
        keepFreeBytes,
        maxPieceBytes,
        ratePerGiBSlot,
        egressPerGiB,
        unsignedAllowance,
        maxDealSlots,
        time,
        promiseWait,
        maxUploads,
        scrubBytesPerSecond,
        scrubEvery,
        store);
  }

  /** The same with other disks, limits and price tags. */
  public ProviderConfig with(StoreConfig newStore) {
    return new ProviderConfig(
        host,
        port,
        capacityBytes,
        keepFreeBytes,
        maxPieceBytes,
        ratePerGiBSlot,
        egressPerGiB,
        unsignedAllowance,
        maxDealSlots,
        unclaimed,
        promiseWait,
        maxUploads,
        scrubBytesPerSecond,
        scrubEvery,
        newStore);
  }

  /** The same, asking other prices for a GiB and slot, and for a GiB read. */
  public ProviderConfig asking(Credits rate, Credits egress) {
    return new ProviderConfig(
        host,
        port,
        capacityBytes,
        keepFreeBytes,
        maxPieceBytes,
        rate,
        egress,
        unsignedAllowance,
        maxDealSlots,
        unclaimed,
        promiseWait,
        maxUploads,
        scrubBytesPerSecond,
        scrubEvery,
        store);
  }
}
