package org.groundwork.engine.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.StandardMerkleTree;

/** The money leaves as a dump of OpenZeppelin's StandardMerkleTree. */
final class MoneyJson {
  private static final String FORMAT = "standard-v1";
  private static final List<String> ENCODING = List.of("uint8", "uint32", "bytes32", "uint256");

  private MoneyJson() {}

  static Bytes encode(List<MoneyLeaf> leaves) {
    return CanonicalJson.bytes(document(leaves));
  }

  static CanonicalJson.Part document(List<MoneyLeaf> leaves) {
    return out -> {
      out.writeStartObject();
      out.writeStringField("format", FORMAT);
      out.writeFieldName("leafEncoding");
      CanonicalJson.writeArray(out, ENCODING, TextNode::valueOf);
      Optional<StandardMerkleTree> tree =
          leaves.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new StandardMerkleTree(leaves.parallelStream().map(MoneyLeaf::hash).toList()));
      out.writeFieldName("tree");
      List<Hash> nodes = tree.map(StandardMerkleTree::heap).orElse(List.of());
      CanonicalJson.writeArray(out, nodes, node -> TextNode.valueOf(node.toHex()));
      out.writeFieldName("values");
      CanonicalJson.writeArray(
          out, leaves, leaf -> value(leaf, tree.orElseThrow().indexOf(leaf.hash())));
      out.writeEndObject();
    };
  }

  static List<MoneyLeaf> decode(Bytes content) throws Malformed {
    return CanonicalJson.read(
        content,
        dump -> CanonicalJson.list(CanonicalJson.member(dump, "values"), MoneyJson::leaf),
        MoneyJson::encode);
  }

  private static ObjectNode value(MoneyLeaf leaf, int index) {
    ObjectNode value = CanonicalJson.object();
    value
        .putArray("value")
        .add(Integer.toString(leaf.kind().number()))
        .add(leaf.network().toString())
        .add(leaf.subject().toHex())
        .add(leaf.cumulative().toString());
    return value.put("treeIndex", index);
  }

  private static MoneyLeaf leaf(JsonNode value) throws Malformed {
    List<String> members =
        CanonicalJson.list(CanonicalJson.member(value, "value"), JsonNode::asText);
    if (members.size() != ENCODING.size()) {
      throw new Malformed("a leaf of " + members.size() + " members");
    }
    return new MoneyLeaf(
        kind(members.get(0)),
        new NetworkId(Integer.parseInt(members.get(1))),
        Hash.fromHex(members.get(2)),
        new BigInteger(members.get(3)));
  }

  static MoneyKind kind(String number) throws Malformed {
    return Stream.of(MoneyKind.values())
        .filter(kind -> Integer.toString(kind.number()).equals(number))
        .findFirst()
        .orElseThrow(() -> new Malformed("no kind of money: " + number));
  }
}
