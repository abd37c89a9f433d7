package org.groundwork.testkit.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Challenge;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Device;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.Fault;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Limits;
import org.groundwork.rules.Reason;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Rules;
import org.groundwork.rules.Score;
import org.groundwork.rules.Slash;
import org.groundwork.rules.Verdict;
import org.groundwork.rules.Vocabulary;

/**
 * Runs the two phases of rules over a sample and writes down all that they said. The order in which
 * devices and groups are asked is free; what is written is sorted.
 */
final class Trial {
  private static final int MAX_SHOWN = 64;

  private final Rules rules;
  private final Map<Integer, String> reasons = new TreeMap<>();
  private final Random order;
  private final SortedMap<DeviceId, Carry> ofDevices = new TreeMap<>();
  private final SortedMap<GroupKey, Carry> ofGroups = new TreeMap<>();
  private final StringBuilder said = new StringBuilder();

  private Trial(Rules rules, Vocabulary vocabulary, Random order) {
    this.rules = rules;
    this.order = order;
    for (Reason reason : CommonReason.values()) {
      reasons.put(reason.number(), reason.code());
    }
    vocabulary.reasons().forEach(reason -> reasons.put(reason.number(), reason.code()));
  }

  /**
   * What the rules say of a sample.
   *
   * @param order by which devices and groups are shuffled
   * @throws AssertionError if they say what rules may not
   */
  static String run(Rules rules, Vocabulary vocabulary, Sample sample, Random order) {
    require(
        rules.maxRecordsPerDevice() > 0 && rules.maxRecordsPerDevice() <= Limits.MAX_RECORDS,
        "rules look at %d records of a device".formatted(rules.maxRecordsPerDevice()));
    Trial trial = new Trial(rules, vocabulary, order);
    sample.epochs().forEach(trial::epoch);
    return trial.said.toString();
  }

  private void epoch(Sample.Epoch epoch) {
    line("epoch %s".formatted(epoch.facts().epoch()));
    SortedMap<DeviceId, DeviceResult> judged = new TreeMap<>();
    SortedMap<DeviceId, List<Admitted>> records = records(epoch);
    for (Device device : shuffled(epoch.devices())) {
      judged.put(device.id(), judge(epoch.facts(), device, of(records, device.id())));
    }
    SortedMap<GroupKey, List<Claim>> claims = new TreeMap<>();
    ofGroups.keySet().forEach(group -> claims.put(group, new ArrayList<>()));
    judged.forEach((device, result) -> {
      write(device, of(records, device), result);
      keep(ofDevices, device, result.carry());
      result
          .claims()
          .forEach(
              claim -> claims.computeIfAbsent(claim.group(), _ -> new ArrayList<>()).add(claim));
    });
    SortedMap<GroupKey, GroupResult> reconciled = new TreeMap<>();
    for (GroupKey group : shuffled(claims.keySet())) {
      List<Claim> sorted = of(claims, group).stream().sorted().limit(Limits.MAX_CLAIMS).toList();
      reconciled.put(group, reconcile(epoch, group, sorted));
    }
    reconciled.forEach((group, result) -> {
      write(group, result);
      keep(ofGroups, group, result.carry());
    });
  }

  /** What counts of each device's records: the first ones, sorted. */
  private SortedMap<DeviceId, List<Admitted>> records(Sample.Epoch epoch) {
    SortedMap<DeviceId, List<Admitted>> records = new TreeMap<>();
    for (Admitted record : shuffled(epoch.records())) {
      records.computeIfAbsent(record.ref().device(), _ -> new ArrayList<>()).add(record);
    }
    records.replaceAll((_, all) ->
        all.stream()
            .sorted((a, b) -> a.ref().compareTo(b.ref()))
            .limit(rules.maxRecordsPerDevice())
            .toList());
    return records;
  }

  private DeviceResult judge(EpochFacts facts, Device device, List<Admitted> records) {
    Carry carry = ofDevices.getOrDefault(device.id(), Carry.NONE);
    DeviceResult result;
    try {
      challenge(facts, device, carry);
      result = rules.judge(new DeviceInput(facts, device, carry, records));
    } catch (RuntimeException e) {
      throw new AssertionError("rules threw over device " + device.id(), e);
    }
    require(
        result.verdicts().size() == records.size(),
        "%d verdicts on %d records".formatted(result.verdicts().size(), records.size()));
    atMost(Limits.MAX_DEVICE_OUTPUTS, result.faults(), "faults");
    atMost(Limits.MAX_DEVICE_OUTPUTS, result.claims(), "claims");
    atMost(Limits.MAX_DEVICE_OUTPUTS, result.slashes(), "slashes");
    result.verdicts().forEach(this::known);
    result.faults().forEach(fault -> known(fault.reason()));
    result.slashes().forEach(slash -> known(slash.reason()));
    for (Claim claim : result.claims()) {
      require(
          claim.origin().device().equals(device.id()),
          "device %s claims for %s".formatted(device.id(), claim.origin().device()));
    }
    return result;
  }

