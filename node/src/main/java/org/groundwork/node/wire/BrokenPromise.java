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

/**
 * A verifier's word that a report which a gateway promised stands in no input of its epoch.
 *
 * @param gateway the gateway's signer
 * @param report hash of the report's body
 */
public record BrokenPromise(
    EpochNumber epoch, AccountId gateway, Hash report, AccountId verifier, Bytes signature) {
  public static BrokenPromise sign(
      SigningDomain domain, EpochNumber epoch, AccountId gateway, Hash report, AccountKey key) {
    Bytes signature = key.sign(digest(domain, epoch, gateway, report));
    return new BrokenPromise(epoch, gateway, report, key.account(), signature);
  }

  public boolean isGenuine(SigningDomain domain) {
    Hash digest = digest(domain, epoch, gateway, report);
    return AccountSignatures.isSignedBy(verifier, digest, signature);
  }

  public ObjectNode toJson() {
    return Json.object()
        .put("epoch", epoch.value())
        .put("gateway", gateway.toHex())
        .put("report", report.toHex())
        .put("verifier", verifier.toHex())
        .put("signature", signature.toHex());
  }

  public static BrokenPromise fromJson(JsonNode json) throws Malformed {
    try {
      return new BrokenPromise(
          new EpochNumber(Json.count(json, "epoch")),
          Json.account(json, "gateway"),
          Json.hash(json, "report"),
          Json.account(json, "verifier"),
          Json.bytes(json, "signature"));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a broken promise: " + e.getMessage());
    }
  }

  private static Hash digest(
      SigningDomain domain, EpochNumber epoch, AccountId gateway, Hash report) {
    return domain.digest(Statements.brokenPromise(domain.deployment(), epoch, gateway, report));
  }
}
