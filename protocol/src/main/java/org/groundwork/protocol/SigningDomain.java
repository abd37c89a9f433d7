package org.groundwork.protocol;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * The EIP-712 domain of a deployment: name "Groundwork", version "1", the chain, and the device
 * registry as verifying contract, for everything that accounts sign.
 */
public record SigningDomain(DeploymentId deployment, Hash separator) {
  private static final String TYPE =
      "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";

  public static SigningDomain of(BigInteger chainId, AccountId registry) {
    byte[] tag = "groundwork/1".getBytes(StandardCharsets.US_ASCII);
    // abi.encode(string, uint256, address): the string's offset, chain, registry, length, text.
    Bytes encoded =
        new CanonicalWriter()
            .u256(BigInteger.valueOf(96))
            .u256(chainId)
            .hash(registry.toSubject())
            .u256(BigInteger.valueOf(tag.length))
            .raw(Bytes.of(tag))
            .raw(Bytes.wrap(new byte[32 - tag.length]))
            .toBytes();
    Hash separator =
        new TypedData(TYPE)
            .bytes(text("Groundwork"))
            .bytes(text("1"))
            .word(chainId)
            .word(registry)
            .structHash();
    return new SigningDomain(new DeploymentId(Keccak256.hash(encoded.unsafeArray())), separator);
  }

  /** The digest that an account signs over a struct of this domain. */
  public Hash digest(Hash structHash) {
    return Keccak256.hash(new byte[] {0x19, 0x01}, separator.toArray(), structHash.toArray());
  }

  private static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
