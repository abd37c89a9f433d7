package org.groundwork.node.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.run.Worker;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Report;

/** Admits and seals as fast as it can, and prints each promise once it has it, until killed. */
final class CrashingGateway {
  private static final int BATCH = 20;

  private CrashingGateway() {}

  static EpochSchedule schedule(long genesis) {
    return new EpochSchedule(genesis, 1, 3, 2);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    EpochSchedule schedule = schedule(Long.parseLong(arguments[1]));
    Reporter reporter = new Reporter(Long.parseLong(arguments[2]));
    InstantSource clock = InstantSource.system();
    try (GatewayFixture gateway =
        new GatewayFixture(folder, schedule, clock, GatewayLimits.DEFAULT, GrowingFile.REAL)) {
      gateway.register(reporter);
      Worker sealing =
          new Worker("sealer", Duration.ofMillis(5), () -> !gateway.sealer.sealDue().isEmpty());
      sealing.start();
      while (!Thread.currentThread().isInterrupted()) {
        EpochNumber epoch = schedule.epochAt(clock.instant().getEpochSecond());
        List<Report> batch = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          batch.add(reporter.report(epoch));
        }
        StringBuilder lines = new StringBuilder();
        for (Answer answer : gateway.admit(batch)) {
          if (answer instanceof Answer.Promised promised) {
            lines
                .append(promised.promise().slot())
                .append(' ')
                .append(promised.promise().report())
                .append('\n');
          }
        }
        System.out.print(lines);
        System.out.flush();
      }
    }
  }
}
