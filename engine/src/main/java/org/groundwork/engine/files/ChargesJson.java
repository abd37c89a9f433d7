package org.groundwork.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.MoneyOutcome;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;

/** {@code charges.json}. */
final class ChargesJson {
  private ChargesJson() {}

  static Bytes encode(List<ChargeLine> charges) {
    return CanonicalJson.bytes(document(charges));
  }

  static CanonicalJson.Part document(List<ChargeLine> charges) {
    return out -> CanonicalJson.writeArray(out, charges, ChargesJson::node);
  }

  private static ObjectNode node(ChargeLine line) {
    return CanonicalJson.object()
        .put("network", line.network().value())
        .put("device", line.device().toString())
        .put("kind", line.kind().code())
        .put("evidence", line.evidence().toHex())
        .put("payer", line.payer().toHex())
        .put("seller", line.seller().toHex())
        .put("reservation", line.reservation().hash().toHex())
        .put("outcome", line.outcome().code())
        .put("asked", line.asked().toString())
        .put("charged", line.charged().toString())
        .put("basis", line.basis().toString())
        .put("paid", line.paid().toString());
  }

  static List<ChargeLine> decode(Bytes content) throws Malformed {
    return CanonicalJson.read(
        content, node -> CanonicalJson.list(node, ChargesJson::line), ChargesJson::encode);
  }

  private static ChargeLine line(JsonNode node) throws Malformed {
    return new ChargeLine(
        new NetworkId((int) CanonicalJson.count(node, "network")),
        new DeviceId(CanonicalJson.number(node, "device").longValueExact()),
        kind(CanonicalJson.text(node, "kind")),
        CanonicalJson.hash(node, "evidence"),
        CanonicalJson.account(node, "payer"),
        CanonicalJson.account(node, "seller"),
        new ReservationId(CanonicalJson.hash(node, "reservation")),
        outcome(CanonicalJson.text(node, "outcome")),
        new Credits(CanonicalJson.number(node, "asked")),
        new Credits(CanonicalJson.number(node, "charged")),
        new TokenAmount(CanonicalJson.number(node, "basis")),
        new TokenAmount(CanonicalJson.number(node, "paid")));
  }

  private static ChargeLine.Kind kind(String code) throws Malformed {
    return Stream.of(ChargeLine.Kind.values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new Malformed("no kind of evidence: " + code));
  }

  private static MoneyOutcome outcome(String code) throws Malformed {
    return Stream.of(MoneyOutcome.values())
        .filter(outcome -> outcome.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new Malformed("no outcome: " + code));
  }
}
