package org.groundwork.node;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.gateway.GatewayLimits;
import org.groundwork.node.http.ServerSettings;
import org.groundwork.node.mqtt.MqttSettings;
import org.groundwork.node.mqtt.Readers;
import org.groundwork.node.store.StoreUrl;
import org.groundwork.node.verifier.VerifierSettings;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.deploy.Deployment;

/**
 * What one node is to do. Keys print as redacted.
 *
 * @param data the node's folder
 * @param rpc where the chain is asked
 * @param deployment of the chain
 * @param store where public files are kept; in the node's folder if it is not given
 * @param verifyThreads threads that verify signatures, for all roles together
 */
public record NodeConfig(
    Path data,
    URI rpc,
    Deployment deployment,
    Optional<StoreUrl> store,
    Retention retention,
    int verifyThreads,
    Optional<GatewayRole> gateway,
    List<VerifierRole> verifiers) {

  /**
   * The role of a gateway.
   *
   * @param mqtt where its MQTT broker listens, if it has one
   */
  public record GatewayRole(
      AccountKey key,
      ServerSettings server,
      GatewayLimits limits,
      Optional<MqttSettings> mqtt,
      Readers readers) {
    /** A gateway without a broker. */
    public GatewayRole(AccountKey key, ServerSettings server, GatewayLimits limits) {
      this(key, server, limits, Optional.empty(), Readers.NOBODY);
    }

    /** The same with a broker, at which these may read. */
    public GatewayRole withMqtt(MqttSettings settings, Readers mayRead) {
      return new GatewayRole(key, server, limits, Optional.of(settings), mayRead);
    }
  }

  /** The role of a verifier; a node for local use may have several. */
  public record VerifierRole(AccountKey key, ServerSettings server, VerifierSettings settings) {}

  public NodeConfig {
    verifiers = List.copyOf(verifiers);
    if (gateway.isEmpty() && verifiers.isEmpty()) {
      throw new IllegalArgumentException("a node has at least one role");
    }
    if (verifyThreads < 1) {
      throw new IllegalArgumentException("signatures need a thread");
    }
  }
}
