package org.groundwork.engine.carry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.rules.Carry;

/** All that is kept between two epochs. Immutable. */
public final class CarrySnapshot {
  public static final CarrySnapshot EMPTY = new CarrySnapshot(new TreeMap<>());

  private final SortedMap<CarryKey, Bytes> entries;

  /** Takes a copy; entries must not be empty, nor longer than {@link Carry#MAX_SIZE}. */
  public CarrySnapshot(SortedMap<CarryKey, Bytes> entries) {
    this.entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    for (Map.Entry<CarryKey, Bytes> entry : entries.entrySet()) {
      if (entry.getValue().isEmpty() || entry.getValue().size() > Carry.MAX_SIZE) {
        throw new IllegalArgumentException(
            entry.getKey() + " keeps " + entry.getValue().size() + " bytes");
      }
    }
  }

  /** Unmodifiable, ascending. */
  public SortedMap<CarryKey, Bytes> entries() {
    return entries;
  }

  /** What is kept under a key; no bytes if nothing is. */
  public Bytes get(CarryKey key) {
    return entries.getOrDefault(key, Bytes.EMPTY);
  }

  /** The {@link HashTree} root over the entries' encodings, ascending. */
  public Hash root() {
    List<Hash> leaves = new ArrayList<>(entries.size());
    entries.forEach((key, value) -> leaves.add(HashTree.leaf(CarryFile.encode(key, value))));
    return HashTree.root(leaves);
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
    return "CarrySnapshot[" + entries.size() + " entries]";
  }
}
