package org.groundwork.protocol;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * The account that stands as seller in reservations for all of a network's providers: the last 20
 * bytes of {@code keccak("groundwork/pool/1", deployment, u32 network)}, packed. Nobody holds its
 * key, and nothing is ever paid to it.
 */
public final class NetworkPool {
  private static final byte[] TAG = "groundwork/pool/1".getBytes(StandardCharsets.US_ASCII);

  private NetworkPool() {}

  public static AccountId of(DeploymentId deployment, NetworkId network) {
    byte[] number = new CanonicalWriter().u32(network.value()).toBytes().toArray();
    Bytes hash = Keccak256.hash(TAG, deployment.hash().toArray(), number).bytes();
    return new AccountId(hash.slice(Hash.SIZE - AccountId.SIZE, Hash.SIZE));
  }
}
