package org.groundwork.engine.steps;

import java.util.Map;
import java.util.Optional;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Networks;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.rules.Reason;

/** The steps of one epoch, for whoever runs them. Safe for use by many threads. */
public final class EpochSteps {
  private final EpochPlan plan;
  private final Map<NetworkId, Installed> installed;
  private final CommonChecks checks;

  /**
   * The steps under a plan.
   *
   * @param verifier for records whose key was not known when their facts were established
   * @throws UnknownRules if rules of the plan are not among these networks
   */
  public EpochSteps(EpochPlan plan, Networks networks, SignatureVerifier verifier)
      throws UnknownRules {
    this.plan = plan;
    this.installed = Installed.of(plan, networks);
    this.checks = new CommonChecks(plan, installed, verifier);
  }

  public EpochPlan plan() {
    return plan;
  }

  /** The reason that a number stands for in a network of the plan. */
  Reason reason(NetworkId network, int number) {
    return Optional.ofNullable(installed.get(network))
        .flatMap(known -> known.reasons().of(number))
        .orElseThrow();
  }

  /** Whether a network is one of the plan: groups of others are kept, and not reconciled. */
  public boolean judges(NetworkId network) {
    return installed.containsKey(network);
  }

  /** Who owns a key that several devices registered: reads the records of these devices alone. */
  public KeyOwners keyOwners(CarrySnapshot before, EpochInputs inputs) {
    return new KeyOwners(plan, before, checks, inputs);
  }

  public DevicePhase devices() {
    return new DevicePhase(installed, checks);
  }

  public GroupPhase groups() {
    return new GroupPhase(plan, installed);
  }
}
