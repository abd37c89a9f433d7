package org.groundwork.engine.steps;

/** Takes the verdicts on records that do not count. */
@FunctionalInterface
public interface Judgements {
  /** For checks whose outcome is wanted and whose verdicts are not. */
  Judgements IGNORED = _ -> {};

  void reject(RecordVerdict verdict);
}
