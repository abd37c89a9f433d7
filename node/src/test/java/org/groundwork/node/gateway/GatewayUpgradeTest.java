package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.engine.segment.Segment;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SavedState;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state folder that a gateway of the version before left when it died opens with this one:
 * every acknowledged report is sealed in the slot of its promise, and the gateway goes on. Made by
 * {@link PreviousGateway}.
 */
class GatewayUpgradeTest {
  private static final String BEFORE = "gateway-0.zip";

  @TempDir private Path folder;

  @Test
  void everyReportThatThePreviousVersionAcknowledgedIsSealed() throws Exception {
    SavedState.unpack(getClass(), BEFORE, folder);
    Map<String, String> promised = new TreeMap<>();
    Files.readAllLines(folder.resolve(PreviousGateway.PROMISED))
        .forEach(line -> promised.put(line.split(" ", -1)[1], line.split(" ", -1)[0]));
    assertThat(promised).hasSize(15);
    long later = GatewayFixture.GENESIS + 3 * GatewayFixture.SCHEDULE.slotSeconds();
    ManualClock clock = new ManualClock(later);
    try (GatewayFixture gateway = new GatewayFixture(folder, clock)) {
      assertThat(sealed(gateway)).hasSize(5);
      Reporter reporter = new Reporter(2);
      gateway.register(reporter);
      Report report = reporter.report(EpochNumber.FIRST);
      assertThat(gateway.admit(List.of(report)))
          .singleElement()
          .isInstanceOf(Answer.Promised.class);
      promised.put(Reporter.hash(report).toHex(), "3");
      clock.set(later + GatewayFixture.SCHEDULE.slotSeconds() + 60);
      gateway.sealer.sealDue();
      assertThat(sealed(gateway)).isEqualTo(promised);
    }
  }

  /** Every sealed report and its slot. */
  private static Map<String, String> sealed(GatewayFixture gateway) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (SealedSegment sealed : gateway.sealed.segments(EpochNumber.FIRST)) {
      Segment segment = gateway.store.get(sealed.segment()).orElseThrow();
      for (int i = 0; i < segment.count(); i++) {
        String report = Reporter.hash(segment.report(i)).toHex();
        assertThat(found.put(report, sealed.slot().toString())).isNull();
      }
    }
    return found;
  }
}
