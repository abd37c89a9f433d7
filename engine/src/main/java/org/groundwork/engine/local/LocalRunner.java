package org.groundwork.engine.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Runner;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.index.IndexSource;
import org.groundwork.engine.steps.Closing;
import org.groundwork.engine.steps.Covering;
import org.groundwork.engine.steps.DevicePhase;
import org.groundwork.engine.steps.EpochInputs;
import org.groundwork.engine.steps.EpochSteps;
import org.groundwork.engine.steps.GroupOutcome;
import org.groundwork.engine.steps.GroupPhase;
import org.groundwork.engine.steps.JudgedDevice;
import org.groundwork.engine.steps.KeyOwners;
import org.groundwork.engine.steps.KnownDevice;
import org.groundwork.engine.steps.Lowering;
import org.groundwork.engine.steps.PlacedClaim;
import org.groundwork.engine.steps.RecordMerge;
import org.groundwork.engine.steps.VerdictBook;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Device;
import org.groundwork.rules.GroupKey;

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
    EpochSteps steps = new EpochSteps(plan, networks, verifier);
    EpochInputs inputs = EpochInputs.gather(plan, indexes, segments);
    VerdictBook verdicts = new VerdictBook(inputs.segments());
    try (Workers workers = new Workers(threads)) {
      List<JudgedDevice> judged = judge(steps, carry, inputs, verdicts, workers);
      List<Reconciled> reconciled = reconcile(steps, carry, judged, workers);
      return new Closing(steps, inputs, carry)
          .close(
              verdicts,
              judged.stream().map(JudgedDevice::outcome).toList(),
              reconciled.stream().map(Reconciled::outcome).toList(),
              reconciled.stream().flatMap(next -> next.lowerings().stream()).toList());
    }
  }

  private static List<JudgedDevice> judge(
      EpochSteps steps,
      CarrySnapshot carry,
      EpochInputs inputs,
      VerdictBook verdicts,
      Workers workers)
      throws IOException {
    DevicePhase phase = steps.devices();
    KeyOwners owners = steps.keyOwners(carry, inputs);
    List<DeviceRange> ranges =
        DeviceRange.cut(steps.plan(), inputs, Workers.PIECES_PER_THREAD * workers.count());
    return workers
        .map(
            ranges,
            range -> {
              RecordMerge merge = new RecordMerge(inputs, range.from(), range.to());
              List<JudgedDevice> judged = new ArrayList<>();
              for (Device device : steps.plan().devices()) {
                long id = device.id().value();
                if (id >= range.from() && id < range.to()) {
                  rejectBelow(id, merge, phase, verdicts);
                  judged.add(
                      phase.judge(KnownDevice.of(device, carry, owners), merge.of(id), verdicts));
                }
              }
              rejectBelow(RecordMerge.NO_DEVICE, merge, phase, verdicts);
              return judged;
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static void rejectBelow(
      long device, RecordMerge merge, DevicePhase phase, VerdictBook verdicts) {
    while (merge.device() < device) {
      phase.rejectUnregistered(merge.of(merge.device()), verdicts);
    }
  }

  private record Reconciled(GroupOutcome outcome, List<Lowering> lowerings) {}

  private static List<Reconciled> reconcile(
      EpochSteps steps, CarrySnapshot carry, List<JudgedDevice> judged, Workers workers)
      throws IOException {
    SortedMap<CarryKey, List<PlacedClaim>> groups = new TreeMap<>();
    for (CarryKey key : carry.entries().keySet()) {
      if (key.space() == CarrySpace.GROUP && steps.judges(key.network())) {
        groups.put(key, new ArrayList<>());
      }
    }
    for (JudgedDevice next : judged) {
      for (PlacedClaim claim : next.claims()) {
        CarryKey key = CarryKey.group(claim.network(), claim.claim().group());
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(claim);
      }
    }
    GroupPhase phase = steps.groups();
    return workers.map(
        List.copyOf(groups.entrySet()),
        group -> {
          group.getValue().sort(Comparator.comparing(PlacedClaim::claim));
          List<Lowering> lowerings = new ArrayList<>();
          return new Reconciled(
              phase.reconcile(
                  group.getKey().network(),
                  new GroupKey(group.getKey().key()),
                  group.getValue().iterator(),
                  new Carry(carry.get(group.getKey())),
                  lowerings::add),
              lowerings);
        });
  }
}
