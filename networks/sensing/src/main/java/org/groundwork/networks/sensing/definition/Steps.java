package org.groundwork.networks.sensing.definition;

import java.util.Optional;

/** Times of a file in steps of its cadence. */
final class Steps {
  private Steps() {}

  /**
   * How many steps a time is.
   *
   * @param least steps that make sense
   * @param most steps that are allowed
   */
  static Optional<Long> of(
      Section section, String key, long seconds, long cadence, long least, long most) {
    if (seconds % cadence != 0) {
      long down = Math.max(seconds / cadence, least) * cadence;
      section.wrong(
          key,
          "%s is no whole number of readings, one each %s"
              .formatted(Texts.duration(seconds), Texts.duration(cadence)),
          "Take \"%s\" or \"%s\".".formatted(Texts.duration(down), Texts.duration(down + cadence)));
      return Optional.empty();
    }
    long steps = seconds / cadence;
    if (steps < least || steps > most) {
      section.wrong(
          key,
          "%s is %d readings, allowed are %d to %d"
              .formatted(Texts.duration(seconds), steps, least, most),
          "At one reading each %s take \"%s\" to \"%s\"."
              .formatted(
                  Texts.duration(cadence),
                  Texts.duration(least * cadence),
                  Texts.duration(most * cadence)));
      return Optional.empty();
    }
    return Optional.of(steps);
  }
}
