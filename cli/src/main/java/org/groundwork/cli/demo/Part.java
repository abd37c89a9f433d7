package org.groundwork.cli.demo;

import java.util.Optional;

/**
 * What a station of the demo does.
 *
 * @see SensingStory
 */
enum Part {
  HONEST("station", ""),
  STUCK("thermometer stuck", "sensing.stuck"),
  DEAD_WIND("wind head dead", "sensing.head-dead"),
  SPIKES("loose contact: spikes", "sensing.spike"),
  TOO_HOT("sensor broken: 85 degC", "sensing.out-of-range"),
  SILENT("power fails", "sensing.outage"),
  WRONG_CLOCK("clock an hour off", "sensing.clock"),
  COPY("cheat: copies a neighbour", "sensing.copied"),
  ELSEWHERE("cheat: stands elsewhere", "sensing.neighbours");

  private final String role;
  private final String reason;

  Part(String role, String reason) {
    this.role = role;
    this.reason = reason;
  }

  /** As the closing table calls it. */
  String role() {
    return role;
  }

  /** The reason that must be found. */
  Optional<String> reason() {
    return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
  }

  /** Whether the data of such a station must earn nothing. */
  boolean isWorthless() {
    return this == WRONG_CLOCK || this == COPY || this == ELSEWHERE;
  }
}
