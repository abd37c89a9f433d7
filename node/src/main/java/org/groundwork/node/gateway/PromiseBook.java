package org.groundwork.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;

/**
 * The reports of the open epochs and where they stand, so that a second copy is only answered. One
 * thread adds, any may ask.
 */
final class PromiseBook {
  private final ConcurrentSkipListMap<EpochNumber, Epoch> epochs = new ConcurrentSkipListMap<>();

  void add(EpochNumber epoch, CommittedBatch batch) {
    epochs.computeIfAbsent(epoch, _ -> new Epoch()).add(batch);
  }

  Optional<Promise> find(EpochNumber epoch, Hash report) {
    Epoch book = epochs.get(epoch);
    return book == null ? Optional.empty() : book.find(report);
  }

  int size(EpochNumber epoch) {
    Epoch book = epochs.get(epoch);
    return book == null ? 0 : book.size.get();
  }

  void forgetBefore(EpochNumber epoch) {
    epochs.headMap(epoch).clear();
  }

  private static final class Epoch {
    private static final int SHARDS = 256;

    private final List<Shard> shards = new ArrayList<>(SHARDS);
    private final AtomicInteger size = new AtomicInteger();

    Epoch() {
      for (int i = 0; i < SHARDS; i++) {
        shards.add(new Shard());
      }
    }

    void add(CommittedBatch batch) {
      int added = 0;
      for (int i = 0; i < batch.size(); i++) {
        Hash report = batch.report(i);
        added += shard(report).putIfAbsent(report, batch, i) ? 1 : 0;
      }
      size.addAndGet(added);
    }

    Optional<Promise> find(Hash report) {
      return shard(report).find(report);
    }

    private Shard shard(Hash report) {
      return shards.get(report.bytes().get(Hash.SIZE - 1) & 0xFF);
    }
  }

  /**
   * A part of an epoch's table, small enough that its growth holds nobody up: open addressing with
   * linear probing by the hash's first bits, which are kept beside, so that a miss touches one
   * place of memory. Whoever grinds hashes that collide pays more than the few comparisons that
   * they cost.
   */
  private static final class Shard {
    private static final int FIRST_CAPACITY = 16;

    /** First bits of what stands in a place; 0 where nothing does. */
    private int[] marks = new int[FIRST_CAPACITY];

    private CommittedBatch[] batches = new CommittedBatch[FIRST_CAPACITY];
    private int[] indexes = new int[FIRST_CAPACITY];
    private int used;

    synchronized boolean putIfAbsent(Hash report, CommittedBatch batch, int index) {
      int mark = mark(report);
      int place = placeOf(report, mark);
      if (marks[place] != 0) {
        return false;
      }
      set(place, mark, batch, index);
      used++;
      if (2 * used > marks.length) {
        grow();
      }
      return true;
    }

    Optional<Promise> find(Hash report) {
      CommittedBatch batch;
      int index;
      synchronized (this) {
        int place = placeOf(report, mark(report));
        if (marks[place] == 0) {
          return Optional.empty();
        }
        batch = batches[place];
        index = indexes[place];
      }
      return Optional.of(batch.promise(index));
    }

    /** Where the report stands, or the free place that it would take. */
    private int placeOf(Hash report, int mark) {
      int mask = marks.length - 1;
      int place = mark & mask;
      while (marks[place] != 0
          && !(marks[place] == mark && batches[place].isAt(indexes[place], report))) {
        place = (place + 1) & mask;
      }
      return place;
    }

    private void set(int place, int mark, CommittedBatch batch, int index) {
      marks[place] = mark;
      batches[place] = batch;
      indexes[place] = index;
    }

    private static int mark(Hash report) {
      byte[] bytes = report.bytes().unsafeArray();
      int mark =
          (bytes[0] & 0xFF) << 24
              | (bytes[1] & 0xFF) << 16
              | (bytes[2] & 0xFF) << 8
              | (bytes[3] & 0xFF);
      return mark == 0 ? 1 : mark;
    }

    private void grow() {
      int[] oldMarks = marks;
      CommittedBatch[] oldBatches = batches;
      int[] oldIndexes = indexes;
      marks = new int[2 * oldMarks.length];
      batches = new CommittedBatch[marks.length];
      indexes = new int[marks.length];
      int mask = marks.length - 1;
      for (int i = 0; i < oldMarks.length; i++) {
        if (oldMarks[i] != 0) {
          int place = oldMarks[i] & mask;
          while (marks[place] != 0) {
            place = (place + 1) & mask;
          }
          set(place, oldMarks[i], oldBatches[i], oldIndexes[i]);
        }
      }
    }
  }
}
