package org.groundwork.engine.local;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Reason;
import org.groundwork.rules.Verdict;

/**
 * The first phase over a range of devices. A device is judged if it is active or its network keeps
 * carry about it, whether it sent anything or not: silence may be a fault.
 */
final class DevicePhase {
  /** The most faults, and the most claims, that rules may report of one device. */
  static final int MAX_OUTPUTS = 1 << 16;

  /** The most records of a device whose evidence is kept. */
  static final int MAX_EVIDENCE = 256;

  private final EpochPlan plan;
  private final CarrySnapshot carry;
  private final Map<NetworkId, Installed> networks;
  private final Devices devices;
  private final CommonChecks checks;
  private final KeyOwners keyOwners;
  private final List<InputSegment> segments;

  DevicePhase(
      EpochPlan plan,
      CarrySnapshot carry,
      Map<NetworkId, Installed> networks,
      Devices devices,
      CommonChecks checks,
      KeyOwners keyOwners,
      List<InputSegment> segments) {
    this.plan = plan;
    this.carry = carry;
    this.networks = networks;
    this.devices = devices;
    this.checks = checks;
    this.keyOwners = keyOwners;
    this.segments = segments;
  }

  /** Judges every device of the range, ascending. */
  List<JudgedDevice> judge(DeviceRange range) {
    RecordMerge merge = new RecordMerge(segments, range.from(), range.to());
    List<JudgedDevice> judged = new ArrayList<>();
    for (Device device : plan.devices()) {
      long id = device.id().value();
      if (id >= range.from() && id < range.to()) {
        rejectBelow(id, merge);
        judged.add(judge(device, merge));
      }
    }
    rejectBelow(RecordMerge.NO_DEVICE, merge);
    return judged;
  }

  private void rejectBelow(long device, RecordMerge merge) {
    while (merge.device() < device) {
      checks.rejectUnregistered(merge, new Bench(new Tally()));
    }
  }

  private JudgedDevice judge(Device device, RecordMerge merge) {
    Tally tally = new Tally();
    Bench bench = new Bench(tally);
    Subject subject = devices.subject(device, keyOwners.ownsKey(device));
    Checked checked = checks.check(subject, merge, bench);
    tally.add(DeviceSummary.ACCEPTED, checked.hellos());
    Carry kept = new Carry(carry.get(CarryKey.device(device.network(), device.id())));
    boolean saidHello = checked.hellos() > 0;
    Installed network = networks.get(device.network());
    if (network == null || (!checked.active() && kept.isEmpty())) {
      return new JudgedDevice(
          device, tally, List.of(), List.of(), kept, saidHello, BigInteger.ZERO, List.of());
    }
    DeviceResult result = ask(network, device, kept, checked.admitted());
    enter(result.verdicts(), checked.admitted(), network, bench);
    return new JudgedDevice(
        device,
        tally,
        result.faults(),
        result.claims(),
        result.carry(),
        saidHello,
        result.capacity(),
        result.slashes());
  }

  private static DeviceResult ask(
      Installed network, Device device, Carry kept, List<Placed> placed) {
    List<Admitted> records =
        placed.stream()
            .map(p ->
                new Admitted(p.ref(), p.segment().slot(), p.segment().facts().payload(p.record())))
            .toList();
    DeviceResult result;
    try {
      result = network.rules().judge(new DeviceInput(network.facts(), device, kept, records));
    } catch (RuntimeException e) {
      throw new IllegalStateException("rules failed on device " + device.id(), e);
    }
    check(network, device, result, records.size());
    return result;
  }

  private static void check(Installed network, Device device, DeviceResult result, int records) {
    if (result.verdicts().size() != records
        || result.faults().size() > MAX_OUTPUTS
        || result.claims().size() > MAX_OUTPUTS
        || result.slashes().size() > MAX_OUTPUTS) {
      throw new IllegalStateException(
          "rules gave %d verdicts on %d records, %d faults, %d claims and %d slashes for device %s"
              .formatted(
                  result.verdicts().size(),
                  records,
                  result.faults().size(),
                  result.claims().size(),
                  result.slashes().size(),
                  device.id()));
    }
    result.faults().forEach(fault -> network.reasons().check(fault.reason()));
    result.slashes().forEach(slash -> network.reasons().check(slash.reason()));
    for (Claim claim : result.claims()) {
      DeviceId origin = claim.origin().device();
      if (!origin.equals(device.id())) {
        throw new IllegalStateException("device " + device.id() + " claims for " + origin);
      }
    }
  }

  private static void enter(
      List<Verdict> verdicts, List<Placed> records, Installed network, Bench bench) {
    for (int i = 0; i < verdicts.size(); i++) {
      switch (verdicts.get(i)) {
        case Verdict.Accepted _ -> bench.accept();
        case Verdict.Rejected(var reason, var evidence) ->
            bench.reject(records.get(i), network.reasons().check(reason), evidence);
      }
    }
  }

  /** Writes the verdicts on one device's records. */
  private static final class Bench implements Judgements {
    private final Tally tally;
    private int evidenceKept;

    Bench(Tally tally) {
      this.tally = tally;
    }

    void accept() {
      tally.add(DeviceSummary.ACCEPTED, 1);
    }

    @Override
    public void reject(Placed placed, Reason reason, String evidence) {
      placed.segment().setReason(placed.record(), reason.number());
      tally.add(reason.code(), 1);
      if (!evidence.isEmpty() && evidenceKept < MAX_EVIDENCE) {
        placed.segment().setEvidence(placed.record(), evidence);
        evidenceKept++;
      }
    }
  }
}
