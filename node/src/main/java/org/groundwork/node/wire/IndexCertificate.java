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

/** A verifier's word that it holds every segment of an index. */
public record IndexCertificate(
    EpochNumber epoch, AccountId gateway, Hash index, AccountId verifier, Bytes signature) {

  public static IndexCertificate sign(
      SigningDomain domain, EpochNumber epoch, AccountId gateway, Hash index, AccountKey key) {
    Bytes signature = key.sign(digest(domain, epoch, gateway, index));
    return new IndexCertificate(epoch, gateway, index, key.account(), signature);
  }

  public boolean isGenuine(SigningDomain domain) {
    return AccountSignatures.isSignedBy(verifier, digest(domain, epoch, gateway, index), signature);
  }

  public ObjectNode toJson() {
    return Json.object()
        .put("epoch", epoch.value())
        .put("gateway", gateway.toHex())
        .put("index", index.toHex())
        .put("verifier", verifier.toHex())
        .put("signature", signature.toHex());
  }

  public static IndexCertificate fromJson(JsonNode json) throws Malformed {
    try {
      return new IndexCertificate(
          new EpochNumber(Json.count(json, "epoch")),
          Json.account(json, "gateway"),
          Json.hash(json, "index"),
          Json.account(json, "verifier"),
          Json.bytes(json, "signature"));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a certificate: " + e.getMessage());
    }
  }

  private static Hash digest(
      SigningDomain domain, EpochNumber epoch, AccountId gateway, Hash index) {
    return domain.digest(Statements.indexCertificate(domain.deployment(), epoch, gateway, index));
  }
}
