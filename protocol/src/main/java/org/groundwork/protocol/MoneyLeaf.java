package org.groundwork.protocol;

import java.math.BigInteger;

/**
 * A leaf of the money root: {@code (uint8 kind, uint32 network, bytes32 subject, uint256
 * cumulative)}, encoded as OpenZeppelin's StandardMerkleTree does.
 */
public record MoneyLeaf(MoneyKind kind, NetworkId network, Hash subject, BigInteger cumulative) {
  public Hash hash() {
    Bytes words =
        new CanonicalWriter()
            .u256(BigInteger.valueOf(kind.number()))
            .u256(BigInteger.valueOf(network.value()))
            .hash(subject)
            .u256(cumulative)
            .toBytes();
    return StandardMerkleTree.leafHash(words);
  }
}
