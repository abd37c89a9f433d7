package org.groundwork.protocol.crypto;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cache of at most about two generations of entries. Reads take no lock; when the young
 * generation is full, the old one is dropped, and what is still in use moves over on its next read.
 */
final class BoundedCache<K, V> {
  private final int generation;
  private final Function<K, V> make;
  private volatile Map<K, V> young = new ConcurrentHashMap<>();
  private volatile Map<K, V> old = new ConcurrentHashMap<>();

  BoundedCache(int generation, Function<K, V> make) {
    if (generation < 1) {
      throw new IllegalArgumentException("a generation has at least one entry");
    }
    this.generation = generation;
    this.make = make;
  }

  V get(K key) {
    V value = young.get(key);
    if (value != null) {
      return value;
    }
    V before = old.get(key);
    V found = before != null ? before : make.apply(key);
    put(key, found);
    return found;
  }

  int size() {
    return young.size() + old.size();
  }

  private synchronized void put(K key, V value) {
    if (young.size() >= generation) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    young.put(key, value);
  }
}
