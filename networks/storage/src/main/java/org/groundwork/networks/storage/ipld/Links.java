package org.groundwork.networks.storage.ipld;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Malformed;

/** The links in a block, in their order, whatever its codec. */
final class Links {
  private static final int MAX_DEPTH = 64;
  private static final ObjectMapper JSON = mapper();

  private Links() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return mapper;
  }

  /** Codecs that are not known have none. */
  static List<Cid> of(long codec, byte[] block) throws Malformed {
    List<Cid> links = new ArrayList<>();
    if (codec == Cid.DAG_PB) {
      PbNode.decode(block).links().forEach(link -> links.add(link.cid()));
    } else if (codec == Cid.DAG_CBOR) {
      new CborReader(block).skip(links::add);
    } else if (codec == Cid.DAG_JSON) {
      collect(json(block), links);
    }
    return List.copyOf(links);
  }

  private static JsonNode json(byte[] block) throws Malformed {
    try {
      return JSON.readTree(block);
    } catch (JsonProcessingException e) {
      throw new Malformed("a block that is no DAG-JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A link is the object {@code {"/": "CID"}}. */
  private static void collect(JsonNode node, List<Cid> links) throws Malformed {
    if (node.isObject() && node.size() == 1 && node.path("/").isTextual()) {
      links.add(Cid.parse(node.path("/").textValue()));
      return;
    }
    for (JsonNode child : node) {
      collect(child, links);
    }
  }
}
