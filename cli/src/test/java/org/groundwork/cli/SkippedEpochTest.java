package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.node.Node;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What commands say about an epoch that was given up, on a real chain with real verifiers. */
class SkippedEpochTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final Time time = Time.system();
  private final Path folder;

  SkippedEpochTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void auditAndWhyNameTheEpochInWhichASkippedOneWasJudged() throws Exception {
    LocalSettings demo = LocalSettings.demo();
    LocalSettings settings =
        new LocalSettings(
            1, 3, 1, 4, 1, demo.ratePerGibSlot(), demo.egressPerGib(), demo.capacityBytes());
    EpochNumber skipped = EpochNumber.FIRST;
    try (LocalNetwork local = LocalNetwork.open(folder, settings, _ -> {})) {
      local.joinOperators();
      // Nobody is there to judge the first epoch.
      EpochSchedule schedule = local.deployment().schedule();
      assertThat(refusal("audit")).contains("Epoch 0 has no result on chain yet");
      long patience =
          local.deployment().economy().skipEpochs()
              * schedule.slotsPerEpoch()
              * schedule.slotSeconds();
      until(
          () -> time.instant().getEpochSecond() > schedule.commitDeadline(skipped) + patience + 1);
      local.treasury().skip(skipped);
      assertThat(refusal("audit")).contains("Epoch 0 was skipped; its reports will be judged");
      try (Node _ = local.startNode()) {
        until(() -> refusal("audit").contains("its reports were judged in epoch"));
        local.reader().sync();
        EpochNumber covering = local.reader().state().coveringResult(skipped).orElseThrow().epoch();
        assertThat(covering).isGreaterThan(skipped);
        String named = "Epoch 0 was skipped; its reports were judged in epoch " + covering + ".";
        assertThat(refusal("audit")).contains(named);
        assertThat(refusal("why", "1", "--epoch")).contains(named);
      }
    }
  }

  /** What a command answers to the number of the first epoch, which it refuses. */
  private String refusal(String... command) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    String[] arguments = Arrays.copyOf(command, command.length + 3);
    arguments[command.length] = "0";
    arguments[command.length + 1] = "--dir";
    arguments[command.length + 2] = folder.toString();
    assertThat(commandLine.execute(arguments)).isEqualTo(command[0].equals("audit") ? 3 : 1);
    return err.toString();
  }

  private void until(Callable<Boolean> condition) throws Exception {
    Instant deadline = time.instant().plus(DEADLINE);
    while (!condition.call()) {
      assertThat(time.instant()).isBefore(deadline);
      time.pause(Duration.ofMillis(200));
    }
  }
}
