package org.groundwork.checks.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.groundwork.checks.Repository;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.ExplorerDaemon;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.node.Node;
import org.groundwork.node.explorer.ExplorerSettings;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.TokenAmount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, against a real explorer, chain and verifiers: {@code
 * ui/test/flow.test.ts} takes one empty account to credits, a reservation, a registered device, a
 * vote and a claimed reward, and then looks at every page.
 */
class WalletPageTest {
  /** The browser asks as many people would who open one page after the other. */
  private static final int QUESTIONS_PER_SECOND = 1_000;

  private static final TokenAmount BANK =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(10_000)));

  @TempDir private Path folder;

  @Test
  void aPersonWithoutATerminalGetsFromNothingToAClaimedReward() throws Exception {
    LocalSettings demo = LocalSettings.demo();
    LocalSettings settings =
        new LocalSettings(
            1, 5, 4, 4, 1, demo.ratePerGibSlot(), demo.egressPerGib(), demo.capacityBytes());
    try (LocalNetwork network = LocalNetwork.open(folder.resolve("net"), settings, _ -> {})) {
      network.joinOperators();
      network.registerProviders();
      network.fund(network.accounts().account("bank").account(), BANK);
      try (Node _ = network.startNode();
          Worker prices = network.priceKeeper();
          Worker votes = LongerVotes.worker(network);
          ExplorerDaemon explorer = explorer(network);
          OwnServedDevice device = new OwnServedDevice(network, folder.resolve("device"))) {
        awaitSecond(network.deployment().schedule().genesis());
        network.treasury().checkpointPrice();
        prices.start();
        votes.start();
        device.start();
        flow(network.folder(), explorer.uri());
      }
    }
  }

  private static ExplorerDaemon explorer(LocalNetwork network) throws IOException {
    return ExplorerDaemon.start(
        new ChainLink(network.deploymentFile(), network.rpc()),
        new ExplorerSettings(
            new DatabaseAddress("jdbc:h2:mem:walletpage"),
            ServerSettings.loopback(0),
            Optional.of(Repository.root().resolve("ui/dist")),
            QUESTIONS_PER_SECOND));
  }

  private static void flow(Path network, URI explorer) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(Repository.root().resolve("ui/run").toString(), "test", "flow")
            .redirectErrorStream(true);
    command.environment().put("GROUNDWORK_NETWORK", network.toString());
    command.environment().put("GROUNDWORK_EXPLORER", explorer.toString().replaceAll("/$", ""));
    Process process = command.start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("\u001B\\[[0-9;]*m", "");
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).containsPattern("Tests +[0-9]+ passed \\(").doesNotContain("skipped");
  }

  private static void awaitSecond(long unixSeconds) throws InterruptedException {
    while (InstantSource.system().instant().getEpochSecond() < unixSeconds) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
