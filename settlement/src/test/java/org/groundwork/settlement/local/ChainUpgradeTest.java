package org.groundwork.settlement.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.groundwork.settlement.ManualTime;
import org.groundwork.settlement.rpc.JsonRpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal of a local chain of the version before gives the same blocks (the journal has their
 * hashes), and the chain goes on. Made by {@link PreviousChain}.
 */
class ChainUpgradeTest {
  @TempDir private Path folder;

  @Test
  void theChainOfThePreviousVersionGoesOn() throws IOException {
    InstalledAnvil.locate();
    try (InputStream before =
        Objects.requireNonNull(ChainUpgradeTest.class.getResourceAsStream("journal-0.bin"))) {
      Files.copy(before, folder.resolve("transactions.journal"));
    }
    ManualTime time = new ManualTime(PreviousChain.START.plusSeconds(60));
    try (LocalChain chain = LocalChain.start(LocalChainSettings.in(folder), time);
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      assertThat(rpc.blockNumber()).isEqualTo(2L * PreviousChain.TRANSFERS);
      rpc.sendRawTransaction(Transfers.transfer(PreviousChain.TRANSFERS));
      assertThat(rpc.balance(Transfers.RECEIVER))
          .isEqualTo(BigInteger.valueOf(PreviousChain.TRANSFERS + 1));
    }
  }
}
