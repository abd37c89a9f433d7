package org.groundwork.engine.carry;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.rules.Carry;

/**
 * All that is kept between two epochs. Immutable.
 *
 * <p>Held as the encodings of its entries, one after the other, and a number of 8 bytes for where
 * each begins: some 90 bytes for a device that does nothing but stay active.
 */
public final class CarrySnapshot {
  public static final CarrySnapshot EMPTY = new Builder().build();

  /** Leaves that are hashed together: a power of two, so that they are a subtree. */
  private static final int SUBTREE = 1 << 12;

  private final PackedEntries entries;

  /** Takes a copy; entries must not be empty, nor longer than {@link Carry#MAX_SIZE}. */
  public CarrySnapshot(SortedMap<CarryKey, Bytes> entries) {
    Builder builder = new Builder();
    entries.forEach(builder::add);
    this.entries = builder.entries;
  }

  private CarrySnapshot(PackedEntries entries) {
    this.entries = entries;
  }

  /** Takes entries in ascending order. */
  public static final class Builder {
    private final PackedEntries entries = new PackedEntries();

    /**
     * Adds an entry above all others.
     *
     * @throws IllegalArgumentException if it is not, or is empty or too long
     */
    public Builder add(CarryKey key, Bytes value) {
      if (value.isEmpty() || value.size() > Carry.MAX_SIZE) {
        throw new IllegalArgumentException(key + " keeps " + value.size() + " bytes");
      }
      if (entries.count() > 0 && entries.compare(entries.count() - 1, key) >= 0) {
        throw new IllegalArgumentException(key + " is out of order");
      }
      entries.add(CarryFile.encode(key, value));
      return this;
    }

    /** The snapshot; nothing is added afterwards. */
    public CarrySnapshot build() {
      return new CarrySnapshot(entries);
    }
  }

  /** How many entries there are. */
  public int size() {
    return entries.count();
  }

  /** The entry at a place, from 0, in ascending order. */
  public Map.Entry<CarryKey, Bytes> entry(int index) {
    return Map.entry(entries.key(index), entries.value(index));
  }

  public CarrySpace space(int index) {
    return entries.space(index);
  }

  CarryKey key(int index) {
    return entries.key(index);
  }

  /** The encoding of an entry, as in a file. */
  Bytes encoded(int index) {
    return entries.encoded(index);
  }

  /** The place of the first entry with this key or a higher one; {@link #size} if there is none. */
  public int indexOf(CarryKey key) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.compare(middle, key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** In ascending order. */
  public void forEach(BiConsumer<CarryKey, Bytes> action) {
    for (int i = 0; i < size(); i++) {
      action.accept(entries.key(i), entries.value(i));
    }
  }

  /** In ascending order. */
  public Iterator<Map.Entry<CarryKey, Bytes>> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public Map.Entry<CarryKey, Bytes> next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more entries");
        }
        return entry(next++);
      }
    };
  }

  /** All entries as a map of their own, which takes several times the memory. Unmodifiable. */
  public SortedMap<CarryKey, Bytes> entries() {
    TreeMap<CarryKey, Bytes> map = new TreeMap<>();
    forEach(map::put);
    return Collections.unmodifiableSortedMap(map);
  }

  /** What is kept under a key; no bytes if nothing is. */
  public Bytes get(CarryKey key) {
    int index = indexOf(key);
    return index < size() && entries.compare(index, key) == 0 ? entries.value(index) : Bytes.EMPTY;
  }

  /** The {@link HashTree} root over the entries' encodings, ascending. */
  public Hash root() {
    List<Hash> subtrees =
        IntStream.range(0, Math.ceilDiv(size(), SUBTREE))
            .parallel()
            .mapToObj(this::subtree)
            .toList();
    return HashTree.root(subtrees);
  }

  private Hash subtree(int number) {
    int from = number * SUBTREE;
    return HashTree.root(
        IntStream.range(from, Math.min(from + SUBTREE, size()))
            .mapToObj(i -> HashTree.leaf(entries.encoded(i)))
            .toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CarrySnapshot snapshot && entries.equals(snapshot.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return "CarrySnapshot[" + size() + " entries]";
  }
}
