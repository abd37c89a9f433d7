package org.groundwork.engine.local;

import java.util.List;
import java.util.PriorityQueue;
import org.groundwork.engine.facts.SegmentFacts;
import org.jspecify.annotations.Nullable;

/**
 * The records of a range of devices from all segments, ascending by device, sequence, report hash
 * and the segment's rank: a k-way merge.
 */
final class RecordMerge {
  /** Above every device. */
  static final long NO_DEVICE = Long.MAX_VALUE;

  private final PriorityQueue<Cursor> cursors = new PriorityQueue<>();

  /** A merge from device {@code from} up to, not including, {@code to}. */
  RecordMerge(List<InputSegment> segments, long from, long to) {
    for (InputSegment segment : segments) {
      Cursor cursor = new Cursor(segment, from, to);
      if (cursor.hasRecord()) {
        cursors.add(cursor);
      }
    }
  }

  /** The device of the next record; {@link #NO_DEVICE} after the last one. */
  long device() {
    Cursor first = cursors.peek();
    return first == null ? NO_DEVICE : first.device;
  }

  /** The next record if it is of this device. */
  @Nullable Placed next(long device) {
    if (device() != device) {
      return null;
    }
    Cursor first = cursors.remove();
    Placed placed = new Placed(first.segment, first.record);
    first.advance();
    if (first.hasRecord()) {
      cursors.add(first);
    }
    return placed;
  }

  private static final class Cursor implements Comparable<Cursor> {
    private final InputSegment segment;
    private final SegmentFacts facts;
    private final int end;
    private int record;
    private long device;

    Cursor(InputSegment segment, long from, long to) {
      this.segment = segment;
      this.facts = segment.facts();
      this.record = facts.firstOf(from);
      this.end = facts.firstOf(to);
      load();
    }

    boolean hasRecord() {
      return record < end;
    }

    void advance() {
      record++;
      load();
    }

    private void load() {
      device = hasRecord() ? facts.device(record) : NO_DEVICE;
    }

    @Override
    public int compareTo(Cursor other) {
      int order = Long.compare(device, other.device);
      if (order == 0) {
        order = SegmentFacts.compare(facts, record, other.facts, other.record);
      }
      return order == 0 ? Integer.compare(segment.rank(), other.segment.rank()) : order;
    }
  }
}
