package org.groundwork.engine.steps;

import java.util.Iterator;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.money.MoneyResult;
import org.groundwork.engine.money.MoneyStep;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.rules.Score;

/**
 * What follows the two phases, whoever ran them: verdicts are lowered, money is paid, and the
 * result is put together. One outcome is in memory at a time.
 */
public final class Closing {
  private final EpochSteps steps;
  private final EpochInputs inputs;
  private final CarrySnapshot before;
  private final Scratch scratch;

  public Closing(EpochSteps steps, EpochInputs inputs, CarrySnapshot before, Scratch scratch) {
    this.steps = steps;
    this.inputs = inputs;
    this.before = before;
    this.scratch = scratch;
  }

  /**
   * Closes the epoch.
   *
   * @param verdicts with those of the first phase in it
   * @param devices one for each device of the plan, ascending; iterated twice
   * @param groups ascending by network and group
   * @param lowerings in the order of groups
   */
  public EpochResult close(
      VerdictBook verdicts,
      Iterable<DeviceOutcome> devices,
      Iterable<GroupOutcome> groups,
      Iterable<Lowering> lowerings) {
    EpochPlan plan = steps.plan();
    Amended amended = new Amended(steps, verdicts, scratch).apply(lowerings);
    FirstCarriers carriers = new FirstCarriers();
    MoneyStep step = new MoneyStep(plan, before, carriers);
    NextCarry carry = new NextCarry(plan, before, scratch);
    for (GroupOutcome group : groups) {
      for (Score score : group.scores()) {
        step.add(group.network(), score);
        carriers.want(score.device());
      }
      carry.add(group);
    }
    Iterator<DeviceOutcome> after = amended.after(devices.iterator());
    while (after.hasNext()) {
      DeviceOutcome outcome = after.next();
      step.add(plan.device(outcome.device()).orElseThrow(), outcome.capacity(), outcome.slashes());
      carriers.add(outcome);
      carry.add(outcome);
    }
    MoneyResult money = step.settle();
    carry.add(money);
    CarrySnapshot next = carry.build();
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
        new PublishedResult(
            plan.epoch(),
            statement,
            money.leaves(),
            verdicts.verdicts(),
            inputs.skipped(),
            Summaries.of(amended.after(devices.iterator()), money.lines(), scratch),
            money.lines(),
            money.economy(),
            money.dust()),
        next);
  }
}
