package org.groundwork.node.wire;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Sha256;

/** Who sends a request: an account's signature over method, target, content and time. */
public record RequestSignature(AccountId account, long time, Bytes signature) {
  public static final String ACCOUNT = "Groundwork-Account";
  public static final String TIME = "Groundwork-Time";
  public static final String SIGNATURE = "Groundwork-Signature";

  /** How far the clocks of two nodes may be apart, in seconds. */
  private static final long MAX_SKEW = 120;

  public static RequestSignature sign(
      SigningDomain domain,
      AccountKey key,
      InstantSource clock,
      String method,
      String target,
      Bytes content) {
    long time = clock.instant().getEpochSecond();
    Hash digest = digest(domain, method, target, content, time);
    return new RequestSignature(key.account(), time, key.sign(digest));
  }

  public Map<String, String> headers() {
    return Map.of(
        ACCOUNT, account.toHex(), TIME, Long.toString(time), SIGNATURE, signature.toHex());
  }

  /** Reads the three headers; empty if one is missing or unreadable. */
  public static Optional<RequestSignature> of(String account, String time, String signature) {
    try {
      Bytes bytes = Json.bytes(account);
      if (bytes.size() != AccountId.SIZE || !time.matches("[0-9]{1,12}")) {
        return Optional.empty();
      }
      return Optional.of(
          new RequestSignature(new AccountId(bytes), Long.parseLong(time), Json.bytes(signature)));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  public boolean isGenuine(
      SigningDomain domain, InstantSource clock, String method, String target, Bytes content) {
    return Math.abs(clock.instant().getEpochSecond() - time) <= MAX_SKEW
        && AccountSignatures.isSignedBy(
            account, digest(domain, method, target, content, time), signature);
  }

  private static Hash digest(
      SigningDomain domain, String method, String target, Bytes content, long time) {
    Hash hash = Sha256.hash(content.unsafeArray());
    return domain.digest(Statements.request(domain.deployment(), method, target, hash, time));
  }
}