  private void challenge(EpochFacts facts, Device device, Carry carry) {
    SlotNumber first = facts.schedule().firstSlot(facts.epoch());
    for (long i = 0; i < facts.schedule().slotsPerEpoch(); i++) {
      List<Challenge> challenges = rules.challenges(facts.seed(first.plus(i)), device, carry);
      List<Challenge> again = rules.challenges(facts.seed(first.plus(i)), device, carry);
      require(
          challenges.equals(again),
          "slot %s challenges %s twice".formatted(first.plus(i), device.id()));
    }
  }

  private GroupResult reconcile(Sample.Epoch epoch, GroupKey group, List<Claim> claims) {
    GroupResult result;
    try {
      Carry carry = ofGroups.getOrDefault(group, Carry.NONE);
      result = rules.reconcile(new GroupInput(epoch.facts(), group, claims, carry));
    } catch (RuntimeException e) {
      throw new AssertionError("rules threw over group " + group, e);
    }
    atMost(Limits.MAX_GROUP_OUTPUTS, result.amendments(), "amendments");
    atMost(Limits.MAX_GROUP_OUTPUTS, result.scores(), "scores");
    Set<RecordRef> origins = claims.stream().map(Claim::origin).collect(Collectors.toSet());
    for (Amendment amendment : result.amendments()) {
      known(amendment.verdict());
      require(
          origins.contains(amendment.record()),
          "group %s amends %s, which says nothing about it".formatted(group, amendment.record()));
    }
    for (Score score : result.scores()) {
      require(
          epoch.devices().stream().anyMatch(device -> device.id().equals(score.device())),
          "group %s scores device %s of elsewhere".formatted(group, score.device()));
    }
    return result;
  }

  private void known(Verdict verdict) {
    if (verdict instanceof Verdict.Rejected rejected) {
      known(rejected.reason());
    }
  }

  private void known(Reason reason) {
    require(
        reason.code().equals(reasons.get(reason.number())),
        "a reason outside the vocabulary: %d %s".formatted(reason.number(), reason.code()));
  }

  private void write(DeviceId device, List<Admitted> records, DeviceResult result) {
    line("device %s".formatted(device));
    for (int i = 0; i < records.size(); i++) {
      Admitted record = records.get(i);
      line(
          "  record %s in slot %s, %s: %s"
              .formatted(
                  record.ref().sequence(),
                  record.slot(),
                  shown(record.payload()),
                  text(result.verdicts().get(i))));
    }
    for (Fault fault : result.faults()) {
      line(
          "  fault in slot %s: %s: %s"
              .formatted(fault.slot(), fault.reason().code(), fault.evidence()));
    }
    for (Slash slash : result.slashes()) {
      line(
          "  slash of %s: %s: %s"
              .formatted(slash.share(), slash.reason().code(), slash.evidence()));
    }
    if (result.capacity().signum() > 0) {
      line("  capacity %s".formatted(result.capacity()));
    }
    result.claims().stream()
        .sorted()
        .forEach(claim ->
            line(
                "  claim on %s by %s: %s"
                    .formatted(
                        shown(claim.group().bytes()),
                        claim.origin().sequence(),
                        shown(claim.fact()))));
    line("  carry %s".formatted(shown(result.carry().content())));
  }

  private void write(GroupKey group, GroupResult result) {
    line("group %s".formatted(shown(group.bytes())));
    for (Amendment amendment : result.amendments()) {
      line(
          "  amends %s of device %s: %s"
              .formatted(
                  amendment.record().sequence(),
                  amendment.record().device(),
                  text(amendment.verdict())));
    }
    for (Score score : result.scores()) {
      line("  scores device %s: %s".formatted(score.device(), score.entitlement()));
    }
    line("  carry %s".formatted(shown(result.carry().content())));
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted _ -> "ok";
      case Verdict.Rejected(var reason, var evidence) -> reason.code() + ": " + evidence;
    };
  }

  /** Bytes, or how many there are and their hash. */
  private static String shown(Bytes bytes) {
    return bytes.size() <= MAX_SHOWN
        ? bytes.toHex()
        : bytes.size() + " bytes " + Sha256.hash(bytes.toArray());
  }

  private void line(String line) {
    said.append(line.replace('\n', ' ')).append('\n');
  }

  private <T> List<T> shuffled(Collection<T> things) {
    List<T> shuffled = new ArrayList<>(things);
    Collections.shuffle(shuffled, order);
    return shuffled;
  }

  private static <K> void keep(Map<K, Carry> kept, K key, Carry carry) {
    if (carry.isEmpty()) {
      kept.remove(key);
    } else {
      kept.put(key, carry);
    }
  }

  private static <K, V> List<V> of(Map<K, List<V>> lists, K key) {
    return lists.getOrDefault(key, List.of());
  }

  private static void atMost(int most, List<?> said, String what) {
    require(
        said.size() <= most, "%d %s, at most %d are allowed".formatted(said.size(), what, most));
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new AssertionError(otherwise);
    }
  }
}
