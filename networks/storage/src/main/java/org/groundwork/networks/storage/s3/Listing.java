package org.groundwork.networks.storage.s3;

import java.util.List;

/**
 * One page of a bucket's content.
 *
 * @param last the last key or common prefix of the page, from which the next one goes on
 */
record Listing(List<Entry> objects, List<String> commonPrefixes, boolean truncated, String last) {

  /** An object in a listing. */
  record Entry(String key, ObjectRecord object) {}

  /**
   * What to list.
   *
   * @param delimiter keys that hold it after the prefix are rolled up to a common prefix; empty for
   *     none
   * @param after only keys and common prefixes after this one; empty for all
   */
  record Query(String prefix, String delimiter, String after, int max) {}

  Listing {
    objects = List.copyOf(objects);
    commonPrefixes = List.copyOf(commonPrefixes);
  }
}
