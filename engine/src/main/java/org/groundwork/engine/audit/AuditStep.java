package org.groundwork.engine.audit;

import org.groundwork.engine.ResultPlan;
import org.groundwork.protocol.EpochStatement;

/**
 * One result to recompute.
 *
 * @param plan rebuilt from the chain
 * @param accepted what the chain accepted
 */
public record AuditStep(ResultPlan plan, EpochStatement accepted) {
  public AuditStep {
    if (!plan.epoch().equals(accepted.epoch())) {
      throw new IllegalArgumentException(
          "a plan of epoch %s for a result of epoch %s".formatted(plan.epoch(), accepted.epoch()));
    }
  }
}
