package org.groundwork.rules;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * A version of a kind's rules. Versions are only ever added: what was judged once can be judged
 * again.
 *
 * @param number 1, 2, ...
 * @param conformance hash over what the version makes of the kind's golden epochs, which are kept
 *     beside its tests; so two programs that agree on a version agree on those
 */
public record RulesVersion(int number, Hash conformance) {
  private static final byte[] TAG = "groundwork/rules/1".getBytes(StandardCharsets.US_ASCII);

  public RulesVersion {
    if (number < 1) {
      throw new IllegalArgumentException("rules version " + number);
    }
  }

  /**
   * What the network registry keeps of a network's rules: Keccak-256 of a tag, kind, version,
   * conformance and the hash of the parameters.
   */
  public Hash hash(Kind kind, Bytes parameters) {
    Bytes preimage =
        new CanonicalWriter()
            .raw(Bytes.wrap(TAG))
            .u8(kind.name().length())
            .raw(Bytes.wrap(kind.name().getBytes(StandardCharsets.US_ASCII)))
            .u32(number)
            .hash(conformance)
            .hash(Keccak256.hash(parameters.unsafeArray()))
            .toBytes();
    return Keccak256.hash(preimage.unsafeArray());
  }
}
