package org.groundwork.networks.sensing.rules;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.kit.Likeness;

/**
 * A station as a cell knows it in one epoch.
 *
 * @param origin its last reading
 * @param since the epoch from which on it stands where it stands
 * @param series its values by field and step
 */
record Station(
    RecordRef origin, StationFact fact, EpochNumber since, List<SortedMap<Long, Long>> series) {
  /** Who has been there longer comes first. */
  static final Comparator<Station> BY_SENIORITY =
      Comparator.comparing(Station::since).thenComparing(station -> station.origin().device());

  static Station of(
      SensingDefinition definition, RecordRef origin, StationFact fact, EpochNumber since) {
    List<SortedMap<Long, Long>> series =
        IntStream.range(0, definition.fields().size()).mapToObj(fact::series).toList();
    return new Station(origin, fact, since, series);
  }

  /**
   * Whether another station is the original, if one of the two is a copy: the one whose readings
   * came first; of those that came together the one that has been there longer.
   */
  boolean follows(Station other) {
    int order = Long.compare(fact.arrival(), other.fact.arrival());
    return order == 0 ? BY_SENIORITY.compare(this, other) > 0 : order > 0;
  }

  boolean isLike(Station other, SensingDefinition definition) {
    return Likeness.isCopy(
        definition.fields().stream().map(SeriesJudge::quantity).toList(), series, other.series);
  }
}
