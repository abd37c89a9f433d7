package org.groundwork.engine;

import org.groundwork.protocol.EpochNumber;

/**
 * What is paid once for a result, however many epochs it covers: in the run of the first of them.
 *
 * @param first first epoch that the result covers
 * @param last its own epoch
 * @param parent who signed the result before
 */
public record ResultDues(EpochNumber first, EpochNumber last, ParentSigners parent) {
  public ResultDues {
    if (last.compareTo(first) < 0) {
      throw new IllegalArgumentException("a result over epochs %s to %s".formatted(first, last));
    }
  }
}
