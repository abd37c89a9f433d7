package org.groundwork.engine.steps;

import java.util.Map;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.Reasons;
import org.groundwork.engine.UnknownRules;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Rules;

/** A network of the plan with its rules at hand. */
record Installed(PlanFacts facts, Rules rules, Reasons reasons) {
  static Map<NetworkId, Installed> of(EpochPlan plan, Networks networks) throws UnknownRules {
    Map<NetworkId, Installed> installed = new TreeMap<>();
    for (PlannedNetwork network : plan.networks()) {
      PlanFacts facts = new PlanFacts(plan, network.id());
      Reasons reasons = networks.reasons(network.kind());
      installed.put(network.id(), new Installed(facts, networks.rules(network), reasons));
    }
    return installed;
  }
}
