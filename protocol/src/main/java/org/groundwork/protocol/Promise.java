package org.groundwork.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.crypto.AccountSignatures;

/**
 * A gateway's word that a report is durable and will stand in its segments of a slot: one signature
 * over the {@link HashTree} root of the batch that was made durable together, and the path to it.
 *
 * @param report hash of the report's body
 * @param index the report's place among {@code size} in the batch
 * @param signature of the gateway over {@link Statements#promise}
 */
public record Promise(
    AccountId gateway,
    SlotNumber slot,
    Hash report,
    int index,
    int size,
    List<Hash> path,
    Bytes signature) {
  private static final int MAX_BATCH = 1 << 20;
  private static final int MAX_PATH = 20;

  /** The most bytes of an encoded promise. */
  public static final int MAX_ENCODED =
      AccountId.SIZE
          + 8
          + Hash.SIZE
          + 4
          + 4
          + 1
          + MAX_PATH * Hash.SIZE
          + 4
          + AccountSignatures.SIZE;

  public Promise {
    path = List.copyOf(path);
    if (size < 1 || size > MAX_BATCH || index < 0 || index >= size || path.size() > MAX_PATH) {
      throw new IllegalArgumentException("not a place in a batch: " + index + " of " + size);
    }
  }

  /** The root of the batch that the gateway signed; empty if the path is not one. */
  public Optional<Hash> batch() {
    return HashTree.rootFrom(HashTree.leaf(report.bytes()), index, size, path);
  }

  /**
   * What the gateway must have signed: the same for all promises of a batch; empty if the path is
   * none.
   */
  public Optional<Hash> digest(SigningDomain domain) {
    return batch()
        .map(root -> Statements.promise(domain.deployment(), gateway, slot, root))
        .map(domain::digest);
  }

  /** Whether the gateway that it names gave this promise. */
  public boolean isGenuine(SigningDomain domain) {
    return digest(domain)
        .filter(digest -> AccountSignatures.isSignedBy(gateway, digest, signature))
        .isPresent();
  }

  public Bytes encode() {
    CanonicalWriter out = new CanonicalWriter(MAX_ENCODED);
    writeTo(out);
    return out.toBytes();
  }

  /** Appends the encoding where more may follow. */
  public void writeTo(CanonicalWriter out) {
    out.account(gateway).u64(slot.value()).hash(report).u32(index).u32(size).u8(path.size());
    path.forEach(out::hash);
    out.bytes(signature);
  }

  public static Promise decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    Promise promise = read(in);
    in.end();
    return promise;
  }

  /** Reads one promise where more may follow. */
  public static Promise read(CanonicalReader in) throws Malformed {
    try {
      AccountId gateway = in.account();
      SlotNumber slot = new SlotNumber(in.count());
      Hash report = in.hash();
      int index = (int) Math.min(in.u32(), Integer.MAX_VALUE);
      int size = (int) Math.min(in.u32(), Integer.MAX_VALUE);
      int steps = in.u8();
      List<Hash> path = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        path.add(in.hash());
      }
      return new Promise(gateway, slot, report, index, size, path, in.bytes(65));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a promise: " + e.getMessage());
    }
  }
}
