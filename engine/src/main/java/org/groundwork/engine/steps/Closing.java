package org.groundwork.engine.steps;

import java.util.HashMap;
import java.util.Map;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.money.MoneyResult;
import org.groundwork.engine.money.MoneyStep;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.rules.Score;

/**
 * What follows the two phases, whoever ran them: verdicts are lowered, money is paid, and the
 * result is put together.
 */
public final class Closing {
  private final EpochSteps steps;
  private final EpochInputs inputs;
  private final CarrySnapshot before;

  public Closing(EpochSteps steps, EpochInputs inputs, CarrySnapshot before) {
    this.steps = steps;
    this.inputs = inputs;
    this.before = before;
  }

  /**
   * Closes the epoch. What is iterated may be iterated several times.
   *
   * @param verdicts with those of the first phase in it
   * @param devices one for each device of the plan, ascending
   * @param groups ascending by network and group
   * @param lowerings in the order of groups
   */
  public EpochResult close(
      VerdictBook verdicts,
      Iterable<DeviceOutcome> devices,
      Iterable<GroupOutcome> groups,
      Iterable<Lowering> lowerings) {
    Map<DeviceId, Amended> amended = lower(verdicts, lowerings);
    MoneyResult money = pay(devices, groups, amended);
    EpochPlan plan = steps.plan();
    CarrySnapshot next =
        new NextCarry(plan, before).devices(devices).groups(groups).money(money).build();
    EpochStatement statement =
        new EpochStatement(
            plan.domain().deployment(),
            plan.epoch(),
            plan.attempt(),
            plan.closeBlock(),
            plan.parent(),
            plan.inputs(),
            plan.rules(),
            next.root(),
            EpochResult.moneyRoot(money.leaves()),
            money.totals());
    return new EpochResult(
        plan.epoch(),
        statement,
        next,
        money.leaves(),
        verdicts.verdicts(),
        inputs.skipped(),
        Summaries.of(devices, amended, money.lines()),
        money.lines(),
        money.economy(),
        money.dust());
  }

  private Map<DeviceId, Amended> lower(VerdictBook verdicts, Iterable<Lowering> lowerings) {
    Map<DeviceId, Amended> amended = new HashMap<>();
    for (Lowering next : lowerings) {
      if (verdicts.lower(next.verdict())) {
        amended
            .computeIfAbsent(next.device(), _ -> new Amended())
            .lower(
                steps.reason(next.network(), next.verdict().reason()).code(),
                verdicts.segment(next.verdict().segment()).gateway());
      }
    }
    return amended;
  }

  private MoneyResult pay(
      Iterable<DeviceOutcome> devices,
      Iterable<GroupOutcome> groups,
      Map<DeviceId, Amended> amended) {
    FirstCarriers carriers = new FirstCarriers();
    MoneyStep step = new MoneyStep(steps.plan(), before, carriers);
    for (GroupOutcome group : groups) {
      for (Score score : group.scores()) {
        step.add(group.network(), score);
        carriers.want(score.device());
      }
    }
    for (DeviceOutcome outcome : devices) {
      steps
          .plan()
          .device(outcome.device())
          .ifPresent(device -> step.add(device, outcome.capacity(), outcome.slashes()));
      carriers.add(outcome, amended);
    }
    return step.settle();
  }
}
