package org.groundwork.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.engine.Skipped;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;

/** {@code result.json}: what was signed, and what did not count. */
record StatementJson(
    EpochNumber first, EpochStatement statement, TokenAmount dust, List<Skipped> skipped) {
  Bytes encode() {
    ObjectNode node =
        CanonicalJson.object()
            .put("resultHash", statement.structHash().toHex())
            .put("deployment", statement.deployment().hash().toHex())
            .put("epoch", statement.epoch().value())
            .put("first", first.value())
            .put("attempt", statement.attempt())
            .put("closeBlock", statement.closeBlock().toHex())
            .put("parent", statement.parent().toHex())
            .put("inputs", statement.inputs().toHex())
            .put("rules", statement.rules().toHex())
            .put("carryRoot", statement.carryRoot().toHex())
            .put("moneyRoot", statement.moneyRoot().toHex());
    ArrayNode totals = node.putArray("totals");
    for (Total total : statement.totals()) {
      totals
          .addObject()
          .put("kind", Integer.toString(total.kind().number()))
          .put("network", total.network().value())
          .put("amount", total.amount().toString());
    }
    node.put("dust", dust.toString());
    ArrayNode list = node.putArray("skipped");
    for (Skipped next : skipped) {
      list.addObject()
          .put("gateway", next.gateway().toHex())
          .put("file", next.file().toHex())
          .put("cause", next.cause().code());
    }
    return CanonicalJson.write(node);
  }

  static StatementJson decode(Bytes content) throws Malformed {
    return CanonicalJson.read(content, StatementJson::read, StatementJson::encode);
  }

  private static StatementJson read(JsonNode node) throws Malformed {
    EpochStatement statement =
        new EpochStatement(
            new DeploymentId(CanonicalJson.hash(node, "deployment")),
            new EpochNumber(CanonicalJson.count(node, "epoch")),
            (int) CanonicalJson.count(node, "attempt"),
            CanonicalJson.hash(node, "closeBlock"),
            CanonicalJson.hash(node, "parent"),
            CanonicalJson.hash(node, "inputs"),
            CanonicalJson.hash(node, "rules"),
            CanonicalJson.hash(node, "carryRoot"),
            CanonicalJson.hash(node, "moneyRoot"),
            CanonicalJson.list(CanonicalJson.member(node, "totals"), StatementJson::total));
    return new StatementJson(
        new EpochNumber(CanonicalJson.count(node, "first")),
        statement,
        new TokenAmount(CanonicalJson.number(node, "dust")),
        CanonicalJson.list(CanonicalJson.member(node, "skipped"), StatementJson::skipped));
  }

  private static Total total(JsonNode node) throws Malformed {
    return new Total(
        MoneyJson.kind(CanonicalJson.text(node, "kind")),
        new NetworkId((int) CanonicalJson.count(node, "network")),
        CanonicalJson.number(node, "amount"));
  }

  private static Skipped skipped(JsonNode node) throws Malformed {
    String code = CanonicalJson.text(node, "cause");
    return new Skipped(
        CanonicalJson.account(node, "gateway"),
        CanonicalJson.hash(node, "file"),
        Stream.of(Skipped.Cause.values())
            .filter(cause -> cause.code().equals(code))
            .findFirst()
            .orElseThrow(() -> new Malformed("no cause " + code)));
  }
}
