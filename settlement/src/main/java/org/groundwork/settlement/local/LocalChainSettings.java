package org.groundwork.settlement.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a local chain is started with.
 *
 * @param folder where journal and lock live
 * @param chainId used when the folder is new; later the journal's counts
 * @param blockInterval a block is mined at each multiple of it since 1970, also when nothing
 *     happens; zero for never
 * @param port of the loopback endpoint; 0 for any free one
 * @param anvil the binary; where absent, the one below the project's contracts folder
 */
public record LocalChainSettings(
    Path folder, long chainId, Duration blockInterval, int port, Optional<Path> anvil) {
  public static final long STANDARD_CHAIN_ID = 31_337;
  private static final int MAX_PORT = 65_535;

  public LocalChainSettings {
    if (chainId < 1 || port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("chain id " + chainId + ", port " + port);
    }
    if (blockInterval.isNegative()
        || !blockInterval.equals(Duration.ofSeconds(blockInterval.toSeconds()))) {
      throw new IllegalArgumentException("the block interval is whole seconds: " + blockInterval);
    }
  }

  /** A chain in this folder on any free port that mines only when it gets a transaction. */
  public static LocalChainSettings in(Path folder) {
    return new LocalChainSettings(folder, STANDARD_CHAIN_ID, Duration.ZERO, 0, Optional.empty());
  }

  public LocalChainSettings withBlockInterval(Duration interval) {
    return new LocalChainSettings(folder, chainId, interval, port, anvil);
  }

  public LocalChainSettings withPort(int value) {
    return new LocalChainSettings(folder, chainId, blockInterval, value, anvil);
  }

  public LocalChainSettings withChainId(long value) {
    return new LocalChainSettings(folder, value, blockInterval, port, anvil);
  }

  public LocalChainSettings withAnvil(Path binary) {
    return new LocalChainSettings(folder, chainId, blockInterval, port, Optional.of(binary));
  }
}
