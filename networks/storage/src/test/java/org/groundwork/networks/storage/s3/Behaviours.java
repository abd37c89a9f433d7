package org.groundwork.networks.storage.s3;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Behaviours by the names under which the field tests them. */
final class Behaviours {
  /** Shows one behaviour, or fails. */
  interface Check {
    void run(Talk talk) throws Exception;
  }

  private final TreeMap<String, Check> all = new TreeMap<>();

  void add(String name, Check check) {
    if (all.put("test_" + name, check) != null) {
      throw new IllegalStateException(name + " is there twice");
    }
  }

  SortedMap<String, Check> all() {
    return Collections.unmodifiableSortedMap(all);
  }
}
