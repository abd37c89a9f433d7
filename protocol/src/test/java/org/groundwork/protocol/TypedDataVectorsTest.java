package org.groundwork.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against hashes and signatures that npm's {@code ethers} made. */
class TypedDataVectorsTest {
  private static final JsonNode ALL = Vectors.read("eip712/vectors.json");

  static Stream<JsonNode> vectors() {
    return Vectors.stream(ALL.get("vectors"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void namesDeploymentsAndDomains(JsonNode vector) {
    SigningDomain domain = domain(vector);
    assertThat(domain.deployment().hash()).isEqualTo(Vectors.hash(vector, "deployment"));
    assertThat(domain.separator()).isEqualTo(Vectors.hash(vector, "separator"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void hashesEverythingThatAccountsSign(JsonNode vector) {
    SigningDomain domain = domain(vector);
    for (JsonNode struct : vector.get("structs")) {
      Hash hash = structHash(struct.get("name").asText(), struct.get("message"));
      assertThat(hash)
          .as(struct.get("name").asText())
          .isEqualTo(Vectors.hash(struct, "structHash"));
      Hash digest = domain.digest(hash);
      assertThat(digest).isEqualTo(Vectors.hash(struct, "digest"));
      Bytes signature = Bytes.fromHex(struct.get("signature").asText());
      assertThat(AccountSignatures.recover(digest, signature))
          .contains(Vectors.account(ALL, "signer"));
    }
  }

  @Tag("A18")
  @ParameterizedTest
  @MethodSource("vectors")
  void hashesSeedsAsPackedWords(JsonNode vector) {
    JsonNode seed = vector.get("seed");
    Seed made =
        Seed.of(
            domain(vector).deployment(),
            new NetworkId(Vectors.number(seed, "network").intValueExact()),
            slot(seed, "slot"),
            Vectors.hash(seed, "block"));
    assertThat(made.value()).isEqualTo(Vectors.hash(seed, "value"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void hashesMoneyLeavesAsTheContractDoes(JsonNode vector) {
    JsonNode members = vector.get("leaf").get("members");
    MoneyLeaf leaf =
        new MoneyLeaf(
            members.get(0).asInt() == 1 ? MoneyKind.PAYMENT : MoneyKind.CHARGE,
            new NetworkId(members.get(1).asInt()),
            Hash.fromHex(members.get(2).asText()),
            new BigInteger(members.get(3).asText()));
    assertThat(leaf.hash()).isEqualTo(Vectors.hash(vector.get("leaf"), "value"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void derivesThePoolsThatStandAsSellers(JsonNode vector) {
    JsonNode pool = vector.get("pool");
    NetworkId network = new NetworkId(Vectors.number(pool, "network").intValueExact());
    assertThat(NetworkPool.of(domain(vector).deployment(), network))
        .isEqualTo(Vectors.account(pool, "value"));
  }

  private static SigningDomain domain(JsonNode vector) {
    return SigningDomain.of(Vectors.number(vector, "chainId"), Vectors.account(vector, "registry"));
  }

  private static Hash structHash(String name, JsonNode m) {
    JsonNode first = name.equals("ProductDeal") ? m.get("deal") : m;
    DeploymentId deployment = new DeploymentId(Vectors.hash(first, "deployment"));
    return switch (name) {
      case "Deal" -> deal(deployment, m).id();
      case "DealEnd" -> new DealEnd(deployment, Vectors.hash(m, "deal")).structHash();
      case "Voucher" -> voucher(deployment, m).structHash();
      case "ScopeDeal" -> scopeDeal(deployment, m).id();
      case "ProductDeal" ->
          ProductDeal.structHash(
              scopeDeal(deployment, m.get("deal")), Vectors.number(m, "product").intValueExact());
      case "SegmentSlot" ->
          Statements.segmentSlot(
              deployment,
              epoch(m),
              Vectors.account(m, "gateway"),
              Vectors.hash(m, "segment"),
              slot(m, "slot"));
      case "IndexCertificate" ->
          Statements.indexCertificate(
              deployment, epoch(m), Vectors.account(m, "gateway"), Vectors.hash(m, "index"));
      case "Promise" ->
          Statements.promise(
              deployment, Vectors.account(m, "gateway"), slot(m, "slot"), Vectors.hash(m, "batch"));
      case "Request" ->
          Statements.request(
              deployment,
              m.get("method").asText(),
              m.get("target").asText(),
              Vectors.hash(m, "content"),
              Vectors.number(m, "time").longValueExact());
      case "DataAccess" ->
          Statements.dataAccess(
              deployment,
              Vectors.hash(m, "deal"),
              new DeviceId(Vectors.number(m, "server").longValueExact()),
              Vectors.number(m, "expires").longValueExact());
      case "Presence" -> Statements.presence(deployment, epoch(m));
      case "BrokenPromise" ->
          Statements.brokenPromise(
              deployment, epoch(m), Vectors.account(m, "gateway"), Vectors.hash(m, "report"));
      case "Result" -> statement(deployment, m).structHash();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Deal deal(DeploymentId deployment, JsonNode m) {
    return new Deal(
        deployment,
        network(m),
        new DeviceId(Vectors.number(m, "device").longValueExact()),
        Vectors.account(m, "payer"),
        Vectors.account(m, "seller"),
        new ReservationId(Vectors.hash(m, "reservation")),
        new Credits(Vectors.number(m, "rate")),
        new Credits(Vectors.number(m, "cap")),
        slot(m, "startSlot"),
        slot(m, "endSlot"),
        Bytes.fromHex(m.get("terms").asText()));
  }

  private static ScopeDeal scopeDeal(DeploymentId deployment, JsonNode m) {
    List<Long> cells = Vectors.stream(m.get("cells")).map(cell -> cell.asLong()).toList();
    return new ScopeDeal(
        new ScopeTerms(
            deployment,
            network(m),
            Vectors.hash(m, "nonce"),
            Vectors.account(m, "payer"),
            new ReservationId(Vectors.hash(m, "reservation")),
            ScopeDeal.hash(cells),
            new Credits(Vectors.number(m, "rate")),
            new Credits(Vectors.number(m, "cap")),
            new EpochNumber(Vectors.number(m, "firstEpoch").longValueExact()),
            new EpochNumber(Vectors.number(m, "lastEpoch").longValueExact())),
        cells);
  }

  private static Voucher voucher(DeploymentId deployment, JsonNode m) {
    return new Voucher(
        deployment,
        network(m),
        Vectors.account(m, "payer"),
        Vectors.account(m, "seller"),
        new ReservationId(Vectors.hash(m, "reservation")),
        Vectors.hash(m, "session"),
        new Credits(Vectors.number(m, "cumulative")));
  }

  private static EpochStatement statement(DeploymentId deployment, JsonNode m) {
    return new EpochStatement(
        deployment,
        epoch(m),
        Vectors.number(m, "attempt").intValueExact(),
        Vectors.hash(m, "closeBlock"),
        Vectors.hash(m, "parent"),
        Vectors.hash(m, "inputs"),
        Vectors.hash(m, "rules"),
        Vectors.hash(m, "carryRoot"),
        Vectors.hash(m, "moneyRoot"),
        Vectors.stream(m.get("totals")).map(TypedDataVectorsTest::total).toList());
  }

  private static Total total(JsonNode m) {
    MoneyKind kind =
        Stream.of(MoneyKind.values())
            .filter(k -> k.number() == Vectors.number(m, "kind").intValueExact())
            .findFirst()
            .orElseThrow();
    return new Total(kind, network(m), Vectors.number(m, "amount"));
  }

  private static NetworkId network(JsonNode m) {
    return new NetworkId(Vectors.number(m, "network").intValueExact());
  }

  private static EpochNumber epoch(JsonNode m) {
    return new EpochNumber(Vectors.number(m, "epoch").longValueExact());
  }

  private static SlotNumber slot(JsonNode m, String name) {
    return new SlotNumber(Vectors.number(m, name).longValueExact());
  }
}
