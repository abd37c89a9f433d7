package org.groundwork.networks.sensing.rules;

import java.util.List;
import java.util.SortedMap;
import org.groundwork.protocol.BasisPoints;

/**
 * What is said of a series.
 *
 * @param score share of the values that were due and are good; a window of a field in which one
 *     value is bad counts for nothing
 * @param windows the middle of the good values, by window and field; what a counter added
 * @param after how the series goes on
 */
public record SeriesResult(
    List<Finding> findings,
    BasisPoints score,
    SortedMap<Integer, SortedMap<Integer, Long>> windows,
    SeriesState after) {
  public SeriesResult {
    findings = List.copyOf(findings);
  }
}
