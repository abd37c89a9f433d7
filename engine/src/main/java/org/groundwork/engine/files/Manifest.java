package org.groundwork.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * {@code manifest.json}: all files of a published result but itself.
 *
 * @param files ascending by path
 */
public record Manifest(EpochNumber epoch, int attempt, Hash resultHash, List<Item> files) {
  private static final String FORMAT = "groundwork/result/1";

  /** One file. */
  public record Item(String path, long size, Hash sha256) {}

  public Manifest {
    files = List.copyOf(files);
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i - 1).path().compareTo(files.get(i).path()) >= 0) {
        throw new IllegalArgumentException("files are not ascending");
      }
    }
  }

  public Bytes encode() {
    ObjectNode node =
        CanonicalJson.object()
            .put("format", FORMAT)
            .put("epoch", epoch.value())
            .put("attempt", attempt)
            .put("resultHash", resultHash.toHex());
    ArrayNode list = node.putArray("files");
    for (Item file : files) {
      list.addObject()
          .put("path", file.path())
          .put("size", file.size())
          .put("sha256", file.sha256().toHex());
    }
    return CanonicalJson.write(node);
  }

  public static Manifest decode(Bytes content) throws Malformed {
    return CanonicalJson.read(content, Manifest::read, Manifest::encode);
  }

  private static Manifest read(JsonNode node) throws Malformed {
    return new Manifest(
        new EpochNumber(CanonicalJson.count(node, "epoch")),
        (int) CanonicalJson.count(node, "attempt"),
        CanonicalJson.hash(node, "resultHash"),
        CanonicalJson.list(CanonicalJson.member(node, "files"), Manifest::item));
  }

  private static Item item(JsonNode node) throws Malformed {
    return new Item(
        CanonicalJson.text(node, "path"),
        CanonicalJson.count(node, "size"),
        CanonicalJson.hash(node, "sha256"));
  }
}
