package org.groundwork.networks.sensing.recorded;

import java.util.List;
import org.groundwork.networks.sensing.rules.Finding;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.BasisPoints;

/** What is said of a recorded series. */
public record Judgement(BasisPoints score, List<Finding> findings, SensingDefinition definition) {
  public Judgement {
    findings = List.copyOf(findings);
  }

  /** The name of the field that a finding is about, {@code all} for the whole station. */
  public String parameter(Finding finding) {
    return finding.field() == Finding.ALL ? "all" : definition.fields().get(finding.field()).name();
  }
}
