package org.groundwork.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;

/** {@code devices.json}. */
final class DevicesJson {
  private DevicesJson() {}

  static Bytes encode(List<DeviceSummary> devices) {
    return CanonicalJson.bytes(document(devices));
  }

  static CanonicalJson.Part document(List<DeviceSummary> devices) {
    return out -> CanonicalJson.writeArray(out, devices, DevicesJson::node);
  }

  private static ObjectNode node(DeviceSummary device) {
    ObjectNode node =
        CanonicalJson.object()
            .put("device", device.device().toString())
            .put("network", device.network().value())
            .put("charged", device.charged().toString())
            .put("paid", device.paid().toString());
    counts(node.putObject("verdicts"), device.verdicts());
    counts(node.putObject("faultCounts"), device.faultCounts());
    ArrayNode faults = node.putArray("faults");
    for (DeviceSummary.FaultLine fault : device.faults()) {
      faults
          .addObject()
          .put("slot", fault.slot().value())
          .put("reason", fault.reason())
          .put("evidence", fault.evidence());
    }
    return node;
  }

  static List<DeviceSummary> decode(Bytes content) throws Malformed {
    return CanonicalJson.read(
        content, node -> CanonicalJson.list(node, DevicesJson::device), DevicesJson::encode);
  }

  private static void counts(ObjectNode node, SortedMap<String, Long> counts) {
    counts.forEach(node::put);
  }

  private static DeviceSummary device(JsonNode node) throws Malformed {
    return new DeviceSummary(
        new DeviceId(CanonicalJson.number(node, "device").longValueExact()),
        new NetworkId((int) CanonicalJson.count(node, "network")),
        counts(CanonicalJson.member(node, "verdicts")),
        counts(CanonicalJson.member(node, "faultCounts")),
        CanonicalJson.list(CanonicalJson.member(node, "faults"), DevicesJson::fault),
        new Credits(CanonicalJson.number(node, "charged")),
        new TokenAmount(CanonicalJson.number(node, "paid")));
  }

  private static SortedMap<String, Long> counts(JsonNode node) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      counts.put(member.getKey(), member.getValue().asLong());
    }
    return counts;
  }

  private static DeviceSummary.FaultLine fault(JsonNode node) throws Malformed {
    return new DeviceSummary.FaultLine(
        new SlotNumber(CanonicalJson.count(node, "slot")),
        CanonicalJson.text(node, "reason"),
        CanonicalJson.text(node, "evidence"));
  }
}
