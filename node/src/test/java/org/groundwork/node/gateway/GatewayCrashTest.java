package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.groundwork.engine.segment.Segment;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.NodeProcess;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed again and again keeps every promise it gave. */
class GatewayCrashTest {
  private static final int KILLS = 10;
  private static final long SEED = 20_260_726;

  @TempDir Path folder;

  @Test
  void everythingPromisedIsSealedOnceAfterManyKills() throws Exception {
    Random random = new Random(SEED);
    long genesis = InstantSource.system().instant().getEpochSecond();
    EpochSchedule schedule = CrashingGateway.schedule(genesis);
    Map<Hash, SlotNumber> promised = new HashMap<>();
    for (int round = 1; round <= KILLS; round++) {
      Process process =
          NodeProcess.launch(
              CrashingGateway.class, List.of(folder.toString(), "" + genesis, "" + round));
      // Killed after so many promises: at a moment that nobody chose.
      readPromises(process, 20 + random.nextInt(500), promised);
    }
    ManualClock end = new ManualClock(InstantSource.system().instant().getEpochSecond() + 60);
    try (GatewayFixture gateway =
        new GatewayFixture(folder, schedule, end, GatewayLimits.DEFAULT, GrowingFile.REAL)) {
      gateway.sealer.sealDue();
      assertThat(promised).hasSizeGreaterThan(KILLS * 20);
      Map<Hash, SlotNumber> sealed = sealed(gateway, schedule, end);
      assertThat(sealed).containsAllEntriesOf(promised);
    }
  }

  private static void readPromises(Process process, int wanted, Map<Hash, SlotNumber> promised)
      throws Exception {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      int read = 0;
      boolean killed = false;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 2 && parts[1].length() == 66) {
          promised.put(Hash.fromHex(parts[1]), new SlotNumber(Long.parseLong(parts[0])));
          read++;
        }
        if (read >= wanted && !killed) {
          NodeProcess.kill(process);
          killed = true;
        }
      }
    } finally {
      NodeProcess.kill(process);
    }
  }

  /** All sealed reports with the slots they were sealed for, each of which must be there once. */
  private static Map<Hash, SlotNumber> sealed(
      GatewayFixture gateway, EpochSchedule schedule, InstantSource end) throws Exception {
    Map<Hash, SlotNumber> found = new HashMap<>();
    EpochNumber last = schedule.epochAt(end.instant().getEpochSecond());
    for (long epoch = 0; epoch <= last.value(); epoch++) {
      for (SealedSegment sealed : gateway.sealed.segments(new EpochNumber(epoch))) {
        Segment segment = gateway.store.get(sealed.segment()).orElseThrow();
        for (int i = 0; i < segment.count(); i++) {
          assertThat(found.put(Reporter.hash(segment.report(i)), sealed.slot())).isNull();
          assertThat(segment.body(i).sequence().epoch().value()).isEqualTo(epoch);
        }
      }
    }
    return found;
  }
}
