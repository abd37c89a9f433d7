package org.groundwork.engine.steps;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Fault;
import org.groundwork.rules.Limits;
import org.groundwork.rules.Reason;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Verdict;

/**
 * The first phase: judges one device. A device is judged if it is active or its network keeps carry
 * about it, whether it sent anything or not: silence may be a fault. Pure, and safe for use by many
 * threads.
 */
public final class DevicePhase {
  /** The most faults, and the most claims, that rules may report of one device. */
  public static final int MAX_OUTPUTS = Limits.MAX_DEVICE_OUTPUTS;

  /** The most records of a device whose evidence is kept. */
  static final int MAX_EVIDENCE = 256;

  private final Map<NetworkId, Installed> networks;
  private final CommonChecks checks;

  DevicePhase(Map<NetworkId, Installed> networks, CommonChecks checks) {
    this.networks = networks;
    this.checks = checks;
  }

  /** Rejects all records of a device that is not registered. */
  public void rejectUnregistered(Iterator<? extends ArrivedRecord> records, Judgements judgements) {
    checks.rejectUnregistered(records, new Bench(judgements));
  }

  /**
   * Judges a registered device.
   *
   * @param records all of its records, ascending by sequence, report hash and rank of the segment
   * @param judgements takes the verdicts on those that do not count
   */
  public JudgedDevice judge(
      KnownDevice known, Iterator<? extends ArrivedRecord> records, Judgements judgements) {
    Device device = known.device();
    Bench bench = new Bench(judgements);
    Checked checked = checks.check(known, records, bench);
    checked.hellos().forEach(bench::accept);
    boolean saidHello = !checked.hellos().isEmpty();
    Installed network = networks.get(device.network());
    if (network == null || (!checked.active() && known.carry().isEmpty())) {
      return new JudgedDevice(
          new DeviceOutcome(
              device.id(),
              device.network(),
              known.carry(),
              saidHello,
              bench.verdicts,
              new TreeMap<>(),
              List.of(),
              bench.carried,
              BigInteger.ZERO,
              List.of()),
          List.of());
    }
    DeviceResult result = ask(network, known, checked.admitted());
    enter(result.verdicts(), checked.admitted(), network, bench);
    SortedMap<String, Long> faultCounts = new TreeMap<>();
    result.faults().forEach(fault -> faultCounts.merge(fault.reason().code(), 1L, Long::sum));
    return new JudgedDevice(
        new DeviceOutcome(
            device.id(),
            device.network(),
            result.carry(),
            saidHello,
            bench.verdicts,
            faultCounts,
            lines(result.faults()),
            bench.carried,
            result.capacity(),
            result.slashes()),
        place(device, result, checked.admitted()));
  }

  private static DeviceResult ask(
      Installed network, KnownDevice known, List<ArrivedRecord> arrived) {
    List<Admitted> records = new ArrayList<>(arrived.size());
    for (ArrivedRecord next : arrived) {
      records.add(new Admitted(next.ref(), next.segment().slot(), next.payload()));
    }
    Device device = known.device();
    DeviceResult result;
    try {
      result =
          network.rules().judge(new DeviceInput(network.facts(), device, known.carry(), records));
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
      List<Verdict> verdicts, List<ArrivedRecord> records, Installed network, Bench bench) {
    for (int i = 0; i < verdicts.size(); i++) {
      switch (verdicts.get(i)) {
        case Verdict.Accepted _ -> bench.accept(records.get(i));
        case Verdict.Rejected(var reason, var evidence) ->
            bench.reject(records.get(i), network.reasons().check(reason), evidence);
      }
    }
  }

  private static List<DeviceSummary.FaultLine> lines(List<Fault> faults) {
    return faults.stream()
        .sorted(Comparator.comparing(Fault::slot).thenComparingInt(f -> f.reason().number()))
        .limit(DeviceSummary.MAX_FAULTS)
        .map(f -> new DeviceSummary.FaultLine(f.slot(), f.reason().code(), f.evidence()))
        .toList();
  }

  /** Says of each claim where the accepted record is that it is of. */
  private static List<PlacedClaim> place(
      Device device, DeviceResult result, List<ArrivedRecord> records) {
    if (result.claims().isEmpty()) {
      return List.of();
    }
    Map<RecordRef, ArrivedRecord> accepted = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      if (result.verdicts().get(i) instanceof Verdict.Accepted) {
        accepted.put(records.get(i).ref(), records.get(i));
      }
    }
    List<PlacedClaim> placed = new ArrayList<>(result.claims().size());
    for (Claim claim : result.claims()) {
      ArrivedRecord origin = accepted.get(claim.origin());
      placed.add(
          origin == null
              ? new PlacedClaim(device.network(), claim, PlacedClaim.NOWHERE, 0)
              : new PlacedClaim(device.network(), claim, origin.segment().rank(), origin.record()));
    }
    return placed;
  }

  /** Counts the verdicts on one device's records, and hands on those that say no. */
  static final class Bench {
    private final Judgements judgements;
    private final SortedMap<String, Long> verdicts = new TreeMap<>();
    private final SortedMap<AccountId, Long> carried = new TreeMap<>();
    private int evidenceKept;

    Bench(Judgements judgements) {
      this.judgements = judgements;
    }

    void accept(ArrivedRecord record) {
      verdicts.merge(DeviceSummary.ACCEPTED, 1L, Long::sum);
      carried.merge(record.segment().gateway(), 1L, Long::sum);
    }

    void reject(ArrivedRecord record, Reason reason, String evidence) {
      verdicts.merge(reason.code(), 1L, Long::sum);
      boolean keeps = !evidence.isEmpty() && evidenceKept < MAX_EVIDENCE;
      if (keeps) {
        evidenceKept++;
      }
      judgements.reject(
          new RecordVerdict(
              record.segment().rank(), record.record(), reason.number(), keeps ? evidence : ""));
    }
  }
}
