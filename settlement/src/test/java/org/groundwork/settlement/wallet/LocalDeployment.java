package org.groundwork.settlement.wallet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.ManualTime;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.deploy.Deployer;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.deploy.DeploymentParameters;
import org.groundwork.settlement.local.InstalledAnvil;
import org.groundwork.settlement.local.LocalChain;
import org.groundwork.settlement.local.LocalChainSettings;
import org.groundwork.settlement.rpc.JsonRpc;

/** A deployment on a local chain whose clock a test moves. */
public final class LocalDeployment implements AutoCloseable {
  public static final long GENESIS = 1_800_001_000;
  public static final EpochSchedule SCHEDULE = new EpochSchedule(GENESIS, 10, 6, 2);

  /** The members of the council. */
  public static final List<AccountKey> COUNCIL =
      IntStream.range(0, 3).mapToObj(_ -> AccountKey.generate(new SecureRandom())).toList();

  private final ManualTime time = new ManualTime(Instant.ofEpochSecond(GENESIS - 1_000));
  private final Path folder;
  private LocalChain chain;
  private final JsonRpc rpc;
  private final Transactions transactions;
  private final Deployment deployment;
  private final ChainReader reader;

  public LocalDeployment(Path folder) throws SettlementException {
    this.folder = folder;
    chain = start(folder, time, 0);
    rpc = new JsonRpc(chain.endpoint());
    AccountKey deployer = LocalChain.richAccount();
    deployment =
        new Deployer(
                rpc,
                deployer,
                DeploymentParameters.local(SCHEDULE, deployer.account(), council()),
                folder.resolve("deploy.journal"),
                time,
                _ -> {})
            .run();
    transactions = new Transactions(rpc, time);
    reader = new ChainReader(rpc, deployment);
  }

  private static List<AccountId> council() {
    return COUNCIL.stream().map(AccountKey::account).toList();
  }

  private static LocalChain start(Path folder, ManualTime time, int port)
      throws SettlementException {
    return LocalChain.start(
        LocalChainSettings.in(folder).withAnvil(InstalledAnvil.locate()).withPort(port), time);
  }

  /** What happens while the chain is down. */
  public interface Meanwhile {
    void run() throws IOException;
  }

  /** Stops the chain and starts it again at the same port. */
  public void restart(Meanwhile meanwhile) throws IOException {
    int port = chain.endpoint().getPort();
    chain.close();
    meanwhile.run();
    chain = start(folder, time, port);
  }

  public Wallet wallet(AccountKey key) {
    return new Wallet(transactions, deployment, key);
  }

  /** The account that has all coin and tokens, and owns what can be owned. */
  public Wallet treasury() {
    return wallet(LocalChain.richAccount());
  }

  /** Goes on to a Unix second, with a block there. */
  public void goTo(long timestamp) throws SettlementException {
    time.advance(Duration.ofSeconds(timestamp - time.instant().getEpochSecond()));
    chain.mine();
  }

  /** Goes on by a while, with a block at the end. */
  public void pass(Duration span) throws SettlementException {
    goTo(time.instant().plus(span).getEpochSecond());
  }

  public void goToOpening(EpochNumber epoch) throws SettlementException {
    goTo(SCHEDULE.opening(epoch));
  }

  public Deployment deployment() {
    return deployment;
  }

  public ChainReader reader() {
    return reader;
  }

  public URI endpoint() {
    return chain.endpoint();
  }

  public JsonRpc rpc() {
    return rpc;
  }

  @Override
  public void close() {
    rpc.close();
    chain.close();
  }
}
