package org.groundwork.cli.join;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.ProviderSetup;
import org.groundwork.cli.local.Accounts;
import org.groundwork.cli.local.Ports;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.Operator;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;

/**
 * A joined machine's place on the chain. Each step looks at the chain first, so an interrupted
 * start goes on where it was.
 */
public final class Joined implements AutoCloseable {
  private final Path folder;
  private final String host;
  private final JoinSetup setup;
  private final Accounts accounts;
  private final Ports ports;
  private final ChainTunnel tunnel;
  private final JsonRpc rpc;
  private final Deployment deployment;
  private final ChainReader reader;

  /** Opens the way to the chain. */
  public Joined(Path folder, String host) throws IOException {
    this.folder = folder;
    this.host = host;
    setup = ConfigFile.read(folder.resolve(JoinSetup.FILE), JoinSetup.class);
    accounts = new Accounts(folder.resolve("keys"), new SecureRandom());
    ports = new Ports(folder.resolve("ports.json"));
    tunnel = new ChainTunnel(folder, setup, ports.of("chain"));
    rpc = new JsonRpc(chain());
    deployment = Deployment.load(deploymentFile());
    deployment.verify(rpc);
    reader = new ChainReader(rpc, deployment);
  }

  public JoinRole role() {
    return JoinRole.of(setup.role()).orElseThrow();
  }

  public Path deploymentFile() {
    return folder.resolve("deployment.json");
  }

  /** The chain, at a loopback address of this machine. */
  public URI chain() throws IOException {
    return URI.create("http://127.0.0.1:" + ports.of("chain"));
  }

  public int port(String part) throws IOException {
    return ports.of(part);
  }

  public String endpoint(String part) throws IOException {
    return "http://" + host + ":" + ports.of(part);
  }

  /** The name of this machine's node among its keys. */
  public String node() {
    return role() == JoinRole.GATEWAY ? "gateway" : "verifier-1";
  }

  private Wallet wallet(AccountKey key) throws IOException {
    return new Wallet(new Transactions(rpc, Time.system()), deployment, key);
  }

  /** Registers the provider's device and writes its configuration; returns its folder. */
  public Path provider(long capacityBytes) throws IOException {
    AccountKey owner = accounts.account(setup.role());
    DeviceKey key = accounts.device("device");
    reader.sync();
    Optional<RegisteredDevice> known =
        reader.state().devices().stream()
            .filter(device -> device.key().equals(key.publicKey().bytes()))
            .findFirst();
    String endpoint = endpoint("provider");
    DeviceId device;
    if (known.isEmpty()) {
      device =
          wallet(owner)
              .registerDevice(new NetworkId(setup.network()), key.publicKey(), 0, endpoint);
    } else {
      device = known.get().id();
      if (!known.get().endpoint().equals(endpoint)) {
        wallet(owner).setDeviceEndpoint(device, endpoint);
      }
    }
    Path home = folder.resolve("provider");
    ConfigFile.write(
        home.resolve(ProviderSetup.FILE),
        new ProviderSetup(
            deploymentFile().toString(),
            chain().toString(),
            device.value(),
            accounts.file("device").toString(),
            accounts.passwordFile().toString(),
            host,
            port("provider"),
            capacityBytes));
    return home;
  }

  /** Stakes a verifier or gateway. */
  public void operator() throws IOException {
    AccountKey key = accounts.account(setup.role());
    accounts.keep(node(), key);
    boolean gateway = role() == JoinRole.GATEWAY;
    Role kind = gateway ? Role.GATEWAY : Role.VERIFIER;
    reader.sync();
    Optional<Operator> staked =
        reader.state().operators(gateway ? ChainState.GATEWAY : ChainState.VERIFIER).stream()
            .filter(operator -> operator.signer().equals(key.account()))
            .findFirst();
    TokenAmount stake = Door.STAKE;
    if (staked.isEmpty()) {
      wallet(key).join(kind, key.account(), endpoint(node()), stake);
    } else if (!staked.get().endpoint().equals(endpoint(node()))) {
      wallet(key).setOperatorEndpoint(kind, endpoint(node()));
    }
  }

  @Override
  public void close() {
    rpc.close();
    tunnel.close();
  }
}
