package org.groundwork.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;

/**
 * The reports of the open epochs and where they stand, so that a second copy is only answered. One
 * thread adds, any may ask.
 */
final class PromiseBook {
  private final ConcurrentSkipListMap<EpochNumber, Epoch> epochs = new ConcurrentSkipListMap<>();

  /**
   * Notes where a report stands, unless it stands somewhere already.
   *
   * @return where it stood before
   */
  Optional<Answer.Promised> putIfAbsent(
      EpochNumber epoch, Hash report, GroupCommit commit, int index) {
    return epochs.computeIfAbsent(epoch, _ -> new Epoch()).putIfAbsent(report, commit, index);
  }

  /** Where a report stands that is durable. */
  Optional<Answer.Promised> find(EpochNumber epoch, Hash report) {
    Epoch book = epochs.get(epoch);
    return book == null ? Optional.empty() : book.find(report);
  }

  /** Takes out what did not become durable. */
  void remove(EpochNumber epoch, GroupCommit commit) {
    Epoch book = epochs.get(epoch);
    if (book != null) {
      book.remove(commit);
    }
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

    Optional<Answer.Promised> putIfAbsent(Hash report, GroupCommit commit, int index) {
      Optional<Answer.Promised> before = shard(report).putIfAbsent(report, commit, index);
      if (before.isEmpty()) {
        size.incrementAndGet();
      }
      return before;
    }

    Optional<Answer.Promised> find(Hash report) {
      return shard(report).find(report).filter(Answer.Promised::isDurable);
    }

    void remove(GroupCommit commit) {
      shards.forEach(shard -> size.addAndGet(-shard.remove(commit)));
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

    private GroupCommit[] commits = new GroupCommit[FIRST_CAPACITY];
    private int[] indexes = new int[FIRST_CAPACITY];
    private int used;

    synchronized Optional<Answer.Promised> putIfAbsent(Hash report, GroupCommit commit, int index) {
      int mark = mark(report);
      int place = placeOf(report, mark);
      if (marks[place] != 0) {
        return Optional.of(new Answer.Promised(commits[place], indexes[place]));
      }
      set(place, mark, commit, index);
      used++;
      if (2 * used > marks.length) {
        rehash(2 * marks.length, Optional.empty());
      }
      return Optional.empty();
    }

    synchronized Optional<Answer.Promised> find(Hash report) {
      int place = placeOf(report, mark(report));
      return marks[place] == 0
          ? Optional.empty()
          : Optional.of(new Answer.Promised(commits[place], indexes[place]));
    }

    /** How many were removed. */
    synchronized int remove(GroupCommit commit) {
      int before = used;
      rehash(marks.length, Optional.of(commit));
      return before - used;
    }

    /** Where the report stands, or the free place that it would take. */
    private int placeOf(Hash report, int mark) {
      int mask = marks.length - 1;
      int place = mark & mask;
      while (marks[place] != 0
          && !(marks[place] == mark && commits[place].isAt(indexes[place], report))) {
        place = (place + 1) & mask;
      }
      return place;
    }

    private void set(int place, int mark, GroupCommit commit, int index) {
      marks[place] = mark;
      commits[place] = commit;
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

    private void rehash(int capacity, Optional<GroupCommit> without) {
      int[] oldMarks = marks;
      GroupCommit[] oldCommits = commits;
      int[] oldIndexes = indexes;
      marks = new int[capacity];
      commits = new GroupCommit[capacity];
      indexes = new int[capacity];
      used = 0;
      int mask = capacity - 1;
      for (int i = 0; i < oldMarks.length; i++) {
        if (oldMarks[i] != 0 && !(without.isPresent() && without.get() == oldCommits[i])) {
          int place = oldMarks[i] & mask;
          while (marks[place] != 0) {
            place = (place + 1) & mask;
          }
          set(place, oldMarks[i], oldCommits[i], oldIndexes[i]);
          used++;
        }
      }
    }
  }
}
