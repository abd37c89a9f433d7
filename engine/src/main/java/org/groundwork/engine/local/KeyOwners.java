package org.groundwork.engine.local;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Device;

/**
 * Which devices may not use the key that they registered, because another one said Hello with it
 * first. A device holds its key from its first accepted Hello for as long as it is registered with
 * it. Of devices that say Hello with one key in the same epoch, the one with the smallest slot
 * wins, then the lowest number.
 */
final class KeyOwners {
  private final Set<DeviceId> losers = new HashSet<>();

  KeyOwners(Devices devices, CommonChecks checks, List<InputSegment> segments) {
    devices.byKey().values().stream()
        .filter(contenders -> contenders.size() > 1)
        .forEach(contenders -> settle(contenders.values(), devices, checks, segments));
  }

  boolean ownsKey(Device device) {
    return !losers.contains(device.id());
  }

  private void settle(
      Collection<Device> contenders,
      Devices devices,
      CommonChecks checks,
      List<InputSegment> segments) {
    Optional<Device> holder =
        contenders.stream()
            .filter(devices::holdsKey)
            .findFirst()
            .or(() -> firstToSayHello(contenders, devices, checks, segments));
    contenders.stream()
        .filter(device -> holder.isPresent() && !device.equals(holder.get()))
        .forEach(device -> losers.add(device.id()));
  }

  private record Greeting(SlotNumber slot, Device device) {}

  private static Optional<Device> firstToSayHello(
      Collection<Device> contenders,
      Devices devices,
      CommonChecks checks,
      List<InputSegment> segments) {
    return contenders.stream()
        .flatMap(device -> greeting(device, devices, checks, segments).stream())
        .min(Comparator.comparing(Greeting::slot).thenComparing(g -> g.device().id()))
        .map(Greeting::device);
  }

  private static Optional<Greeting> greeting(
      Device device, Devices devices, CommonChecks checks, List<InputSegment> segments) {
    long id = device.id().value();
    RecordMerge records = new RecordMerge(segments, id, id + 1);
    return checks
        .check(devices.subject(device, true), records, Judgements.IGNORED)
        .firstHello()
        .map(slot -> new Greeting(slot, device));
  }
}
