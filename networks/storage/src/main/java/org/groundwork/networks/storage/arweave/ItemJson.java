package org.groundwork.networks.storage.arweave;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;

/** Items, receipts and statements as clients of Arweave expect them. */
final class ItemJson {
  private ItemJson() {}

  static Map<String, Object> receipt(Receipt receipt) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", Base64Url.encode(receipt.id()));
    json.put("owner", Base64Url.encode(receipt.owner()));
    json.put("dataCaches", List.of());
    json.put("fastFinalityIndexes", List.of());
    json.put("winc", receipt.paid().toString());
    json.put("timestamp", receipt.milliseconds());
    json.put("version", Receipt.VERSION);
    json.put("deadlineHeight", receipt.slot());
    json.put("public", Base64Url.encode(receipt.gateway()));
    json.put("signature", Base64Url.encode(receipt.signature()));
    return json;
  }

  /** The node of GraphQL; a slot stands for a block. */
  static Map<String, Object> node(ItemRecord item) {
    ItemHeader header = item.header();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", Base64Url.encode(item.id()));
    json.put("anchor", Base64Url.encode(header.anchor()));
    json.put("signature", Base64Url.encode(header.signature()));
    json.put("recipient", Base64Url.encode(header.target()));
    json.put(
        "owner",
        Map.of(
            "address",
            Base64Url.encode(header.address()),
            "key",
            Base64Url.encode(header.owner())));
    json.put("fee", amount(item.paid()));
    json.put("quantity", amount(Credits.ZERO));
    json.put("data", Map.of("size", Long.toString(item.dataSize()), "type", item.contentType()));
    json.put("tags", tags(header));
    json.put(
        "block",
        Map.of(
            "id",
            "slot-" + item.slot(),
            "timestamp",
            (int) (item.milliseconds() / 1000),
            "height",
            (int) item.slot(),
            "previous",
            "slot-" + (item.slot() - 1)));
    if (item.inBundle()) {
      Map<String, Object> parent = Map.of("id", Base64Url.encode(item.parent()));
      json.put("bundledIn", parent);
      json.put("parent", parent);
    }
    return json;
  }

  /** Credits in both units, which are one here. */
  private static Map<String, Object> amount(Credits credits) {
    return Map.of("winston", credits.toString(), "ar", credits.toString());
  }

  static List<Map<String, Object>> tags(ItemHeader header) {
    List<Map<String, Object>> tags = new ArrayList<>();
    for (Tag tag : header.tags()) {
      tags.add(Map.of("name", tag.name(), "value", tag.value()));
    }
    return tags;
  }

  /** What {@code GET /tx/ID} of Arweave gives, as far as an item has it. */
  static Map<String, Object> transaction(ItemRecord item) {
    ItemHeader header = item.header();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", 2);
    json.put("id", Base64Url.encode(item.id()));
    json.put("signature", Base64Url.encode(header.signature()));
    json.put("signature_type", header.type().code());
    json.put("owner", Base64Url.encode(header.owner()));
    json.put("target", Base64Url.encode(header.target()));
    json.put("anchor", Base64Url.encode(header.anchor()));
    List<Map<String, Object>> tags = new ArrayList<>();
    for (Tag tag : header.tags()) {
      tags.add(Map.of("name", encoded(tag.name()), "value", encoded(tag.value())));
    }
    json.put("tags", tags);
    json.put("data_size", Long.toString(item.dataSize()));
    return json;
  }

  private static String encoded(String text) {
    return Base64Url.encode(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static Map<String, Object> statement(PermanentStore.Statement statement, Endowment endowment) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("items", statement.book().items());
    json.put("bytes", statement.book().bytes());
    json.put("fund", statement.book().fund().toString());
    json.put("spent", statement.book().spent().toString());
    json.put("price_per_gib_slot", statement.price().toString());
    json.put("cost_of_a_year", statement.yearly().toString());
    json.put("lasts", span(statement.falling()));
    json.put("lasts_if_the_price_stays", span(statement.flat()));
    json.put("assumed_decline_basis_points", endowment.declineBasisPoints());
    json.put("margin_basis_points", endowment.marginBasisPoints());
    json.put("slots_per_year", endowment.slotsPerYear());
    json.put("overhead_bytes", endowment.overheadBytes());
    return json;
  }

  private static String span(Endowment.Span span) {
    return span.forEver() ? "for ever" : span.years() + " years";
  }
}
