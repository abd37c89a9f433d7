package org.groundwork.engine.audit;

import java.util.List;
import org.groundwork.engine.EpochResult;

/**
 * What an audit found.
 *
 * @param recomputed what the public data come to
 * @param differences from what was accepted and published, the most basic one first; none if all is
 *     equal
 * @param published whether what is published of the accepted result was compared, too
 */
public record AuditReport(EpochResult recomputed, List<Difference> differences, boolean published) {
  /** One difference: where it lies, what the auditor computed, and what stands there. */
  public record Difference(String where, String computed, String found) {
    @Override
    public String toString() {
      return where + ": computed " + computed + ", found " + found;
    }
  }

  public AuditReport {
    differences = List.copyOf(differences);
  }

  public boolean isEqual() {
    return differences.isEmpty();
  }
}
