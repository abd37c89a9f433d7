package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What floods is refused cheaply, and nobody else is. */
class RateLimitsTest {
  private static final EpochNumber NOW = new EpochNumber(2);
  private static final long START = GatewayFixture.GENESIS + 2 * 40 + 15;
  private static final GatewayLimits LIMITS = new GatewayLimits(1000, 2_000, 10_000, 1 << 20, 5, 2);

  /** Ten seconds' worth, at once. */
  private static final int KEY_BURST = 20;

  private static final int SENDER_BURST = 50;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final Reporter victim = new Reporter(1);
  private final Reporter other = new Reporter(2);

  @Tag("A2")
  @Test
  void aKeyUnderWhichManyForgeriesComeIsNotVerifiedForStrangers() throws Exception {
    try (GatewayFixture gateway = open()) {
      for (int i = 0; i < KEY_BURST; i++) {
        assertThat(admit(gateway, "stranger " + i, forged(victim)))
            .isEqualTo(Refusal.WRONG_SIGNATURE.code());
      }
      assertThat(admit(gateway, "stranger", forged(victim))).isEqualTo(Refusal.RATE_LIMITED.code());
      assertThat(admit(gateway, "stranger", other.report(NOW))).isEqualTo("promised");
    }
  }

  @Tag("A2")
  @Test
  void forgingInADevicesNameDoesNotShutItOut() throws Exception {
    try (GatewayFixture gateway = open()) {
      assertThat(admit(gateway, "home", victim.report(NOW))).isEqualTo("promised");
      for (int i = 0; i < 3 * KEY_BURST; i++) {
        String answer = admit(gateway, "stranger " + i, forged(victim));
        assertThat(answer).isNotEqualTo("promised");
      }
      assertThat(admit(gateway, "home", victim.report(NOW))).isEqualTo("promised");
    }
  }

  @Test
  void aKeyIsVerifiedForStrangersAgainAfterAWhile() throws Exception {
    try (GatewayFixture gateway = open()) {
      for (int i = 0; i <= KEY_BURST; i++) {
        admit(gateway, "stranger " + i, forged(victim));
      }
      Report good = victim.report(NOW);
      assertThat(admit(gateway, "new home", good)).isEqualTo(Refusal.RATE_LIMITED.code());
      clock.set(START + 1);
      assertThat(admit(gateway, "new home", good)).isEqualTo("promised");
    }
  }

  @Tag("A1")
  @Test
  void anAddressThatSendsForUnknownDevicesIsRefusedUnread() throws Exception {
    try (GatewayFixture gateway = open()) {
      Report unknown = new Reporter(77).report(NOW);
      for (int i = 0; i < SENDER_BURST; i++) {
        assertThat(admit(gateway, "flood", unknown)).isEqualTo(Refusal.UNKNOWN_DEVICE.code());
      }
      assertThat(admit(gateway, "flood", unknown)).isEqualTo(Refusal.RATE_LIMITED.code());
      assertThat(admit(gateway, "elsewhere", unknown)).isEqualTo(Refusal.UNKNOWN_DEVICE.code());
      assertThat(admit(gateway, "elsewhere", other.report(NOW))).isEqualTo("promised");
    }
  }

  @Test
  void aDeviceBehindTheAddressOfATroublemakerIsStillHeardOnceItIsKnownThere() throws Exception {
    try (GatewayFixture gateway = open()) {
      assertThat(admit(gateway, "shared", victim.report(NOW))).isEqualTo("promised");
      for (int i = 0; i <= SENDER_BURST; i++) {
        admit(gateway, "shared", new Reporter(77).report(NOW));
      }
      assertThat(admit(gateway, "shared", other.report(NOW)))
          .isEqualTo(Refusal.RATE_LIMITED.code());
      assertThat(admit(gateway, "shared", victim.report(NOW))).isEqualTo("promised");
    }
  }

  /** One caller keeps far more under way than the gateway takes, and repeats what it refuses. */
  @Test
  void busyUnderLoadLosesNothing() throws Exception {
    GatewayLimits tight = new GatewayLimits(1000, 2_000, 10_000, 20_000);
    Set<Hash> wanted = new HashSet<>();
    List<Report> left = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Report report = victim.report(NOW);
      wanted.add(Reporter.hash(report));
      left.add(report);
    }
    int refusals = 0;
    Set<Hash> promised = new HashSet<>();
    try (GatewayFixture gateway = open(tight)) {
      while (!left.isEmpty()) {
        List<Report> again = sendAll(gateway, left, promised);
        refusals += again.size();
        left = again;
      }
      assertThat(refusals).isPositive();
      assertThat(promised).isEqualTo(wanted);
      clock.set(START + 12);
      gateway.sealer.sealDue();
      assertThat(AdmissionTest.sealed(gateway)).isEqualTo(wanted);
    }
  }

  private static List<Report> sendAll(
      GatewayFixture gateway, List<Report> reports, Set<Hash> promised) throws Exception {
    ConcurrentLinkedQueue<Report> refused = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Hash> kept = new ConcurrentLinkedQueue<>();
    CountDownLatch answered = new CountDownLatch(reports.size());
    Sender sender = gateway.admission.sender("here");
    for (Report report : reports) {
      gateway.admission.admit(
          sender,
          List.of(report),
          answers -> {
            switch (answers.getFirst()) {
              case Answer.Promised word -> kept.add(word.promise().report());
              case Answer.Refused(Refusal refusal) -> {
                assertThat(refusal).isEqualTo(Refusal.BUSY);
                refused.add(report);
              }
            }
            answered.countDown();
          });
    }
    assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
    promised.addAll(kept);
    return List.copyOf(refused);
  }

  private static Report forged(Reporter reporter) {
    return new Report(reporter.report(NOW).body(), Bytes.wrap(new byte[Report.SIGNATURE_SIZE]));
  }

  private static String admit(GatewayFixture gateway, String address, Report report)
      throws InterruptedException {
    Sender sender = gateway.admission.sender(address);
    return switch (gateway.admission.admit(sender, List.of(report)).getFirst()) {
      case Answer.Promised _ -> "promised";
      case Answer.Refused(Refusal refusal) -> refusal.code();
    };
  }

  private GatewayFixture open() throws IOException {
    return open(LIMITS);
  }

  private GatewayFixture open(GatewayLimits limits) throws IOException {
    GatewayFixture gateway = new GatewayFixture(folder, clock, limits, GrowingFile.REAL);
    gateway.register(victim);
    gateway.register(other);
    return gateway;
  }
}
