package org.groundwork.node.wire;

import java.io.IOException;

/** Other nodes by their endpoints. Safe for use by many threads. */
public interface Peers {
  /**
   * The node at an endpoint that its operator put on chain.
   *
   * @throws IOException if the endpoint is no address
   */
  Peer at(String endpoint) throws IOException;
}
