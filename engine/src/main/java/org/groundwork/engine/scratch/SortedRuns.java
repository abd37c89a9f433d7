package org.groundwork.engine.scratch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.groundwork.protocol.Bytes;

/**
 * Sorts pairs of a key and a value, by key and then by value, as unsigned bytes: an external merge
 * sort. Memory is a buffer for each thread that adds, and a piece of each run while runs are
 * merged.
 */
public final class SortedRuns {
  /** Bytes that one thread gathers before it sorts and writes them. */
  public static final int BUFFER = 16 << 20;

  /** Bytes that are written to a file at once. */
  private static final int SPILL = 1 << 18;

  private final Scratch scratch;
  private final int buffer;
  private final Deque<Writer> idle = new ArrayDeque<>();
  private final List<Run> runs = new ArrayList<>();

  public SortedRuns(Scratch scratch) {
    this(scratch, BUFFER);
  }

  SortedRuns(Scratch scratch, int buffer) {
    this.scratch = scratch;
    this.buffer = buffer;
  }

  /** A pair. */
  public record Entry(Bytes key, Bytes value) {}

  /** Takes pairs from one thread at a time; to be closed before anything is read. */
  public final class Writer implements AutoCloseable {
    private final Block block = new Block();

    private Writer() {}

    public void add(Bytes key, Bytes value) {
      if (block.size() + value.size() + key.size() > buffer && !block.isEmpty()) {
        spill();
      }
      block.add(key.unsafeArray(), value.unsafeArray());
    }

    private void spill() {
      ScratchFile file = new ScratchFile(scratch, SPILL);
      Run run = block.write(file);
      file.finish();
      block.clear();
      synchronized (runs) {
        runs.add(run);
      }
    }

    /** Keeps what is in the buffer for who writes next. */
    @Override
    public void close() {
      synchronized (runs) {
        idle.push(this);
      }
    }
  }

  /** A writer for this thread, with the buffer of one that was closed if there is one. */
  public Writer writer() {
    synchronized (runs) {
      return idle.isEmpty() ? new Writer() : idle.pop();
    }
  }

  /** Sorts what is left; no more are added. */
  public SortedRuns finish() {
    synchronized (runs) {
      int tail = runs.isEmpty() ? 2 * buffer : SPILL;
      for (Writer writer : idle) {
        if (!writer.block.isEmpty()) {
          ScratchFile file = new ScratchFile(scratch, tail);
          runs.add(writer.block.write(file));
          file.finish();
        }
      }
      idle.clear();
    }
    return this;
  }

  /** All pairs, ascending. */
  public Iterator<Entry> all() {
    return range(Bytes.EMPTY, Bytes.EMPTY);
  }

  /**
   * Those with keys from {@code from} up to, not including, {@code to}, which may be empty: all.
   */
  public Iterator<Entry> range(Bytes from, Bytes to) {
    return new Merge(runs, from, to);
  }

  /** Some keys that cut all pairs into about equal parts, ascending and unequal. */
  public List<Bytes> cuts(int parts) {
    List<Bytes> sample = new ArrayList<>();
    runs.forEach(run -> sample.addAll(run.marks));
    sample.sort(null);
    List<Bytes> cuts = new ArrayList<>();
    for (int i = 1; i < parts && !sample.isEmpty(); i++) {
      Bytes cut = sample.get((int) ((long) sample.size() * i / parts));
      if (cuts.isEmpty() || cuts.getLast().compareTo(cut) < 0) {
        cuts.add(cut);
      }
    }
    return cuts;
  }

  /**
   * Pairs that one writer sorted.
   *
   * @param marks the key of the pair at each of {@code places}
   */
  record Run(ScratchFile file, List<Bytes> marks, List<Long> places) {
    /** A place before the first pair with this key or a higher one. */
    long placeOf(Bytes key) {
      int low = 0;
      int high = marks.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (marks.get(middle).compareTo(key) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low == 0 ? 0 : places.get(low - 1);
    }
  }

  /** One run on its way through a merge. */
  private static final class Cursor implements Comparable<Cursor> {
    private final Window window;
    private int key;
    private int keySize;
    private int value;
    private int valueSize;

    Cursor(Run run, Bytes from) {
      window = new Window(run.file(), run.placeOf(from), run.file().size());
    }

    boolean advance() {
      if (!window.has()) {
        return false;
      }
      keySize = window.readInt();
      valueSize = window.readInt();
      key = window.take(keySize + valueSize);
      value = key + keySize;
      return true;
    }

    boolean isBelow(Bytes bound) {
      byte[] other = bound.unsafeArray();
      return Arrays.compareUnsigned(window.content(), key, key + keySize, other, 0, other.length)
          < 0;
    }

    Entry entry() {
      return new Entry(
          Bytes.wrap(window.copy(key, keySize)), Bytes.wrap(window.copy(value, valueSize)));
    }

    @Override
    public int compareTo(Cursor other) {
      byte[] mine = window.content();
      byte[] theirs = other.window.content();
      int order =
          Arrays.compareUnsigned(
              mine, key, key + keySize, theirs, other.key, other.key + other.keySize);
      return order == 0
          ? Arrays.compareUnsigned(
              mine, value, value + valueSize, theirs, other.value, other.value + other.valueSize)
          : order;
    }
  }

  private static final class Merge implements Iterator<Entry> {
    private final PriorityQueue<Cursor> cursors = new PriorityQueue<>();
    private final Bytes to;

    Merge(List<Run> runs, Bytes from, Bytes to) {
      this.to = to;
      for (Run run : runs) {
        Cursor cursor = new Cursor(run, from);
        boolean has = cursor.advance();
        while (has && cursor.isBelow(from)) {
          has = cursor.advance();
        }
        if (has) {
          cursors.add(cursor);
        }
      }
    }

    @Override
    public boolean hasNext() {
      Cursor first = cursors.peek();
      return first != null && (to.isEmpty() || first.isBelow(to));
    }

    @Override
    public Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no more pairs");
      }
      Cursor first = cursors.remove();
      Entry entry = first.entry();
      if (first.advance()) {
        cursors.add(first);
      }
      return entry;
    }
  }
}
