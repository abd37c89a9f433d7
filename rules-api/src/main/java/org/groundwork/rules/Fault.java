package org.groundwork.rules;

import org.groundwork.protocol.SlotNumber;

/** A slot in which a device owed something and did not deliver it. */
public record Fault(SlotNumber slot, Reason reason, String evidence) {
  public Fault {
    evidence = EvidenceText.of(evidence);
  }
}
