package org.groundwork.engine.segment;

import java.util.Comparator;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.Sha256;

/** What the records of a segment are sorted by. */
record RecordKey(long device, Sequence sequence, Hash report) implements Comparable<RecordKey> {
  /** Below every key of a record, since devices are numbered from 1. */
  static final RecordKey LOWEST = new RecordKey(0, new Sequence(0), Hash.ZERO);

  private static final Comparator<RecordKey> ORDER =
      Comparator.comparingLong(RecordKey::device)
          .thenComparing(RecordKey::sequence)
          .thenComparing(RecordKey::report);

  static RecordKey of(Report report) throws Malformed {
    ReportBody body = report.parse();
    Hash hash = Sha256.hash(report.body().unsafeArray());
    return new RecordKey(body.device().value(), body.sequence(), hash);
  }

  @Override
  public int compareTo(RecordKey other) {
    return ORDER.compare(this, other);
  }
}
