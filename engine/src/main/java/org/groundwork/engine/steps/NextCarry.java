package org.groundwork.engine.steps;

import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarrySpace;
import org.groundwork.engine.money.MoneyResult;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.scratch.SortedRuns;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Device;

/** Puts together what is kept for the next epoch: what was kept before, merged with changes. */
final class NextCarry {
  private final EpochPlan plan;
  private final CarrySnapshot before;
  private final SortedRuns changes;
  private final SortedRuns.Writer writer;

  NextCarry(EpochPlan plan, CarrySnapshot before, Scratch scratch) {
    this.plan = plan;
    this.before = before;
    this.changes = new SortedRuns(scratch);
    this.writer = changes.writer();
  }

  void add(DeviceOutcome outcome) {
    replace(CarryKey.device(outcome.network(), outcome.device()), outcome.carry());
    if (outcome.saidHello()) {
      Device device = plan.device(outcome.device()).orElseThrow();
      CarryKey key = CarryKey.activation(outcome.network(), outcome.device());
      writer.add(bytes(key), Activation.of(device).encode());
    }
  }

  void add(GroupOutcome outcome) {
    replace(CarryKey.group(outcome.network(), outcome.group()), outcome.carry());
  }

  void add(MoneyResult money) {
    money.carry().forEach((key, value) -> writer.add(bytes(key), value));
  }

  /** An entry without a value is removed. */
  private void replace(CarryKey key, Carry carry) {
    if (!carry.isEmpty() || !before.get(key).isEmpty()) {
      writer.add(bytes(key), carry.content());
    }
  }

  CarrySnapshot build() {
    writer.close();
    var changed = changes.finish().all();
    CarrySnapshot.Builder next = new CarrySnapshot.Builder();
    int old = 0;
    while (changed.hasNext()) {
      SortedRuns.Entry change = changed.next();
      CarryKey key = key(change.key());
      int place = before.indexOf(key);
      for (; old < place; old++) {
        keep(old, next);
      }
      if (old < before.size() && before.entry(old).getKey().equals(key)) {
        old++;
      }
      if (!change.value().isEmpty()) {
        next.add(key, change.value());
      }
    }
    for (; old < before.size(); old++) {
      keep(old, next);
    }
    return next.build();
  }

  /** The money step keeps its own; a device that changed its key gives up the old one. */
  private void keep(int index, CarrySnapshot.Builder next) {
    var entry = before.entry(index);
    boolean kept =
        switch (entry.getKey().space()) {
          case ACTIVATION ->
              plan.device(device(entry.getKey()))
                  .filter(
                      device -> Activation.decode(entry.getValue()).holdsKey(device.key().hash()))
                  .isPresent();
          case DEVICE, GROUP -> true;
          case PAID,
              RESERVATION,
              DEAL,
              SESSION,
              EARNED,
              POOL,
              SLASHED,
              ADMITTED,
              AWARD,
              SESSION_KEY ->
              false;
        };
    if (kept) {
      next.add(entry.getKey(), entry.getValue());
    }
  }

  /** As bytes in the same order: network (u32), space (u8), key. */
  private static Bytes bytes(CarryKey key) {
    return new CanonicalWriter()
        .u32(key.network().value())
        .u8(key.space().number())
        .raw(key.key())
        .toBytes();
  }

  private static CarryKey key(Bytes bytes) {
    try {
      CanonicalReader in = new CanonicalReader(bytes);
      NetworkId network = new NetworkId(Math.toIntExact(in.u32()));
      return new CarryKey(network, CarrySpace.of(in.u8()), in.raw(in.remaining()));
    } catch (Malformed e) {
      throw new IllegalStateException("a key that this run wrote", e);
    }
  }

  private static DeviceId device(CarryKey key) {
    try {
      return new DeviceId(new CanonicalReader(key.key()).count());
    } catch (Malformed e) {
      throw new IllegalStateException("the carry keeps a broken key: " + key, e);
    }
  }
}
