package org.groundwork.testkit;

import java.util.List;

/** What comes of a call. */
public sealed interface Outcome {
  /** The ledger afterwards; after a refusal only its time has moved. */
  Ledger state();

  /** The call succeeds. */
  record Accepted(Ledger state, List<Event> events) implements Outcome {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** The call reverts with this custom error. */
  record Refused(Ledger state, String error) implements Outcome {}
}
