package org.groundwork.rules;

import java.util.List;

/**
 * What phase 2 says of a group.
 *
 * @param carry replaces the group's carry; {@link Carry#NONE} removes it
 */
public record GroupResult(List<Amendment> amendments, List<Score> scores, Carry carry) {
  public GroupResult {
    amendments = List.copyOf(amendments);
    scores = List.copyOf(scores);
  }
}
