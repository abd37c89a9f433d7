package org.groundwork.node.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;

/** A verifier's word that it is here while an epoch has no result. */
public record SignedPresence(EpochNumber epoch, AccountId verifier, Bytes signature) {
  public static SignedPresence sign(SigningDomain domain, EpochNumber epoch, AccountKey key) {
    return new SignedPresence(epoch, key.account(), key.sign(digest(domain, epoch)));
  }

  public boolean isGenuine(SigningDomain domain) {
    return AccountSignatures.isSignedBy(verifier, digest(domain, epoch), signature);
  }

  public ObjectNode toJson() {
    return Json.object()
        .put("epoch", epoch.value())
        .put("verifier", verifier.toHex())
        .put("signature", signature.toHex());
  }

  public static SignedPresence fromJson(JsonNode json) throws Malformed {
    try {
      return new SignedPresence(
          new EpochNumber(Json.count(json, "epoch")),
          Json.account(json, "verifier"),
          Json.bytes(json, "signature"));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a presence: " + e.getMessage());
    }
  }

  private static Hash digest(SigningDomain domain, EpochNumber epoch) {
    return domain.digest(Statements.presence(domain.deployment(), epoch));
  }
}
