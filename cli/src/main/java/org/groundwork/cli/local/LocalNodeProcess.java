package org.groundwork.cli.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.PurchasedReadings;
import org.groundwork.cli.up.UpFile;
import org.groundwork.engine.Networks;
import org.groundwork.node.Node;
import org.groundwork.node.NodeConfig;
import org.groundwork.node.Retention;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.mqtt.MqttSettings;
import org.groundwork.node.store.StoreUrl;
import org.groundwork.node.verifier.VerifierSettings;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.time.Time;

/** Some roles of a network on one machine, in a process of their own. */
public final class LocalNodeProcess {
  private LocalNodeProcess() {}

  /**
   * Starts roles of a folder that {@link LocalNetwork} laid out.
   *
   * @param name of its own folder in it
   * @param roles {@code gateway}, {@code verifier-1}, ...
   * @param runner where the verifiers have epochs judged
   * @param store where they keep public files; in the folder if it is not given
   */
  public static Node start(
      Path folder,
      String name,
      List<String> roles,
      URI runner,
      Optional<StoreUrl> store,
      Retention retention)
      throws IOException {
    Accounts accounts = new Accounts(folder.resolve("keys"), new SecureRandom());
    Ports ports = new Ports(folder.resolve("ports.json"));
    List<NodeConfig.VerifierRole> verifiers = new ArrayList<>();
    Optional<NodeConfig.GatewayRole> gateway = Optional.empty();
    String host = UpFile.read(folder).addresses().host();
    for (String role : roles) {
      ServerSettings server = ServerSettings.loopback(ports.of(role)).at(host);
      if (role.equals("gateway")) {
        gateway =
            Optional.of(
                new NodeConfig.GatewayRole(accounts.account(role), server, GatewayLimits.DEFAULT)
                    .withMqtt(
                        MqttSettings.loopback(ports.of("mqtt")),
                        new PurchasedReadings(
                            PurchasedReadings.Servers.in(folder), Time.system())));
      } else {
        verifiers.add(
            new NodeConfig.VerifierRole(
                accounts.account(role), server, VerifierSettings.DEFAULT.withRunner(runner)));
      }
    }
    NodeConfig config =
        new NodeConfig(
            folder.resolve(name),
            URI.create("http://127.0.0.1:" + ports.of("chain")),
            Deployment.load(folder.resolve("deployment.json")),
            store,
            retention,
            roles.size() > 1 ? Runtime.getRuntime().availableProcessors() : 1,
            gateway,
            verifiers);
    return Node.start(config, Networks.installed(), Time.system());
  }
}
