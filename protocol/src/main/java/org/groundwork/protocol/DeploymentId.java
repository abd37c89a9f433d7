package org.groundwork.protocol;

/**
 * One deployment: {@code keccak(abi.encode("groundwork/1", chainId, registry))}. In everything that
 * is signed, so that nothing replays elsewhere.
 */
public record DeploymentId(Hash hash) {
  @Override
  public String toString() {
    return hash.toHex();
  }
}
