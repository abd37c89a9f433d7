package org.groundwork.networks.storage.s3;

import java.util.ArrayList;
import java.util.List;

/**
 * One page of a bucket's versions.
 *
 * @param nextKey where the next page goes on, with {@code nextId}
 */
record VersionPage(
    List<Entry> versions,
    List<String> commonPrefixes,
    boolean truncated,
    String nextKey,
    String nextId) {

  /** A version, or a mark of deletion. */
  record Entry(String key, ObjectRecord object, boolean latest) {}

  VersionPage {
    versions = List.copyOf(versions);
    commonPrefixes = List.copyOf(commonPrefixes);
  }

  /** Takes what comes in order until the page is full. */
  static final class Builder {
    private final int max;
    private final String afterKey;
    private final String afterId;
    private final List<Entry> versions = new ArrayList<>();
    private final List<String> commonPrefixes = new ArrayList<>();
    private boolean skipping;
    private String nextKey = "";
    private String nextId = "";

    /**
     * @param afterId of the key after which the page begins, the version after which it does
     */
    Builder(int max, String afterKey, String afterId) {
      this.max = max;
      this.afterKey = afterKey;
      this.afterId = afterId;
      this.skipping = !afterId.isEmpty();
    }

    private boolean full() {
      return versions.size() + commonPrefixes.size() >= max;
    }

    /** Whether there was room. */
    boolean version(String key, ObjectRecord object, boolean latest) {
      if (skipping && key.equals(afterKey)) {
        skipping = !object.version().id().equals(afterId);
        return true;
      }
      if (full()) {
        return false;
      }
      versions.add(new Entry(key, object, latest));
      nextKey = key;
      nextId = object.version().id();
      return true;
    }

    /** Whether there was room. */
    boolean commonPrefix(String prefix) {
      if (full()) {
        return false;
      }
      commonPrefixes.add(prefix);
      nextKey = prefix;
      nextId = "";
      return true;
    }

    /** There is more; of a page of nothing that is not said. */
    VersionPage truncated() {
      return new VersionPage(versions, commonPrefixes, max > 0, nextKey, nextId);
    }

    VersionPage whole() {
      return new VersionPage(versions, commonPrefixes, false, nextKey, nextId);
    }
  }
}
