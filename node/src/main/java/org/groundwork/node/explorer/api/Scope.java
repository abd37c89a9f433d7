package org.groundwork.node.explorer.api;

import java.io.IOException;
import java.util.List;
import org.groundwork.engine.Networks;
import org.groundwork.node.explorer.index.EventCodec;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.deploy.Deployment;

/**
 * What answers need beside the database.
 *
 * @param networks for the words of reasons
 */
public record Scope(
    Deployment deployment, EventCodec codec, Networks networks, Titles titles, Nodes nodes) {
  /** How people call a network. */
  public interface Titles {
    String of(String kind, Bytes parameters);
  }

  /** The verifiers' nodes of the moment. */
  public interface Nodes {
    List<NodeClient> verifiers() throws IOException;
  }
}
