package org.groundwork.rules;

import java.util.List;

/**
 * Everything that was said about one group in one epoch.
 *
 * @param claims sorted
 */
public record GroupInput(EpochFacts epoch, GroupKey group, List<Claim> claims, Carry carry) {
  public GroupInput {
    claims = List.copyOf(claims);
  }
}
