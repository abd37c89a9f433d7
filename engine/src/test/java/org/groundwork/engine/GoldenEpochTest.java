package org.groundwork.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.rules.SessionKey;
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
        "0xc398d1897b000baf9b958066102bf4ab21e0848b5e3bd8c805b36834959ebf76",
        "0x127d476b4e9fe621db796a9b0987055b04ace162c447839039cb43e5c10713da",
        "0x41df9afa4a3c076d267cfa3abf73d8858883e516d67f54e82536809085eb6f62",
        "0x55070ba9973ce86ad912c1ef573e2754a1338ed3c964e8147565a9045d331def");
    EpochStatement second = second(first, result).run(new Cut(1, 2), 2).statement();
    check(
        second,
        "0xc8f7aeadc8f44c13776b5b0d73bbc12183c2eb15c15dce044194408081c30da9",
        "0x9286ce13fea0ad813c8e1675914d083cd88108e7910ebb8f41b4d2cbaa2b73c6",
        "0xf83c3756719f440b27abab7ca66f3d6a4f47b32f1b150a1cd352a922eb1d559e",
        "0x56dc02370f254959392f2b06051a69436076a36c451b90e62493181fdb9a7a16");
  }

  /**
   * Money of every kind, deals, vouchers, a session key, a slash, a conflict, a copy, a forged
   * signature, a shared key, a silent slot.
   */
  private static Scene first() {
    Scene scene = Scene.withDevices(1, 2, 5);
    scene.emission =
        new EmissionSchedule(
            TokenAmount.of(123_457),
            8,
            new BasisPoints(9_871),
            TokenAmount.of(1_000_000_000),
            new BasisPoints(5_000),
            new BasisPoints(2_000),
            new BasisPoints(1_111),
            Samples.account("treasury"));
    scene.bootstrap =
        new BootstrapBudget(
            TokenAmount.of(77_777),
            new EpochNumber(6),
            new EpochNumber(17),
            new BasisPoints(7_001),
            1,
            TokenAmount.of(1_000));
    scene.vestingEpochs = 1;
    scene.parentSigners = List.of("v1", "v2", "v4");
    scene.stake(1, 1_000).stake(2, 1_001).stake(5, 999_999);
    scene.send(1, 1, CounterNetwork.capacity(7)).send(2, 1, CounterNetwork.capacity(11));
    scene.send(5, 1, CounterNetwork.capacity(13)).send(5, 2, CounterNetwork.offence(333));
    scene.sessionKeys.add(
        new SessionKey(
            Samples.key("alice").account(),
            Samples.key("key").account(),
            Samples.NETWORK,
            Credits.of(5_000)));
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
    scene.pay("key", 1, scene.voucher("alice", 1, large, "by key", 6_000));
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
    scene.send(1, 1, CounterNetwork.capacity(8)).send(2, 1, CounterNetwork.capacity(5));
    scene.readings(1, 0, 1, 2, 3).readings(2, 2);
    var hello = new Hello(Scene.owner(4), 6).encode();
    return scene.send(0, scene.report(4, 1, hello, SHARED));
  }

  private static void check(
      EpochStatement statement, String inputs, String carryRoot, String moneyRoot, String result) {
    assertThat(
            Stream.of(
                    statement.inputs(),
                    statement.carryRoot(),
                    statement.moneyRoot(),
                    statement.structHash())
                .map(Hash::toHex))
        .as("inputs, carry root, money root, result")
        .containsExactly(inputs, carryRoot, moneyRoot, result);
  }
}
