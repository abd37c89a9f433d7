package org.groundwork.engine.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.scratch.SortedRuns;
import org.groundwork.engine.scratch.Spool;
import org.groundwork.engine.steps.Closing;
import org.groundwork.engine.steps.DeviceOutcome;
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
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Device;
import org.groundwork.rules.GroupKey;

/**
 * One epoch on this machine. What is said of devices and groups goes to scratch as it is said, so
 * that memory holds the plan, the carry and the money of accounts, and of the rest a device or a
 * group at a time for each thread.
 */
final class EpochRun {
  private final EpochSteps steps;
  private final EpochInputs inputs;
  private final CarrySnapshot carry;
  private final Scratch scratch;
  private final VerdictBook verdicts;
  private final SortedRuns claims;

  EpochRun(EpochSteps steps, EpochInputs inputs, CarrySnapshot carry, Scratch scratch) {
    this.steps = steps;
    this.inputs = inputs;
    this.carry = carry;
    this.scratch = scratch;
    this.verdicts = new VerdictBook(inputs.segments(), scratch);
    this.claims = new SortedRuns(scratch);
  }

  EpochResult run(Workers workers) throws IOException {
    List<Spool> devices = judge(workers);
    List<Reconciled> groups = reconcile(workers);
    return new Closing(steps, inputs, carry, scratch)
        .close(
            verdicts,
            all(devices, encoded -> DeviceOutcome.decode(encoded, steps)),
            all(groups.stream().map(Reconciled::outcomes).toList(), GroupOutcome::decode),
            all(groups.stream().map(Reconciled::lowerings).toList(), Lowering::decode));
  }

  private List<Spool> judge(Workers workers) throws IOException {
    DevicePhase phase = steps.devices();
    KeyOwners owners = steps.keyOwners(carry, inputs);
    List<DeviceRange> ranges = DeviceRange.cut(steps.plan(), inputs, workers.count());
    List<Spool> outcomes = workers.map(ranges, range -> judge(range, phase, owners));
    claims.finish();
    return outcomes;
  }

  private Spool judge(DeviceRange range, DevicePhase phase, KeyOwners owners) {
    RecordMerge merge = new RecordMerge(inputs, range.from(), range.to());
    Spool outcomes = new Spool(scratch);
    try (SortedRuns.Writer claimed = claims.writer()) {
      for (Device device : range.devices(steps.plan())) {
        long id = device.id().value();
        rejectBelow(id, merge, phase);
        JudgedDevice judged =
            phase.judge(KnownDevice.of(device, carry, owners), merge.of(id), verdicts);
        outcomes.add(judged.outcome().encode());
        for (PlacedClaim claim : judged.claims()) {
          claimed.add(claim.key(), claim.value());
        }
      }
    }
    rejectBelow(RecordMerge.NO_DEVICE, merge, phase);
    inputs.facts().forEach(SegmentFacts::unload);
    return outcomes.finish();
  }

  /** Rejects the records of devices that are not registered. */
  private void rejectBelow(long device, RecordMerge merge, DevicePhase phase) {
    while (merge.device() < device) {
      phase.rejectUnregistered(merge.of(merge.device()), verdicts);
    }
  }

  private record Reconciled(Spool outcomes, Spool lowerings) {}

  private record GroupRange(Bytes from, Bytes to) {}

  private List<Reconciled> reconcile(Workers workers) throws IOException {
    int[] kept =
        IntStream.range(0, carry.size())
            .filter(i -> carry.space(i) == CarrySpace.GROUP)
            .filter(i -> steps.judges(carry.entry(i).getKey().network()))
            .toArray();
    List<GroupRange> ranges = new ArrayList<>();
    Bytes from = Bytes.EMPTY;
    for (Bytes cut : claims.cuts(Workers.PIECES_PER_THREAD * workers.count())) {
      ranges.add(new GroupRange(from, cut));
      from = cut;
    }
    ranges.add(new GroupRange(from, Bytes.EMPTY));
    return workers.map(ranges, range -> reconcile(range, kept));
  }

  private Reconciled reconcile(GroupRange range, int[] kept) {
    ClaimedGroups groups = new ClaimedGroups(claims, carry, kept, range.from(), range.to());
    GroupPhase phase = steps.groups();
    Spool outcomes = new Spool(scratch);
    Spool lowerings = new Spool(scratch);
    while (groups.hasNext()) {
      Bytes next = groups.next();
      NetworkId network = PlacedClaim.network(next);
      GroupKey group = PlacedClaim.group(next);
      GroupOutcome outcome =
          phase.reconcile(
              network,
              group,
              groups.claims(next),
              new Carry(carry.get(CarryKey.group(network, group))),
              lowering -> lowerings.add(lowering.encode()));
      outcomes.add(outcome.encode());
    }
    return new Reconciled(outcomes.finish(), lowerings.finish());
  }

  /** The records of all spools, one after the other. */
  private static <T> Iterable<T> all(List<Spool> spools, Function<Bytes, T> decoder) {
    return () -> {
      Iterator<Spool> rest = spools.iterator();
      return new Iterator<>() {
        private Iterator<Bytes> records = List.<Bytes>of().iterator();

        @Override
        public boolean hasNext() {
          while (!records.hasNext() && rest.hasNext()) {
            records = rest.next().iterator();
          }
          return records.hasNext();
        }

        @Override
        public T next() {
          if (!hasNext()) {
            throw new NoSuchElementException("no more records");
          }
          return decoder.apply(records.next());
        }
      };
    };
  }
}
