package org.groundwork.engine.steps;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.groundwork.engine.facts.SegmentFacts;

/**
 * The records of a range of devices from all segments, ascending by device, sequence, report hash
 * and the segment's rank: a k-way merge.
 */
public final class RecordMerge {
  /** Above every device. */
  public static final long NO_DEVICE = Long.MAX_VALUE;

  private final PriorityQueue<Cursor> cursors = new PriorityQueue<>();

  /** A merge from device {@code from} up to, not including, {@code to}. */
  public RecordMerge(EpochInputs inputs, long from, long to) {
    for (InputSegment segment : inputs.segments()) {
      Cursor cursor = new Cursor(segment, inputs.facts().get(segment.rank()), from, to);
      if (cursor.hasRecord()) {
        cursors.add(cursor);
      }
    }
  }

  /** The device of the next record; {@link #NO_DEVICE} after the last one. */
  public long device() {
    Cursor first = cursors.peek();
    return first == null ? NO_DEVICE : first.device;
  }

  /** The records of a device that are next; none if the next are of another. */
  public Iterator<Placed> of(long device) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return device() == device;
      }

      @Override
      public Placed next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more records of device " + device);
        }
        return take();
      }
    };
  }

  private Placed take() {
    Cursor first = cursors.remove();
    Placed placed = new Placed(first.segment, first.facts, first.record);
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

    Cursor(InputSegment segment, SegmentFacts facts, long from, long to) {
      this.segment = segment;
      this.facts = facts;
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
