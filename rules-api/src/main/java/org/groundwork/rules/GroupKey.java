package org.groundwork.rules;

import org.groundwork.protocol.Bytes;

/** What claims are gathered by: a packet, a deal, a session, a job or a cell. */
public record GroupKey(Bytes bytes) implements Comparable<GroupKey> {
  /** The longest key, in bytes. */
  public static final int MAX_SIZE = 64;

  public GroupKey {
    if (bytes.isEmpty() || bytes.size() > MAX_SIZE) {
      throw new IllegalArgumentException("group key of " + bytes.size() + " bytes");
    }
  }

  @Override
  public int compareTo(GroupKey other) {
    return bytes.compareTo(other.bytes);
  }
}
