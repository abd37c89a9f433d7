package org.groundwork.networks.storage.wire;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/** Which leaves of a holding a seed asks for: PDPVerifier's derivation. */
public final class Challenges {
  private Challenges() {}

  /**
   * The leaf that the challenge {@code index} asks for: keccak256(seed, holding, index as 8 bytes)
   * modulo {@code range}.
   *
   * @param holding the number or name of the holding, 32 bytes
   * @param range leaves of the whole holding, at least 1
   */
  public static long leaf(Hash seed, Hash holding, long index, long range) {
    if (range < 1) {
      throw new IllegalArgumentException("a holding of " + range + " leaves is not challenged");
    }
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(index).array();
    Hash drawn = Keccak256.hash(seed.bytes().unsafeArray(), holding.bytes().unsafeArray(), number);
    return new BigInteger(1, drawn.bytes().unsafeArray())
        .mod(BigInteger.valueOf(range))
        .longValueExact();
  }
}
