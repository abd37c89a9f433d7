package org.groundwork.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.counter.CounterNetwork;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.junit.jupiter.api.Test;

/**
 * Two fixed epochs and what they came to when this was written. If this fails, a rule of the
 * protocol or a format changed: epochs that were settled before would come to something else now.
 * Do not change the numbers; add a new version of the rule, for new epochs only.
 */
class GoldenEpochTest {
  private static final DeviceKey SHARED = Samples.deviceKey(KeyType.P256, "shared");

  @Test
  void comesToWhatItAlwaysCameTo() {
    Scene first = first();
    EpochResult result = first.run(new Cut(1, 2), 2);
    check(
        result.statement(),
        "0x7bd9810ec7f1cdc2f7afd6d5bb0de1d1ac7ff5fed31d075aba0dfb6aafe7d606",
        "0x96174e30eac5e4e316998967f086c38e9ad6f34f6d3eec37d975bcce9fe5155a",
        "0xf57a7a7709731ced308cae21abb5b126857fca2248b23b9b8287f92adc5e899c",
        "0x9912965ccff83b02f1349c6d35438b2f53afe4e6b2071e2bf27cdf9d1dd034f0");
    EpochStatement second = second(first, result).run(new Cut(1, 2), 2).statement();
    check(
        second,
        "0xc774457a76e68719bdbaa759c4946acab0dc75b679aba1fab8158cc90cdfc920",
        "0x0b50e035d971eb8545bc962b04bf65579031d760651caf568539413c9a56feec",
        "0x0781b7088ad8b71b745ec29a2a33b67212f5852ef5220a9d58150d7739fe9063",
        "0x5391a6a4bdbdc538ea8f16d6ed90c7bd117a0ed8fd6f8f7e03c1c39f085b1df9");
  }

  /** Deals, vouchers, a conflict, a copy, a forged signature, a shared key, a silent slot. */
  private static Scene first() {
    Scene scene = Scene.withDevices(1, 2);
    scene.register(3, Scene.owner(3), SHARED.publicKey());
    scene.register(4, Scene.owner(4), SHARED.publicKey());
    for (long device = 3; device <= 4; device++) {
      var hello = new Hello(Scene.owner(device), 5).encode();
      scene.send(2, scene.report(device, 1, hello, SHARED));
    }
    ReservationId large = scene.reserve("alice", 1, 1_000_003, 777_777);
    ReservationId small = scene.reserve("bob", 2, 50, 49);
    scene.reserve("bob", 4, 60, 61);
    scene.agree("alice", scene.deal("alice", 1, large, 33_333, 120_000));
    scene.agree("bob", scene.deal("bob", 2, small, 20, 1_000));
    scene.readings(1, 0, 1, 3).readings(2, 0, 1, 2, 3);
    scene.send(2, 1, CounterNetwork.reading(4000));
    scene.pay("alice", 1, scene.voucher("alice", 1, large, "egress", 12_345));
    scene.pay("alice", 1, scene.voucher("alice", 1, large, "egress", 54_321));
    Report one = Samples.report(1, 900, CounterNetwork.reading(1));
    Report two = Samples.report(1, 900, CounterNetwork.reading(2));
    Report three = Samples.report(1, 901, CounterNetwork.reading(3));
    scene.send(1, one).send(2, two).send(1, three).send(2, three);
    return scene.send(3, new Report(one.body(), two.signature()));
  }

  /** The deals go on, a reservation is released, and the key is given up. */
  private static Scene second(Scene first, EpochResult result) {
    Scene scene = first.after(result);
    scene.reservations.removeLast();
    scene.register(3);
    scene.readings(1, 0, 1, 2, 3).readings(2, 2);
    var hello = new Hello(Scene.owner(4), 6).encode();
    return scene.send(0, scene.report(4, 1, hello, SHARED));
  }

  private static void check(
      EpochStatement statement, String inputs, String carryRoot, String moneyRoot, String result) {
    assertThat(statement.inputs().toHex()).as("inputs").isEqualTo(inputs);
    assertThat(statement.carryRoot().toHex()).as("carry root").isEqualTo(carryRoot);
    assertThat(statement.moneyRoot().toHex()).as("money root").isEqualTo(moneyRoot);
    assertThat(statement.structHash().toHex()).as("result").isEqualTo(result);
  }
}
