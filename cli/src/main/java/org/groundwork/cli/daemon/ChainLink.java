package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.Gateways;
import org.groundwork.node.ChainFeeds;
import org.groundwork.node.HttpGateways;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.node.chain.FreshReader;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.JsonRpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's connection to a deployment: its chain, its gateways, its public files. */
public final class ChainLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChainLink.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final JsonRpc rpc;
  private final FreshReader chain;
  private final HttpPeers peers = new HttpPeers(PATIENCE);
  private final ChainFeeds feed;

  public ChainLink(Path deploymentFile, URI endpoint) throws IOException {
    Deployment deployment = Deployment.load(deploymentFile);
    rpc = new JsonRpc(endpoint);
    deployment.verify(rpc);
    chain = new FreshReader(new ChainReader(rpc, deployment), InstantSource.system());
    feed = new ChainFeeds(chain);
  }

  public ChainFeed feed() {
    return feed;
  }

  public JsonRpc rpc() {
    return rpc;
  }

  public FreshReader chain() {
    return chain;
  }

  public Deployment deployment() {
    return chain.deployment();
  }

  /** Who has stake as a gateway now. */
  public HttpGateways.Directory directory() {
    return feed::gateways;
  }

  /** The gateways that have stake now. */
  public Gateways gateways() {
    return new HttpGateways(deployment().domain(), directory(), peers);
  }

  /** What the verifiers and gateways that have stake now publish. */
  public HttpPublicFiles publicFiles() throws IOException {
    return new HttpPublicFiles(verifiers(), gatewayNodes());
  }

  /** The nodes of the verifiers that have stake now. */
  public List<NodeClient> verifiers() throws IOException {
    return nodes(ChainState.VERIFIER);
  }

  /** The nodes of the gateways that have stake now. */
  public List<NodeClient> gatewayNodes() throws IOException {
    return nodes(ChainState.GATEWAY);
  }

  private List<NodeClient> nodes(int role) throws IOException {
    List<NodeClient> nodes = new ArrayList<>();
    for (var operator : chain.state().operators(role)) {
      try {
        nodes.add(peers.at(operator.endpoint()));
      } catch (IOException e) {
        LOG.debug("{} has no address that can be asked: {}", operator.signer(), e.getMessage());
      }
    }
    return nodes;
  }

  @Override
  public void close() {
    peers.close();
    rpc.close();
  }
}
