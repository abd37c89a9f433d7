package org.groundwork.node.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;

/**
 * Makes the state folder of a gateway that dies after promises in three slots, the first of which
 * it sealed. At a release, run it in a new folder, zip that, and add it to the test's resources.
 */
final class PreviousGateway {
  static final String PROMISED = "promised.txt";
  private static final int BATCH = 5;
  private static final int SLOTS = 3;

  private PreviousGateway() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    ManualClock clock = new ManualClock(GatewayFixture.GENESIS);
    GatewayFixture gateway = new GatewayFixture(folder, clock);
    Reporter reporter = new Reporter(1);
    gateway.register(reporter);
    StringBuilder promised = new StringBuilder();
    for (int slot = 0; slot < SLOTS; slot++) {
      clock.set(GatewayFixture.GENESIS + slot * GatewayFixture.SCHEDULE.slotSeconds());
      gateway.sealer.sealDue();
      List<Report> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        batch.add(reporter.report(EpochNumber.FIRST));
      }
      for (Answer answer : gateway.admit(batch)) {
        if (answer instanceof Answer.Promised each) {
          Promise promise = each.promise();
          promised.append(promise.slot()).append(' ').append(promise.report()).append('\n');
        }
      }
    }
    Files.writeString(folder.resolve(PROMISED), promised);
    Runtime.getRuntime().halt(0);
  }
}
