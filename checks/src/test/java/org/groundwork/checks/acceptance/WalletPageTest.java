package org.groundwork.checks.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.groundwork.checks.Repository;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.node.Node;
import org.groundwork.node.run.Worker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wallet page in a real browser, against a real chain and real verifiers: {@code
 * ui/test/flow.test.ts} takes an empty account to credits, a reservation and a registered device,
 * and claims what a verifier earned.
 */
class WalletPageTest {
  @TempDir private Path folder;

  @Test
  void aPersonWithoutATerminalBuysReservesRegistersAndClaims() throws Exception {
    LocalSettings demo = LocalSettings.demo();
    LocalSettings settings =
        new LocalSettings(
            1, 5, 2, 4, 1, demo.ratePerGibSlot(), demo.egressPerGib(), demo.capacityBytes());
    try (LocalNetwork network = LocalNetwork.open(folder.resolve("net"), settings, _ -> {})) {
      network.joinOperators();
      network.registerProviders();
      try (Node _ = network.startNode();
          Worker prices = network.priceKeeper()) {
        awaitSecond(network.deployment().schedule().genesis());
        network.treasury().checkpointPrice();
        prices.start();
        flow(network.folder());
      }
    }
  }

  private static void flow(Path network) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(Repository.root().resolve("ui/run").toString(), "test", "flow")
            .redirectErrorStream(true);
    command.environment().put("GROUNDWORK_NETWORK", network.toString());
    Process process = command.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("2 passed");
  }

  private static void awaitSecond(long unixSeconds) throws InterruptedException {
    while (InstantSource.system().instant().getEpochSecond() < unixSeconds) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
