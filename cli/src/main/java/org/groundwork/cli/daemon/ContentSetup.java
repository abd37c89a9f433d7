package org.groundwork.cli.daemon;

import java.util.List;

/**
 * What a customer's gateway serves beside S3; without this file, nothing.
 *
 * @param host address to listen on
 * @param port port to listen on
 * @param ipfsBuckets buckets whose objects everybody may read by their CIDs
 * @param ipfsProfile how objects become DAGs
 * @param ipfsSeconds time between two looks for new objects
 * @param permanent whether data items are taken and kept for ever
 * @param permanentBucket where they are kept
 * @param declineBasisPoints by which the price of storage is assumed to fall in a year
 * @param marginBasisPoints on top of the price
 * @param overheadBytes that each item is counted to take beside its own
 * @param freeBytes items of at most so many bytes cost nothing
 * @param maxItemBytes of an item
 * @param maxSpoolBytes of chunks that wait for the rest
 * @param renewSeconds time between two payments from the endowment
 */
public record ContentSetup(
    String host,
    int port,
    List<String> ipfsBuckets,
    String ipfsProfile,
    long ipfsSeconds,
    boolean permanent,
    String permanentBucket,
    int declineBasisPoints,
    int marginBasisPoints,
    long overheadBytes,
    long freeBytes,
    long maxItemBytes,
    long maxSpoolBytes,
    long renewSeconds) {
  public static final String FILE = "content.json";

  public ContentSetup {
    ipfsBuckets = List.copyOf(ipfsBuckets);
  }

  /**
   * What is usual: the bucket {@code public} is public; the price of storage falls by half a
   * percent a year, as Arweave assumes, and a tenth is on top.
   */
  public static ContentSetup standard(String host, int port) {
    return new ContentSetup(
        host,
        port,
        List.of("public"),
        "unixfs-v1-2025",
        5,
        true,
        "permanent",
        50,
        1000,
        4096,
        100 << 10,
        10L << 30,
        20L << 30,
        3600);
  }
}
