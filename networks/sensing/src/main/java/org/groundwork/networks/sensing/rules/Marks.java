package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.rules.kit.Observation;

/** Which values of a series are bad, and why: the first reason that was found stays. */
final class Marks {
  private final SensingDefinition definition;
  private final List<Reading> readings;
  private final List<SortedMap<Long, SensingReason>> byField = new ArrayList<>();

  /** Without a mark; readings ascend. */
  Marks(SensingDefinition definition, List<Reading> readings) {
    this.definition = definition;
    this.readings = readings;
    definition.fields().forEach(_ -> byField.add(new TreeMap<>()));
  }

  void add(int field, long time, SensingReason reason) {
    byField.get(field).putIfAbsent(time, reason);
  }

  boolean isGood(int field, long time) {
    return !byField.get(field).containsKey(time);
  }

  /** The values of a field that are good so far. */
  List<Observation> good(int field) {
    List<Observation> good = new ArrayList<>();
    for (Reading reading : readings) {
      if (reading.value(field).isPresent() && isGood(field, reading.observedAt())) {
        good.add(new Observation(reading.observedAt(), reading.value(field).getAsLong()));
      }
    }
    return good;
  }

  /** Bad values that follow each other and are so for one reason, as one. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (int field = 0; field < byField.size(); field++) {
      Optional<Finding> open = Optional.empty();
      for (Reading reading : readings) {
        SensingReason reason = byField.get(field).get(reading.observedAt());
        if (open.isPresent() && (reason == null || open.get().reason() != reason)) {
          findings.add(open.get());
          open = Optional.empty();
        }
        if (reason != null) {
          open = Optional.of(extended(open, field, reading, reason));
        }
      }
      open.ifPresent(findings::add);
    }
    return findings;
  }

  private Finding extended(
      Optional<Finding> open, int field, Reading reading, SensingReason reason) {
    long to = reading.observedAt() + definition.cadenceSeconds();
    return open.map(found -> new Finding(field, found.from(), to, reason, found.evidence()))
        .orElseGet(
            () -> new Finding(field, reading.observedAt(), to, reason, value(field, reading)));
  }

  private String value(int field, Reading reading) {
    Field of = definition.fields().get(field);
    return "%s %s %s at second %d"
        .formatted(
            of.name(), of.format(reading.value(field).orElse(0)), of.unit(), reading.observedAt());
  }
}
