package org.groundwork.networks.storage.arweave;

/**
 * How a gateway keeps items.
 *
 * @param bucket where they are kept
 * @param freeBytes items of at most so many bytes cost nothing
 * @param maxItemBytes of an uploaded item
 * @param maxSpoolBytes of chunks that wait for the rest, on this machine's disk
 */
public record PermanentSettings(
    String bucket, Endowment endowment, long freeBytes, long maxItemBytes, long maxSpoolBytes) {
  public PermanentSettings {
    if (freeBytes < 0 || maxItemBytes < 1 || maxSpoolBytes < 0) {
      throw new IllegalArgumentException("sizes of permanent storage out of range");
    }
  }
}
