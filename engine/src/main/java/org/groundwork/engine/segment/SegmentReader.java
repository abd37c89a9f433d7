package org.groundwork.engine.segment;

import java.io.IOException;
import java.io.InputStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.Sha256;

/** Reads what {@link SegmentWriter} sealed, and nothing else. */
public final class SegmentReader {
  private SegmentReader() {}

  /**
   * Reads a stored or sent segment to the stream's end.
   *
   * @throws Malformed if it is not one, or not the one with this address
   */
  public static Segment read(Hash expected, InputStream compressed) throws IOException, Malformed {
    byte[] content = compressed.readNBytes(Frames.MAX_COMPRESSED + 1);
    if (content.length > Frames.MAX_COMPRESSED) {
      throw new Malformed("more compressed bytes than a segment can have");
    }
    return read(expected, Bytes.wrap(content));
  }

  public static Segment read(Hash expected, Bytes compressed) throws Malformed {
    Bytes canonical = Frames.decompress(compressed, Segment.MAX_SIZE);
    Hash hash = Sha256.hash(canonical.unsafeArray());
    if (!hash.equals(expected)) {
      throw new Malformed("segment " + hash + " instead of " + expected);
    }
    return parse(canonical, hash);
  }

  /** Reads canonical bytes. */
  public static Segment parse(Bytes canonical) throws Malformed {
    return parse(canonical, Sha256.hash(canonical.unsafeArray()));
  }

  private static Segment parse(Bytes canonical, Hash hash) throws Malformed {
    if (canonical.size() > Segment.MAX_SIZE) {
      throw new Malformed("a segment of " + canonical.size() + " bytes");
    }
    CanonicalReader in = new CanonicalReader(canonical);
    SegmentHeader header = SegmentHeader.read(in);
    long count = in.u32();
    if (count < 1 || count > Segment.MAX_RECORDS) {
      throw new Malformed("a segment of " + count + " records");
    }
    int[] offsets = new int[(int) count + 1];
    RecordKey previous = RecordKey.LOWEST;
    for (int i = 0; i < count; i++) {
      offsets[i] = canonical.size() - in.remaining();
      RecordKey key = RecordKey.of(Report.read(in));
      if (previous.compareTo(key) >= 0) {
        throw new Malformed("record " + i + " is out of order or repeated");
      }
      previous = key;
    }
    in.end();
    offsets[(int) count] = canonical.size();
    return new Segment(header, canonical, hash, offsets);
  }
}
