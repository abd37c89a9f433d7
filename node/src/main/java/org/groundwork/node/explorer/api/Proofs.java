package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.files.ResultFiles;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.node.explorer.index.LeafRows;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.StandardMerkleTree;

/**
 * Leaves of the last final money root with their proofs, for wallets: from a verifier's {@code
 * money.json}, whose root is the chain's. One tree is kept, that of the last final result.
 */
final class Proofs {
  private static final String HASH = "0x[0-9a-fA-F]{64}";

  private final Answers answers;
  private Optional<Leaves> newest = Optional.empty();

  Proofs(Answers answers) {
    this.answers = answers;
  }

  private record Settled(EpochNumber epoch, Hash hash, Hash moneyRoot) {}

  private record Leaves(Settled settled, List<MoneyLeaf> all, StandardMerkleTree tree) {
    void add(ArrayNode array, MoneyLeaf leaf) {
      tree.proof(leaf.hash()).forEach(hash -> array.add(hash.toHex()));
    }
  }

  ObjectNode claims(Map<String, String> values) throws IOException, ApiException {
    Parameters parameters = new Parameters(values, Set.of("address"));
    String account =
        parameters
            .account("address")
            .orElseThrow(() -> Parameters.malformed("address is missing."));
    Map<String, BigInteger> claimed = new HashMap<>();
    ObjectNode source =
        answers.read(
            parameters,
            asked -> {
              asked
                  .sql()
                  .each(
                      "SELECT kind, network, SUM(amount) FROM claim WHERE account = ?"
                          + " GROUP BY kind, network",
                      row -> claimed.put(row.integer(1) + "/" + row.integer(2), row.amount(3)),
                      account);
              return Source.newest(asked);
            });
    Optional<Leaves> leaves = leaves(parameters);
    ObjectNode json = Json.object();
    json.put("epoch", leaves.map(each -> each.settled().epoch().value()).orElse(null));
    leaves.ifPresent(each -> json.put("moneyRoot", each.settled().moneyRoot().toHex()));
    ArrayNode items = json.putArray("items");
    for (MoneyLeaf leaf : leaves.map(Leaves::all).orElse(List.of())) {
      if (leaf.kind().isPayable() && leaf.subject().toHex().endsWith(account.substring(2))) {
        String key = leaf.kind().number() + "/" + leaf.network().value();
        ObjectNode item =
            items
                .addObject()
                .put("kind", leaf.kind().number())
                .put("network", leaf.network().value())
                .put("cumulative", leaf.cumulative().toString())
                .put("claimed", claimed.getOrDefault(key, BigInteger.ZERO).toString());
        leaves.orElseThrow().add(item.putArray("proof"), leaf);
      }
    }
    json.set("source", source);
    return json;
  }

  ObjectNode reservation(Map<String, String> values) throws IOException, ApiException {
    Parameters parameters = new Parameters(values, Set.of("reservation"));
    String id = Parameters.lower(parameters.text("reservation").orElse(""));
    if (!id.matches(HASH)) {
      throw Parameters.malformed("reservation is no hash.");
    }
    ObjectNode json = answers.read(parameters, asked -> row(asked, id));
    Optional<Leaves> leaves = leaves(parameters);
    Optional<MoneyLeaf> leaf =
        leaves.map(Leaves::all).orElse(List.of()).stream()
            .filter(each -> each.kind() == MoneyKind.CHARGE)
            .filter(each -> each.subject().toHex().equals(id))
            .findFirst();
    long settled = leaves.map(each -> each.settled().epoch().value()).orElse(-1L);
    json.put("charged", leaf.map(each -> each.cumulative().toString()).orElse("0"))
        .put("releasable", settled >= json.path("lastEpoch").asLong());
    ArrayNode proof = json.putArray("proof");
    leaf.ifPresent(each -> leaves.orElseThrow().add(proof, each));
    return json;
  }

  private static ObjectNode row(Asked asked, String id) throws SQLException, ApiException {
    ObjectNode json =
        asked
            .sql()
            .first(
                "SELECT id, payer, seller, network, credits, basis, last_epoch, released_place FROM"
                    + " reservation WHERE id = ?",
                row ->
                    Json.object()
                        .put("reservation", row.text(1))
                        .put("payer", row.text(2))
                        .put("seller", row.text(3))
                        .put("network", row.integer(4))
                        .put("credits", row.amount(5).toString())
                        .put("basis", row.amount(6).toString())
                        .put("lastEpoch", row.amount(7).longValue())
                        .put("released", row.optional(8).isPresent()),
                id)
            .orElseThrow(() -> new ApiException(ApiError.NOT_FOUND));
    json.set("source", Source.newest(asked));
    return json;
  }

  private synchronized Optional<Leaves> leaves(Parameters parameters)
      throws IOException, ApiException {
    Optional<Settled> settled = answers.read(parameters, Proofs::settled);
    if (settled.isEmpty() || newest.map(Leaves::settled).equals(settled)) {
      return settled.isEmpty() ? Optional.empty() : newest;
    }
    Settled wanted = settled.get();
    Optional<HttpPublicFiles.Selected> found =
        new HttpPublicFiles(answers.scope().nodes().verifiers())
            .files(
                wanted.epoch(),
                wanted.hash(),
                Set.of(ResultFiles.MONEY),
                (_, files) -> check(files, wanted));
    if (found.isEmpty()) {
      throw new IOException("nobody has the leaves of epoch " + wanted.epoch());
    }
    try {
      List<MoneyLeaf> all = leaves(found.get().files());
      newest =
          Optional.of(
              new Leaves(
                  wanted, all, new StandardMerkleTree(all.stream().map(MoneyLeaf::hash).toList())));
    } catch (Malformed e) {
      throw new IOException("leaves that were checked cannot be read", e);
    }
    return newest;
  }

  private static List<MoneyLeaf> leaves(SortedMap<String, Bytes> files) throws Malformed {
    Bytes money = files.get(ResultFiles.MONEY);
    if (money == null) {
      throw new Malformed("no money leaves");
    }
    return LeafRows.leaves(money);
  }

  private static void check(SortedMap<String, Bytes> files, Settled wanted) throws Malformed {
    List<MoneyLeaf> leaves = leaves(files);
    if (!EpochResult.moneyRoot(leaves).equals(wanted.moneyRoot())) {
      throw new Malformed("money leaves with another root");
    }
  }

  private static Optional<Settled> settled(Asked asked) throws SQLException {
    return asked
        .sql()
        .first(
            "SELECT epoch, hash, money_root FROM result WHERE final_place IS NOT NULL AND"
                + " rolled_place IS NULL ORDER BY epoch DESC LIMIT 1",
            row ->
                new Settled(
                    new EpochNumber(row.number(1)),
                    Hash.fromHex(row.text(2)),
                    Hash.fromHex(row.text(3))));
  }
}
