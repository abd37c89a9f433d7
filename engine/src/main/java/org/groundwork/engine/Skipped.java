package org.groundwork.engine;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;

/**
 * A posted index or a listed segment that did not count.
 *
 * @param file the address of the index or segment
 */
public record Skipped(AccountId gateway, Hash file, Cause cause) implements Comparable<Skipped> {
  /** Why it did not count. The codes are stable. */
  public enum Cause {
    /** The index names another deployment, epoch or gateway than the one it was posted for. */
    WRONG_INDEX("index.wrong-header"),
    /** Not more than a third of the stake signed for the segment. */
    NO_QUORUM("segment.no-quorum"),
    /** The segment names another deployment, epoch or gateway than its index. */
    WRONG_SEGMENT("segment.wrong-header");

    private final String code;

    Cause(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  @Override
  public int compareTo(Skipped other) {
    int order = file.compareTo(other.file);
    return order == 0 ? gateway.compareTo(other.gateway) : order;
  }
}
