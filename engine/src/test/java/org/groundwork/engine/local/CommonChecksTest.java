package org.groundwork.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.Device;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommonChecksTest {
  private static final Bytes READING = CounterNetwork.reading(1);
  private static final DeviceKey KEY = Samples.deviceKey(1);
  private final Scene scene = Scene.withDevices(1);

  @Test
  void acceptsWhatIsInOrder() {
    scene.send(0, report(1, 7, READING));
    assertVerdicts(Map.of("accepted", 2L));
  }

  @Tag("A37")
  @Test
  void refusesAnotherDeployment() {
    DeploymentId other = new DeploymentId(Samples.hash("other"));
    scene.send(0, Report.sign(body(other, Samples.NETWORK, 1, 7), KEY));
    assertVerdicts(Map.of("accepted", 1L, "report.wrong-deployment", 1L));
  }

  @Test
  void refusesAnotherNetwork() {
    scene.send(0, Report.sign(body(Samples.DOMAIN.deployment(), new NetworkId(2), 1, 7), KEY));
    assertVerdicts(Map.of("accepted", 1L, "report.wrong-network", 1L));
  }

  @Tag("A2")
  @Test
  void refusesUnregisteredDevicesBelowBetweenAndAboveTheRegistered() {
    scene.register(5).hello(5);
    for (long unregistered : new long[] {3, 9}) {
      scene.send(0, Samples.report(unregistered, 1, READING));
      scene.send(0, Samples.report(unregistered, 2, READING));
    }
    SegmentVerdicts verdicts = scene.run().segments().getFirst();
    assertThat(verdicts.reasons().toArray()).containsExactly(0, 4, 4, 0, 4, 4);
  }

  @Test
  void refusesDevicesOfNetworksThatDoNotExist() {
    DeviceKey key = Samples.deviceKey(2);
    scene.devices.add(
        new Device(new DeviceId(2), new NetworkId(9), Scene.owner(2), key.publicKey(), 0));
    scene.send(0, Report.sign(body(Samples.DOMAIN.deployment(), new NetworkId(9), 2, 1), key));
    assertThat(scene.run().devices().get(1).verdicts()).isEqualTo(Map.of("network.unknown", 1L));
  }

  @Tag("A2")
  @Test
  void refusesAnotherKey() {
    scene.send(0, scene.report(1, 7, READING, Samples.deviceKey(KeyType.P256, "other")));
    assertVerdicts(Map.of("accepted", 1L, "report.wrong-key", 1L));
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void acceptsEveryTypeOfKeyAndRefusesItsWrongSignatures(KeyType type) {
    DeviceKey key = Samples.deviceKey(type, "three");
    scene.register(3, Scene.owner(3), key.publicKey());
    scene.send(0, scene.report(3, 1, new Hello(Scene.owner(3), 1).encode(), key));
    Report good = scene.report(3, 2, READING, key);
    scene.send(0, new Report(good.body(), report(1, 1, READING).signature()));
    assertThat(scene.run().devices().get(1).verdicts())
        .isEqualTo(Map.of("accepted", 1L, "report.wrong-signature", 1L));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void judgesSignaturesTheSameWhetherKeysWereKnownOnArrivalOrNot(boolean known) {
    scene.keysKnownOnArrival = known;
    Report good = report(1, 7, READING);
    Report bad = new Report(report(1, 8, READING).body(), good.signature());
    scene.send(0, good).send(0, bad);
    assertVerdicts(Map.of("accepted", 2L, "report.wrong-signature", 1L));
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 8})
  void refusesAnotherEpoch(long epoch) {
    Sequence sequence = Sequence.of(new EpochNumber(epoch), 5);
    scene.send(0, Samples.report(1, sequence, READING, KEY));
    assertVerdicts(Map.of("accepted", 1L, "report.wrong-epoch", 1L));
  }

  @Test
  void countsAReportOnceWithItsSmallestSlot() {
    Report twice = report(1, 7, READING);
    scene.send(2, twice).send(1, twice);
    EpochResult result = scene.run();
    assertThat(result.devices().getFirst().verdicts())
        .isEqualTo(Map.of("accepted", 2L, "report.duplicate", 1L));
    for (SegmentVerdicts verdicts : result.segments()) {
      int expected = verdicts.slot().equals(scene.slotNumber(2)) ? 8 : 0;
      assertThat(verdicts.reason(0)).isEqualTo(expected);
    }
  }

  @Test
  void doesNotLetAWrongSignatureSpoilACopy() {
    Report good = report(1, 7, READING);
    scene.send(1, new Report(good.body(), report(1, 8, READING).signature())).send(2, good);
    assertVerdicts(Map.of("accepted", 2L, "report.wrong-signature", 1L));
  }

  @Tag("A4")
  @Test
  void voidsAllReportsUnderOneSequenceIfTheyDiffer() {
    scene.send(0, report(1, 7, READING)).send(0, report(1, 7, CounterNetwork.reading(2)));
    scene.send(1, report(1, 7, READING)).send(1, report(1, 8, READING));
    assertVerdicts(Map.of("accepted", 2L, "report.sequence-conflict", 3L));
  }

  @Test
  void doesNotLetUnsignedReportsCauseConflicts() {
    Report forged =
        new Report(
            report(1, 7, CounterNetwork.reading(2)).body(), report(1, 7, READING).signature());
    scene.send(0, report(1, 7, READING)).send(0, forged);
    assertVerdicts(Map.of("accepted", 2L, "report.wrong-signature", 1L));
  }

  @Test
  void looksAtNoMoreRecordsThanTheNetworkAllows() {
    for (int counter = 10; counter < 60; counter++) {
      scene.send(0, report(1, counter, READING));
    }
    assertVerdicts(Map.of("accepted", 40L, "report.too-many", 11L));
  }

  @Test
  void countsRecordsFromTheFirstHelloOn() {
    Scene silent = new Scene().register(1);
    silent.send(0, report(1, 1, READING));
    silent.send(1, report(1, 2, new Hello(Scene.owner(1), 1).encode()));
    silent.send(0, report(1, 3, READING));
    assertThat(silent.run().devices().getFirst().verdicts())
        .isEqualTo(Map.of("accepted", 2L, "device.inactive", 1L));
  }

  @Test
  void keepsADeviceActiveOverEpochs() {
    Scene next = scene.after(scene.run()).readings(1, 0);
    assertThat(next.run().devices().getFirst().verdicts()).isEqualTo(Map.of("accepted", 1L));
  }

  @Test
  void wantsANewHelloOfANewOwnerOrKey() {
    Scene sold = scene.after(scene.run());
    sold.register(1, Samples.account("buyer"), KEY.publicKey()).readings(1, 0);
    assertThat(sold.run().devices().getFirst().verdicts()).isEqualTo(Map.of("device.inactive", 1L));
    DeviceKey key = Samples.deviceKey(KeyType.P256, "new");
    Scene renewed = scene.after(scene.run()).register(1, Scene.owner(1), key.publicKey());
    renewed.send(0, renewed.report(1, 1, READING, key));
    assertThat(renewed.run().devices().getFirst().verdicts())
        .isEqualTo(Map.of("device.inactive", 1L));
  }

  @Test
  void refusesHellosOfAnotherOwnerAndBrokenOnes() {
    Scene silent = new Scene().register(1);
    silent.send(1, 0, new Hello(Samples.account("thief"), 1).encode());
    silent.send(1, 0, new CanonicalWriter().u8(Hello.TYPE).u8(1).toBytes());
    assertThat(silent.run().devices().getFirst().verdicts())
        .isEqualTo(Map.of("device.wrong-hello", 1L, "report.malformed", 1L));
  }

  @Test
  void numbersItsReasonsForEver() {
    assertThat(CommonReason.values())
        .extracting(CommonReason::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  }

  private void assertVerdicts(Map<String, Long> expected) {
    assertThat(scene.run().devices().getFirst().verdicts()).isEqualTo(expected);
  }

  private static Report report(long device, long counter, Bytes payload) {
    return Samples.report(device, counter, payload);
  }

  private static ReportBody body(
      DeploymentId deployment, NetworkId network, long device, long counter) {
    return new ReportBody(
        deployment,
        network,
        new DeviceId(device),
        Samples.deviceKey(device).publicKey().hash(),
        Sequence.of(Samples.EPOCH, counter),
        READING);
  }
}
