package org.groundwork.engine.local;

import org.groundwork.rules.Reason;

/** Takes the verdicts on records that do not count. */
interface Judgements {
  /** For checks whose outcome is wanted and whose verdicts are not. */
  Judgements IGNORED = (_, _, _) -> {};

  void reject(Placed record, Reason reason, String evidence);
}
