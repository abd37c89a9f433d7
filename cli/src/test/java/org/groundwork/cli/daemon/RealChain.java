package org.groundwork.cli.daemon;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.groundwork.cli.local.Accounts;
import org.groundwork.networks.storage.rules.StorageNetwork;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.deploy.Deployer;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.deploy.DeploymentParameters;
import org.groundwork.settlement.local.LocalChain;
import org.groundwork.settlement.local.LocalChainSettings;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;

/**
 * A deployment with a storage network on a real chain in its first epoch, and nobody else: slots of
 * a second, a block a second. The chain's clock can be put ahead of the machine's.
 */
final class RealChain implements AutoCloseable {
  private static final BigInteger UNIT = BigInteger.TEN.pow(18);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The chain is behind by so much until the contracts are there, which must be before genesis. */
  private static final Duration BEHIND = Duration.ofMinutes(2);

  final Path folder;
  final Accounts accounts;
  final Deployment deployment;
  final NetworkId network;
  private volatile Duration shift = BEHIND.negated();
  private final LocalChain chain;
  private final JsonRpc rpc;
  private final Transactions transactions;

  RealChain(Path folder) throws Exception {
    this.folder = folder;
    accounts = new Accounts(folder.resolve("keys"), new SecureRandom());
    chain =
        LocalChain.start(
            LocalChainSettings.in(folder.resolve("chain")).withBlockInterval(Duration.ofSeconds(1)),
            new Ahead());
    rpc = new JsonRpc(chain.endpoint());
    long genesis = Time.system().instant().getEpochSecond() - 2;
    deployment =
        new Deployer(
                rpc,
                Accounts.TREASURY,
                DeploymentParameters.local(
                    new EpochSchedule(genesis, 1, 600, 2),
                    Accounts.TREASURY.account(),
                    Stream.of("one", "two", "three")
                        .map(this::unchecked)
                        .map(AccountKey::account)
                        .toList()),
                folder.resolve("deploy.journal"),
                Time.system(),
                _ -> {})
            .run();
    Files.write(deploymentFile(), deployment.toJson());
    transactions = new Transactions(rpc, Time.system());
    Bytes parameters = StorageParameters.DEFAULT.encode();
    StorageNetwork rules = new StorageNetwork();
    network =
        treasury()
            .createNetwork(
                StorageNetwork.KIND.name(),
                rules.newest().hash(StorageNetwork.KIND, parameters),
                parameters);
    shift = Duration.ZERO;
    until("the first epoch", () -> begun(genesis));
  }

  private boolean begun(long genesis) throws IOException {
    return rpc.block(BlockTag.LATEST).orElseThrow().timestamp() > genesis;
  }

  /** The machine's clock and {@link #shift}. */
  private final class Ahead implements Time {
    @Override
    public Instant instant() {
      return Time.system().instant().plus(shift);
    }

    @Override
    public void pause(Duration length) throws InterruptedException {
      Time.system().pause(length);
    }
  }

  private AccountKey unchecked(String name) {
    try {
      return accounts.account(name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts the chain's clock ahead of what it is. */
  void skip(Duration more) {
    shift = shift.plus(more);
  }

  Path deploymentFile() {
    return folder.resolve("deployment.json");
  }

  String endpoint() {
    return chain.endpoint().toString();
  }

  ChainLink link() throws IOException {
    return new ChainLink(deploymentFile(), chain.endpoint());
  }

  Wallet treasury() {
    return new Wallet(transactions, deployment, Accounts.TREASURY);
  }

  static TokenAmount tokens(long whole) {
    return new TokenAmount(UNIT.multiply(BigInteger.valueOf(whole)));
  }

  /** The wallet of an account that has coin and tokens. */
  Wallet funded(String name) throws IOException {
    Wallet wallet = new Wallet(transactions, deployment, accounts.account(name));
    treasury().giveCoin(wallet.account(), UNIT);
    treasury().giveTokens(wallet.account(), tokens(1_000));
    return wallet;
  }

  /** The same, with credits for some of its tokens. */
  Wallet customer(String name) throws IOException {
    Wallet wallet = funded(name);
    wallet.checkpointPrice();
    wallet.buyCredits(tokens(100), Credits.ZERO);
    return wallet;
  }

  static EpochNumber forEver() {
    return new EpochNumber(1_000_000);
  }

  static void until(String what, Callable<Boolean> condition) throws Exception {
    Instant deadline = Time.system().instant().plus(PATIENCE);
    while (!condition.call()) {
      if (Time.system().instant().isAfter(deadline)) {
        throw new AssertionError("waited in vain for " + what);
      }
      Time.system().pause(Duration.ofMillis(100));
    }
  }

  @Override
  public void close() {
    rpc.close();
    chain.close();
  }
}
