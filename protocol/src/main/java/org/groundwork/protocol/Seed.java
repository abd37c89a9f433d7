package org.groundwork.protocol;

import java.math.BigInteger;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * The public randomness of a slot: {@code keccak(deployment, network, slot, hash of the first block
 * at or after the slot's start)}, each a 32-byte word.
 */
public record Seed(SlotNumber slot, Hash value) implements Comparable<Seed> {
  public static Seed of(
      DeploymentId deployment, NetworkId network, SlotNumber slot, Hash blockHash) {
    Bytes words =
        new CanonicalWriter()
            .hash(deployment.hash())
            .u256(BigInteger.valueOf(network.value()))
            .u256(BigInteger.valueOf(slot.value()))
            .hash(blockHash)
            .toBytes();
    return new Seed(slot, Keccak256.hash(words.unsafeArray()));
  }

  @Override
  public int compareTo(Seed other) {
    return slot.compareTo(other.slot);
  }
}
