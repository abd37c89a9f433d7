package org.groundwork.engine.index;

import java.util.List;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.Hash;

/**
 * One segment in an index.
 *
 * @param size canonical bytes, for those who fetch; no verdict rests on it
 * @param records likewise
 * @param signatures strictly ascending by verifier
 */
public record IndexEntry(Hash segment, int size, int records, List<SlotSignature> signatures) {
  /** The most signatures of an entry: verifiers of a deployment. */
  public static final int MAX_SIGNATURES = 512;

  public IndexEntry {
    signatures = List.copyOf(signatures);
    if (size < 1 || size > Segment.MAX_SIZE || records < 1 || records > Segment.MAX_RECORDS) {
      throw new IllegalArgumentException(
          "a segment of " + size + " bytes and " + records + " records");
    }
    if (signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException(signatures.size() + " signatures");
    }
    for (int i = 1; i < signatures.size(); i++) {
      if (signatures.get(i - 1).verifier().compareTo(signatures.get(i).verifier()) >= 0) {
        throw new IllegalArgumentException("signatures are not ascending by verifier");
      }
    }
  }
}
