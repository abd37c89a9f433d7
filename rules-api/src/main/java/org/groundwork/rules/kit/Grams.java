package org.groundwork.rules.kit;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Fingerprints of short pieces of a series of readings: whoever sends an old series again, or
 * another's, sends the same pieces, at whatever time.
 */
public final class Grams {
  /** Readings of one piece. */
  public static final int SIZE = 8;

  /** So many of them must differ from the one before: a quiet hour looks like another. */
  public static final int MIN_CHANGES = 5;

  private Grams() {}

  /** The fingerprints of all pieces that have enough in them, in order, doubles included. */
  public static List<Integer> of(List<List<Long>> readings) {
    List<Integer> grams = new ArrayList<>();
    for (int end = SIZE; end <= readings.size(); end++) {
      List<List<Long>> piece = readings.subList(end - SIZE, end);
      if (changes(piece) >= MIN_CHANGES) {
        grams.add(fingerprint(piece));
      }
    }
    return grams;
  }

  private static int changes(List<List<Long>> piece) {
    int changes = 0;
    for (int i = 1; i < piece.size(); i++) {
      changes += piece.get(i).equals(piece.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  private static int fingerprint(List<List<Long>> piece) {
    CanonicalWriter out = new CanonicalWriter();
    for (List<Long> reading : piece) {
      out.u16(reading.size());
      reading.forEach(out::u64);
    }
    Bytes hash = Sha256.hash(out.toBytes().unsafeArray()).bytes();
    int print = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      print = print << 8 | (hash.get(i) & 0xFF);
    }
    return print;
  }
}
