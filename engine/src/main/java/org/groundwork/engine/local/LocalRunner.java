package org.groundwork.engine.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Runner;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.index.IndexSource;
import org.groundwork.engine.money.MoneyResult;
import org.groundwork.engine.money.MoneyStep;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.rules.Rules;
import org.groundwork.rules.Score;

/** Judges an epoch on this machine, on a fixed number of threads. */
public final class LocalRunner implements Runner {
  private final Networks networks;
  private final SignatureVerifier verifier;
  private final int threads;

  /**
   * A runner.
   *
   * @param verifier for records whose key was not known when their facts were established
   */
  public LocalRunner(Networks networks, SignatureVerifier verifier, int threads) {
    this.networks = networks;
    this.verifier = verifier;
    this.threads = threads;
  }

  @Override
  public EpochResult run(
      ResultPlan plan, FactsSource segments, IndexSource indexes, CarrySnapshot carry)
      throws IOException, UnknownRules {
    List<EpochResult> results = new ArrayList<>();
    CarrySnapshot running = carry;
    for (EpochPlan epoch : plan.epochs()) {
      EpochResult next = run(epoch, segments, indexes, running);
      results.add(next);
      running = next.carry();
    }
    return results.size() == 1 ? results.getFirst() : Covering.join(plan, results);
  }

  private EpochResult run(
      EpochPlan plan, FactsSource segments, IndexSource indexes, CarrySnapshot carry)
      throws IOException, UnknownRules {
    Map<NetworkId, Installed> installed = Installed.of(plan, networks);
    EpochInputs inputs = EpochInputs.gather(plan, indexes, segments);
    try (Workers workers = new Workers(threads)) {
      List<JudgedDevice> devices = judge(plan, carry, installed, inputs, workers);
      GroupPhase groups = new GroupPhase(plan, carry, installed);
      List<GroupPhase.Reconciled> reconciled =
          workers.map(groups.groups(devices), groups::reconcile);
      amend(inputs, devices, reconciled);
      MoneyStep step = new MoneyStep(plan, carry, new FirstCarriers(inputs.segments()));
      MoneyResult money = pay(step, devices, reconciled);
      CarrySnapshot next =
          new NextCarry(plan, carry).devices(devices).groups(reconciled).money(money).build();
      return result(plan, inputs, devices, money, next);
    }
  }

  private List<JudgedDevice> judge(
      EpochPlan plan,
      CarrySnapshot carry,
      Map<NetworkId, Installed> installed,
      EpochInputs inputs,
      Workers workers)
      throws IOException {
    Map<NetworkId, Rules> rules = new TreeMap<>();
    installed.forEach((id, network) -> rules.put(id, network.rules()));
    Devices devices = new Devices(plan, carry, rules);
    CommonChecks checks = new CommonChecks(plan.domain().deployment(), plan.epoch(), verifier);
    KeyOwners owners = new KeyOwners(devices, checks, inputs.segments());
    DevicePhase phase =
        new DevicePhase(plan, carry, installed, devices, checks, owners, inputs.segments());
    List<DeviceRange> ranges =
        DeviceRange.cut(plan, inputs.segments(), Workers.PIECES_PER_THREAD * workers.count());
    return workers.map(ranges, phase::judge).stream().flatMap(List::stream).toList();
  }

  private static void amend(
      EpochInputs inputs, List<JudgedDevice> devices, List<GroupPhase.Reconciled> reconciled) {
    Map<DeviceId, Tally> tallies = new HashMap<>();
    devices.forEach(judged -> tallies.put(judged.device().id(), judged.tally()));
    Amendments amendments = new Amendments(inputs.segments(), tallies);
    reconciled.forEach(amendments::apply);
  }

  private static MoneyResult pay(
      MoneyStep step, List<JudgedDevice> devices, List<GroupPhase.Reconciled> reconciled) {
    for (JudgedDevice judged : devices) {
      step.add(judged.device(), judged.capacity(), judged.slashes());
    }
    for (GroupPhase.Reconciled next : reconciled) {
      for (Score score : next.result().scores()) {
        step.add(next.group().key().network(), score);
      }
    }
    return step.settle();
  }

  private static EpochResult result(
      EpochPlan plan,
      EpochInputs inputs,
      List<JudgedDevice> devices,
      MoneyResult money,
      CarrySnapshot next) {
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
    List<SegmentVerdicts> verdicts =
        inputs.segments().stream()
            .map(InputSegment::verdicts)
            .sorted(Comparator.comparing(SegmentVerdicts::segment))
            .toList();
    return new EpochResult(
        plan.epoch(),
        statement,
        next,
        money.leaves(),
        verdicts,
        inputs.skipped(),
        Summaries.of(devices, money.lines()),
        money.lines(),
        money.economy(),
        money.dust());
  }
}
