package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.engine.segment.Segment;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.testing.FaultyDisk;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.KeyType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
  private static final EpochNumber NOW = new EpochNumber(2);

  /** In the second of four slots of epoch 2. */
  private static final long START = GatewayFixture.GENESIS + 2 * 40 + 15;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final Reporter reporter = new Reporter(1);

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void promisesWhatARegisteredDeviceSigned(KeyType type) throws Exception {
    Reporter typed = new Reporter(3, type);
    Report report = typed.report(NOW);
    try (GatewayFixture gateway = open()) {
      gateway.register(typed);
      Promise promise = promise(admit(gateway, report));
      assertThat(promise.isGenuine(Reporter.DOMAIN)).isTrue();
      assertThat(promise.gateway()).isEqualTo(GatewayFixture.KEY.account());
      assertThat(promise.report()).isEqualTo(Reporter.hash(report));
      assertThat(promise.slot().value()).isEqualTo(9);
    }
  }

  @Test
  void eachPromiseOfABatchIsGenuine() throws Exception {
    try (GatewayFixture gateway = open()) {
      List<Report> reports = reports(37);
      List<Answer> answers = gateway.admit(reports);
      for (int i = 0; i < reports.size(); i++) {
        Promise promise = promise(answers.get(i));
        assertThat(promise.isGenuine(Reporter.DOMAIN)).isTrue();
        assertThat(promise.report()).isEqualTo(Reporter.hash(reports.get(i)));
      }
    }
  }

  @Tag("A2")
  @Test
  void refusesAWrongSignature() throws Exception {
    Report report = reporter.report(NOW);
    byte[] signature = report.signature().toArray();
    signature[7] ^= 1;
    assertRefused(new Report(report.body(), Bytes.wrap(signature)), Refusal.WRONG_SIGNATURE);
  }

  @Tag("A2")
  @Test
  void refusesABodyThatSomebodyChanged() throws Exception {
    Report report = reporter.report(NOW);
    byte[] body = report.body().toArray();
    body[body.length - 1] ^= 1;
    assertRefused(new Report(Bytes.wrap(body), report.signature()), Refusal.WRONG_SIGNATURE);
  }

  @Test
  void refusesAnUnknownDevice() throws Exception {
    assertRefused(new Reporter(99).report(NOW), Refusal.UNKNOWN_DEVICE);
  }

  @Test
  void refusesAnotherDeployment() throws Exception {
    ReportBody body = reporter.body(NOW, new byte[] {1});
    DeploymentId other = new DeploymentId(Hash.ZERO);
    assertRefused(sign(body, other, body.network()), Refusal.WRONG_DEPLOYMENT);
  }

  @Test
  void refusesAnotherNetwork() throws Exception {
    ReportBody body = reporter.body(NOW, new byte[] {1});
    assertRefused(sign(body, body.deployment(), new NetworkId(2)), Refusal.WRONG_NETWORK);
  }

  @Tag("A2")
  @Test
  void refusesAnotherKey() throws Exception {
    Reporter impostor = new Reporter(1, KeyType.P256);
    assertRefused(impostor.report(NOW), Refusal.WRONG_KEY);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 0xFFFF_FFFFL})
  void refusesAnotherEpoch(long epoch) throws Exception {
    assertRefused(reporter.report(new EpochNumber(epoch)), Refusal.OLD_EPOCH);
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    GatewayLimits limits = new GatewayLimits(1000, 10, 1000, 1 << 20);
    try (GatewayFixture gateway = open(limits)) {
      assertRefused(gateway, reporter.report(NOW, 1000), Refusal.TOO_LARGE);
      promise(admit(gateway, reporter.report(NOW, 900)));
    }
  }

  @Test
  void refusesABodyThatIsNotCanonical() throws Exception {
    Report report = reporter.report(NOW);
    Bytes signature = report.signature();
    byte[] longer = java.util.Arrays.copyOf(report.body().toArray(), report.body().size() + 1);
    assertRefused(new Report(Bytes.wrap(longer), signature), Refusal.MALFORMED);
    Bytes truncated = report.body().slice(0, report.body().size() - 1);
    assertRefused(new Report(truncated, signature), Refusal.MALFORMED);
    assertRefused(new Report(Bytes.EMPTY, signature), Refusal.MALFORMED);
  }

  @Tag("A1")
  @Test
  void refusesMoreThanADevicesShareOfASlotAndNobodyElses() throws Exception {
    Reporter other = new Reporter(2);
    try (GatewayFixture gateway = open(new GatewayLimits(1000, 3, 1000, 1 << 20))) {
      gateway.register(other);
      for (int i = 0; i < 3; i++) {
        promise(admit(gateway, reporter.report(NOW)));
      }
      assertRefused(gateway, reporter.report(NOW), Refusal.TOO_MANY);
      promise(admit(gateway, other.report(NOW)));
      clock.set(START + 10);
      promise(admit(gateway, reporter.report(NOW)));
    }
  }

  @Test
  void forgeriesDoNotUseUpADevicesShare() throws Exception {
    try (GatewayFixture gateway = open(new GatewayLimits(1000, 1, 1000, 1 << 20))) {
      for (int i = 0; i < 5; i++) {
        Report forged = new Report(reporter.report(NOW).body(), reporter.report(NOW).signature());
        assertRefused(gateway, forged, Refusal.WRONG_SIGNATURE);
      }
      promise(admit(gateway, reporter.report(NOW)));
    }
  }

  @Test
  void saysBusyWhenItsMemoryIsUsedUp() throws Exception {
    try (GatewayFixture gateway = open(new GatewayLimits(1000, 100, 3, 1500))) {
      assertThat(gateway.admit(reports(3))).containsOnly(new Answer.Refused(Refusal.BUSY));
      for (int i = 0; i < 3; i++) {
        promise(admit(gateway, reporter.report(NOW)));
      }
      assertRefused(gateway, reporter.report(NOW), Refusal.BUSY);
    }
  }

  @Test
  void aDuplicateGetsTheSamePromiseEvenAfterARestart() throws Exception {
    Report report = reporter.report(NOW);
    Promise first;
    try (GatewayFixture gateway = open()) {
      List<Report> batch = new ArrayList<>(reports(4));
      batch.add(report);
      first = promise(gateway.admit(batch).getLast());
      assertThat(promise(admit(gateway, report))).isEqualTo(first);
      assertThat(gateway.admit(List.of(report, report)))
          .extracting(AdmissionTest::promise)
          .containsOnly(first);
    }
    try (GatewayFixture gateway = open()) {
      assertThat(promise(admit(gateway, report))).isEqualTo(first);
      clock.set(START + 12);
      gateway.sealer.sealDue();
      assertThat(promise(admit(gateway, report))).isEqualTo(first);
    }
    try (GatewayFixture gateway = open()) {
      assertThat(promise(admit(gateway, report))).isEqualTo(first);
      clock.set(START + 60);
      gateway.sealer.sealDue();
      assertRefused(gateway, report, Refusal.OLD_EPOCH);
    }
  }

  @Test
  void theSameReportTwiceInOneRequestIsOneReport() throws Exception {
    Report report = reporter.report(NOW);
    try (GatewayFixture gateway = open()) {
      List<Answer> answers = gateway.admit(List.of(report, report));
      assertThat(promise(answers.getFirst())).isEqualTo(promise(answers.getLast()));
      clock.set(START + 12);
      assertThat(gateway.sealer.sealDue()).singleElement().extracting("records").isEqualTo(1);
    }
  }

  @Test
  void takesTheEpochBeforeUntilItsLastSlotIsSealed() throws Exception {
    Report late = reporter.report(NOW);
    try (GatewayFixture gateway = open()) {
      clock.set(GatewayFixture.GENESIS + 3 * 40);
      assertThat(promise(admit(gateway, late)).slot().value()).isEqualTo(11);
      clock.set(GatewayFixture.GENESIS + 3 * 40 + 3);
      assertThat(gateway.sealer.sealDue()).singleElement().extracting("records").isEqualTo(1);
      assertRefused(gateway, reporter.report(NOW), Refusal.OLD_EPOCH);
    }
  }

  @Test
  void aFullDiskRefusesAndLosesNothing() throws Exception {
    FaultyDisk disk = new FaultyDisk();
    Set<Hash> promised = new HashSet<>();
    try (GatewayFixture gateway = new GatewayFixture(folder, clock, GatewayLimits.DEFAULT, disk)) {
      gateway.register(reporter);
      promised.add(promise(admit(gateway, reporter.report(NOW))).report());
      disk.leaveRoom(50);
      Report report = reporter.report(NOW);
      assertRefused(gateway, report, Refusal.BUSY);
      disk.leaveRoom(Long.MAX_VALUE);
      promised.add(promise(admit(gateway, report)).report());
      clock.set(START + 12);
      gateway.sealer.sealDue();
      assertThat(sealed(gateway)).isEqualTo(promised);
    }
  }

  /** Random requests, slots, seals and restarts: what was promised is sealed once, in its slot. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsPromisedIsSealedOnceWhateverHappens(long seed) throws Exception {
    Random random = new Random(seed);
    Set<Hash> promised = new HashSet<>();
    List<Report> sent = new ArrayList<>();
    GatewayFixture gateway = open();
    try {
      for (int step = 0; step < 150; step++) {
        switch (random.nextInt(8)) {
          case 0 -> clock.set(clock.instant().getEpochSecond() + 1 + random.nextInt(12));
          case 1 -> gateway.sealer.sealDue();
          case 2 -> {
            gateway.close();
            gateway = open();
          }
          case 3 -> {
            if (!sent.isEmpty()) {
              admit(gateway, sent.get(random.nextInt(sent.size())));
            }
          }
          default -> {
            EpochNumber epoch = GatewayFixture.SCHEDULE.epochAt(clock.instant().getEpochSecond());
            int shift = random.nextInt(8) == 0 ? 1 : 0;
            EpochNumber named = new EpochNumber(Math.max(0, epoch.value() - shift));
            List<Report> batch = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
              batch.add(reporter.report(named));
            }
            sent.addAll(batch);
            for (Answer answer : gateway.admit(batch)) {
              if (answer instanceof Answer.Promised kept) {
                Promise promise = kept.promise();
                promised.add(promise.report());
                assertThat(GatewayFixture.SCHEDULE.epochOf(promise.slot())).isEqualTo(named);
              }
            }
          }
        }
      }
      clock.set(clock.instant().getEpochSecond() + 1000);
      gateway.sealer.sealDue();
      assertThat(promised).hasSizeGreaterThan(20);
      assertThat(sealed(gateway)).isEqualTo(promised);
    } finally {
      gateway.close();
    }
  }

  @Test
  void manyThreadsAtOnceGetEachTheirOwnAnswers() throws Exception {
    List<Report> reports = reports(400);
    try (GatewayFixture gateway = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (Report report : reports) {
        answers.add(threads.submit(() -> admit(gateway, report)));
        answers.add(threads.submit(() -> admit(gateway, report)));
      }
      for (int i = 0; i < answers.size(); i++) {
        Promise promise = promise(answers.get(i).get());
        assertThat(promise.report()).isEqualTo(Reporter.hash(reports.get(i / 2)));
        assertThat(promise.isGenuine(Reporter.DOMAIN)).isTrue();
      }
      clock.set(START + 12);
      gateway.sealer.sealDue();
      assertThat(sealed(gateway)).hasSize(400);
    }
  }

  private Report sign(ReportBody body, DeploymentId deployment, NetworkId network) {
    ReportBody changed =
        new ReportBody(
            deployment,
            network,
            body.device(),
            body.keyHash(),
            new Sequence(body.sequence().value()),
            body.payload());
    return Report.sign(changed, reporter.key());
  }

  private void assertRefused(Report report, Refusal refusal) throws Exception {
    try (GatewayFixture gateway = open()) {
      assertRefused(gateway, report, refusal);
      promise(admit(gateway, reporter.report(NOW)));
    }
  }

  private static void assertRefused(GatewayFixture gateway, Report report, Refusal refusal)
      throws InterruptedException {
    assertThat(admit(gateway, report)).isEqualTo(new Answer.Refused(refusal));
  }

  private static Answer admit(GatewayFixture gateway, Report report) throws InterruptedException {
    return gateway.admit(List.of(report)).getFirst();
  }

  private static Promise promise(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Promised.class);
    return ((Answer.Promised) answer).promise();
  }

  private List<Report> reports(int count) {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reports.add(reporter.report(NOW));
    }
    return reports;
  }

  /** The reports in all segments of the sealed log, each of which must stand there once. */
  static Set<Hash> sealed(GatewayFixture gateway) throws IOException {
    Set<Hash> found = new HashSet<>();
    for (long epoch = 0; epoch < 200; epoch++) {
      for (SealedSegment sealed : gateway.sealed.segments(new EpochNumber(epoch))) {
        Segment segment = gateway.store.get(sealed.segment()).orElseThrow();
        assertThat(segment.header().epoch().value()).isEqualTo(epoch);
        for (int i = 0; i < segment.count(); i++) {
          assertThat(found.add(Reporter.hash(segment.report(i)))).isTrue();
          assertThat(segment.body(i).sequence().epoch().value()).isEqualTo(epoch);
        }
      }
    }
    return found;
  }

  private GatewayFixture open() throws IOException {
    return open(GatewayLimits.DEFAULT);
  }

  private GatewayFixture open(GatewayLimits limits) throws IOException {
    GatewayFixture gateway = new GatewayFixture(folder, clock, limits, GrowingFile.REAL);
    gateway.register(reporter);
    return gateway;
  }
}
