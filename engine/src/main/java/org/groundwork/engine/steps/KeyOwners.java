package org.groundwork.engine.steps;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Device;

/**
 * Which devices may not use the key that they registered, because another one said Hello with it
 * first. A device holds its key from its first accepted Hello for as long as it is registered with
 * it. Of devices that say Hello with one key in the same epoch, the one with the smallest slot
 * wins, then the lowest number.
 */
public final class KeyOwners {
  private final Set<DeviceId> losers = new HashSet<>();

  /** What {@link #losers} of another one were, such as on another machine. */
  public KeyOwners(Collection<DeviceId> losers) {
    this.losers.addAll(losers);
  }

  KeyOwners(EpochPlan plan, CarrySnapshot before, CommonChecks checks, EpochInputs inputs) {
    for (List<Device> contenders : contested(plan)) {
      settle(
          contenders.stream().map(device -> KnownDevice.of(device, before, true)).toList(),
          checks,
          inputs);
    }
  }

  public boolean ownsKey(DeviceId device) {
    return !losers.contains(device);
  }

  /** Those that do not own the key with which they are registered, ascending. */
  public List<DeviceId> losers() {
    return losers.stream().sorted().toList();
  }

  /** The devices of each key that several registered, ascending. */
  private static Collection<List<Device>> contested(EpochPlan plan) {
    Set<Hash> once = new HashSet<>(2 * plan.devices().size());
    Set<Hash> twice = new HashSet<>();
    for (Device device : plan.devices()) {
      Hash key = device.key().hash();
      if (!once.add(key)) {
        twice.add(key);
      }
    }
    Map<Hash, List<Device>> contested = new HashMap<>();
    if (!twice.isEmpty()) {
      for (Device device : plan.devices()) {
        Hash key = device.key().hash();
        if (twice.contains(key)) {
          contested.computeIfAbsent(key, _ -> new ArrayList<>()).add(device);
        }
      }
    }
    return contested.values();
  }

  private void settle(List<KnownDevice> contenders, CommonChecks checks, EpochInputs inputs) {
    Optional<KnownDevice> holder =
        contenders.stream()
            .filter(KnownDevice::holdsKey)
            .findFirst()
            .or(() -> firstToSayHello(contenders, checks, inputs));
    contenders.stream()
        .filter(known -> holder.isPresent() && !known.equals(holder.get()))
        .forEach(known -> losers.add(known.device().id()));
  }

  private record Greeting(SlotNumber slot, KnownDevice known) {
    DeviceId device() {
      return known.device().id();
    }
  }

  private static Optional<KnownDevice> firstToSayHello(
      List<KnownDevice> contenders, CommonChecks checks, EpochInputs inputs) {
    return contenders.stream()
        .flatMap(known -> greeting(known, checks, inputs).stream())
        .min(Comparator.comparing(Greeting::slot).thenComparing(Greeting::device))
        .map(Greeting::known);
  }

  private static Optional<Greeting> greeting(
      KnownDevice known, CommonChecks checks, EpochInputs inputs) {
    long id = known.device().id().value();
    RecordMerge records = new RecordMerge(inputs, id, id + 1);
    return checks
        .check(known, records.of(id), new DevicePhase.Bench(Judgements.IGNORED))
        .firstHello()
        .map(slot -> new Greeting(slot, known));
  }
}
