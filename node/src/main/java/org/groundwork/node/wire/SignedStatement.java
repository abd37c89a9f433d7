package org.groundwork.node.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.AccountSignatures;

/** A verifier's signature over what it computed for an epoch. */
public record SignedStatement(EpochStatement statement, AccountId signer, Bytes signature) {
  private static final int MAX_TOTALS = 384;

  public static SignedStatement sign(
      EpochStatement statement, SigningDomain domain, AccountKey key) {
    Bytes signature = key.sign(domain.digest(statement.structHash()));
    return new SignedStatement(statement, key.account(), signature);
  }

  public boolean isGenuine(SigningDomain domain) {
    return statement.deployment().equals(domain.deployment())
        && AccountSignatures.isSignedBy(signer, domain.digest(statement.structHash()), signature);
  }

  public ObjectNode toJson() {
    ObjectNode json = Json.object();
    json.put("deployment", statement.deployment().hash().toHex())
        .put("epoch", statement.epoch().value())
        .put("attempt", statement.attempt())
        .put("closeBlock", statement.closeBlock().toHex())
        .put("parent", statement.parent().toHex())
        .put("inputs", statement.inputs().toHex())
        .put("rules", statement.rules().toHex())
        .put("carryRoot", statement.carryRoot().toHex())
        .put("moneyRoot", statement.moneyRoot().toHex());
    ArrayNode totals = json.putArray("totals");
    for (Total total : statement.totals()) {
      totals
          .addObject()
          .put("kind", total.kind().number())
          .put("network", total.network().value())
          .put("amount", total.amount().toString());
    }
    return json.put("signer", signer.toHex()).put("signature", signature.toHex());
  }

  public static SignedStatement fromJson(JsonNode json) throws Malformed {
    List<Total> totals = new ArrayList<>();
    for (JsonNode total : Json.member(json, "totals")) {
      if (totals.size() == MAX_TOTALS) {
        throw new Malformed("too many totals");
      }
      totals.add(total(total));
    }
    try {
      EpochStatement statement =
          new EpochStatement(
              new DeploymentId(Json.hash(json, "deployment")),
              new EpochNumber(Json.count(json, "epoch")),
              Math.toIntExact(Json.count(json, "attempt")),
              Json.hash(json, "closeBlock"),
              Json.hash(json, "parent"),
              Json.hash(json, "inputs"),
              Json.hash(json, "rules"),
              Json.hash(json, "carryRoot"),
              Json.hash(json, "moneyRoot"),
              totals);
      return new SignedStatement(
          statement, Json.account(json, "signer"), Json.bytes(json, "signature"));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Malformed("not a statement: " + e.getMessage());
    }
  }

  private static Total total(JsonNode json) throws Malformed {
    long number = Json.count(json, "kind");
    for (MoneyKind kind : MoneyKind.values()) {
      if (kind.number() == number) {
        return new Total(kind, network(json), Json.amount(json, "amount"));
      }
    }
    throw new Malformed("no kind of money: " + number);
  }

  private static NetworkId network(JsonNode json) throws Malformed {
    long network = Json.count(json, "network");
    if (network < 0 || network > Integer.MAX_VALUE) {
      throw new Malformed("no network: " + network);
    }
    return new NetworkId((int) network);
  }
}
