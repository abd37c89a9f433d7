package org.groundwork.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;

/** {@code economy.json}. */
final class EconomyJson {
  private static final String DEVICE = "device";

  private EconomyJson() {}

  static Bytes encode(List<EconomyLine> lines) {
    return CanonicalJson.bytes(document(lines));
  }

  static CanonicalJson.Part document(List<EconomyLine> lines) {
    return out -> CanonicalJson.writeArray(out, lines, EconomyJson::node);
  }

  private static ObjectNode node(EconomyLine line) {
    ObjectNode node =
        CanonicalJson.object()
            .put("cause", line.cause().code())
            .put("kind", Integer.toString(line.cause().kind().number()))
            .put("network", line.network().value())
            .put("account", line.account().toHex());
    line.device().ifPresent(device -> node.put(DEVICE, device.toString()));
    return node.put("amount", line.amount().toString()).put("note", line.note());
  }

  static List<EconomyLine> decode(Bytes content) throws Malformed {
    return CanonicalJson.read(
        content, node -> CanonicalJson.list(node, EconomyJson::line), EconomyJson::encode);
  }

  private static EconomyLine line(JsonNode node) throws Malformed {
    Optional<DeviceId> device =
        node.has(DEVICE)
            ? Optional.of(new DeviceId(CanonicalJson.number(node, DEVICE).longValueExact()))
            : Optional.empty();
    return new EconomyLine(
        cause(CanonicalJson.text(node, "cause")),
        new NetworkId((int) CanonicalJson.count(node, "network")),
        CanonicalJson.account(node, "account"),
        device,
        new TokenAmount(CanonicalJson.number(node, "amount")),
        CanonicalJson.text(node, "note"));
  }

  private static EconomyLine.Cause cause(String code) throws Malformed {
    return Stream.of(EconomyLine.Cause.values())
        .filter(cause -> cause.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new Malformed("no cause: " + code));
  }
}
