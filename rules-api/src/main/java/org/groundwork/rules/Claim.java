package org.groundwork.rules;

import org.groundwork.protocol.Bytes;

/** Something that a device's record, or its silence, says about a group. */
public record Claim(GroupKey group, RecordRef origin, Bytes fact) implements Comparable<Claim> {
  public Claim {
    if (fact.size() > Limits.MAX_FACT) {
      throw new IllegalArgumentException("a claim of " + fact.size() + " bytes");
    }
  }

  @Override
  public int compareTo(Claim other) {
    int order = group.compareTo(other.group);
    if (order == 0) {
      order = origin.compareTo(other.origin);
    }
    return order == 0 ? fact.compareTo(other.fact) : order;
  }
}
