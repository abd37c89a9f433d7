package org.groundwork.networks.storage.arweave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.groundwork.protocol.Malformed;

/** The reference vectors beside this class. */
final class Ans104 {
  private Ans104() {}

  static byte[] file(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Ans104.class.getResourceAsStream("ans104/" + name), name)) {
      return in.readAllBytes();
    }
  }

  static JsonNode index() throws IOException {
    return new ObjectMapper().readTree(file("index.json"));
  }

  static List<Tag> tags(JsonNode item) {
    List<Tag> tags = new ArrayList<>();
    for (JsonNode tag : item.get("tags")) {
      tags.add(new Tag(tag.get("name").textValue(), tag.get("value").textValue()));
    }
    return tags;
  }

  static boolean isSigned(byte[] item) throws Malformed {
    ItemHeader header = ItemHeader.decode(item);
    return ItemSignatures.verify(header, digest(header, item));
  }

  static byte[] digest(ItemHeader header, byte[] item) {
    ItemDigest digest = new ItemDigest(header);
    digest.update(item, header.size(), item.length - header.size());
    return digest.finish();
  }
}
