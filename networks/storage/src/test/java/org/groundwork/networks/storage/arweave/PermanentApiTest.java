package org.groundwork.networks.storage.arweave;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermanentApiTest {
  private static final int FREE = 200 << 10;

  @TempDir private Path folder;
  private Gateway gateway;
  private final ItemSigner alice =
      ItemSigner.ed25519(DeviceKey.fromSecret(KeyType.ED25519, secret("alice")));
  private final ItemSigner bob = ItemSigner.ethereum(AccountKey.fromSecret(secret("bob")));

  private static byte[] secret(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8)).toArray();
  }

  @BeforeEach
  void start() throws IOException {
    gateway = new Gateway(folder, FREE);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Bytes item(ItemSigner signer, String text, Tag... tags) {
    return signer.sign(Bytes.EMPTY, Bytes.EMPTY, List.of(tags), utf8(text));
  }

  private static Hash address(Bytes item) throws IOException {
    try {
      return ItemHeader.decode(item.unsafeArray()).address();
    } catch (Malformed e) {
      throw new IOException(e);
    }
  }

  @Test
  void everyItemOfTheVectorsIsTakenAndThereAtOnce() throws IOException {
    for (JsonNode vector : Ans104.index().get("items")) {
      byte[] item = Ans104.file(vector.get("file").textValue());
      String id = vector.get("id").textValue();
      assertThat(gateway.upload(Bytes.wrap(item))).isEqualTo(id);
      HttpResponse<byte[]> data = gateway.get("/" + id);
      assertThat(data.statusCode()).isEqualTo(200);
      assertThat(Sha256.hash(data.body()).toHex()).endsWith(vector.get("dataSha256").textValue());
      assertThat(gateway.get("/item/" + id).body()).isEqualTo(item);
      assertThat(Gateway.json(gateway.get("/tx/" + id)).get("owner").textValue())
          .startsWith(vector.get("owner").textValue());
    }
  }

  @Test
  void badItemsAreRefusedWithTheReasonAndNothingIsKept() throws IOException {
    for (JsonNode vector : Ans104.index().get("invalid")) {
      HttpResponse<byte[]> response =
          gateway.post("/tx", Ans104.file(vector.get("file").textValue()));
      assertThat(response.statusCode()).as(vector.toString()).isEqualTo(400);
      assertThat(Gateway.json(response).get("error").textValue())
          .containsAnyOf("not signed", "announces", "signature type 250", "80 are the least");
    }
    assertThat(gateway.shelf.store.blobs()).isZero();
    assertThat(gateway.post("/tx", new byte[0]).statusCode()).isEqualTo(400);
  }

  @Test
  void theReceiptIsSignedByTheGateway() throws IOException {
    Bytes item = item(bob, "hello");
    JsonNode receipt = Gateway.json(gateway.post("/v1/tx/ethereum", item.unsafeArray()));
    byte[] message =
        Receipt.message(
            Base64Url.id(receipt.get("id").textValue()).orElseThrow(),
            receipt.get("deadlineHeight").longValue(),
            receipt.get("timestamp").longValue());
    byte[] key = decode(receipt.get("public"));
    byte[] signature = decode(receipt.get("signature"));
    assertThat(RsaPss.verify(key, message, signature)).isTrue();
    message[0] ^= 1;
    assertThat(RsaPss.verify(key, message, signature)).isFalse();
    assertThat(Gateway.json(gateway.get("/info")).get("public")).isEqualTo(receipt.get("public"));
    assertThat(receipt.get("deadlineHeight").longValue()).isEqualTo(7);
  }

  private static byte[] decode(JsonNode base64Url) {
    return Base64.getUrlDecoder().decode(base64Url.textValue());
  }

  @Test
  void dataComeWithTheirTypeInRangesAndUnderTheirTag() throws IOException {
    String id = gateway.upload(item(alice, "0123456789", new Tag("Content-Type", "text/css")));
    HttpResponse<byte[]> all = gateway.get("/" + id);
    assertThat(all.headers().firstValue("content-type")).contains("text/css");
    assertThat(all.headers().firstValue("x-content-type-options")).contains("nosniff");
    HttpResponse<byte[]> part = gateway.get("/raw/" + id, "Range", "bytes=2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(utf8("234"));
    assertThat(part.headers().firstValue("content-range")).contains("bytes 2-4/10");
    assertThat(gateway.get("/" + id, "Range", "bytes=-3").body()).isEqualTo(utf8("789"));
    assertThat(gateway.get("/" + id, "Range", "bytes=10-").statusCode()).isEqualTo(416);
    String etag = all.headers().firstValue("etag").orElseThrow();
    assertThat(gateway.get("/" + id, "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(gateway.get("/" + "A".repeat(43)).statusCode()).isEqualTo(404);
    assertThat(gateway.get("/nonsense").statusCode()).isEqualTo(404);
    String line = gateway.upload(item(alice, "x", new Tag("Content-Type", "a\r\nb: c")));
    assertThat(gateway.get("/" + line).headers().firstValue("content-type"))
        .contains("application/octet-stream");
  }

  @Test
  void manifestsLeadToItems() throws IOException {
    String page = gateway.upload(item(alice, "<h1>", new Tag("Content-Type", "text/html")));
    String other = gateway.upload(item(alice, "not found"));
    String manifest =
        gateway.upload(
            item(
                bob,
                """
                {"manifest": "arweave/paths", "version": "0.2.0", "index": {"path": "a/i.html"},
                 "fallback": {"id": "%s"}, "paths": {"a/i.html": {"id": "%s"}}}
                """
                    .formatted(other, page),
                new Tag("Content-Type", PathManifest.CONTENT_TYPE)));
    HttpResponse<byte[]> found = gateway.get("/" + manifest + "/a/i.html");
    assertThat(found.body()).isEqualTo(utf8("<h1>"));
    assertThat(found.headers().firstValue("content-type")).contains("text/html");
    assertThat(gateway.get("/" + manifest + "/").body()).isEqualTo(utf8("<h1>"));
    assertThat(gateway.get("/" + manifest).statusCode()).isEqualTo(302);
    assertThat(gateway.get("/" + manifest + "/none").body()).isEqualTo(utf8("not found"));
    assertThat(gateway.get("/raw/" + manifest).body()).startsWith(utf8("{\"manifest\""));
    assertThat(gateway.get("/" + page + "/below").statusCode()).isEqualTo(404);
  }

  @Test
  void itemsAreFoundByTagsOwnersAndPages() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      gateway.slot = 10L + i;
      ids.add(
          gateway.upload(
              item(
                  i % 2 == 0 ? alice : bob,
                  "item " + i,
                  new Tag("App", i < 4 ? "one" : "two"),
                  new Tag("Number", Integer.toString(i)))));
    }
    String owner =
        gateway
            .query("{transaction(id: \"" + ids.get(0) + "\"){owner{address} data{size}}}")
            .at("/data/transaction/owner/address")
            .textValue();
    assertThat(gateway.ids("tags: [{name: \"App\", values: [\"one\"]}]"))
        .containsExactly(ids.get(3), ids.get(2), ids.get(1), ids.get(0));
    assertThat(gateway.ids("tags: [{name: \"App\", values: [\"two\", \"one\"]}], first: 2"))
        .containsExactly(ids.get(4), ids.get(3));
    assertThat(
            gateway.ids(
                "tags: [{name: \"App\", values: [\"one\"]},"
                    + " {name: \"Number\", values: [\"1\", \"2\"]}], sort: HEIGHT_ASC"))
        .containsExactly(ids.get(1), ids.get(2));
    assertThat(
            gateway.ids(
                "tags: [{name: \"App\", values: [\"one\"], op: NEQ}], owners: [\"" + owner + "\"]"))
        .containsExactly(ids.get(4));
    assertThat(gateway.ids("owners: [\"" + owner + "\"]"))
        .containsExactly(ids.get(4), ids.get(2), ids.get(0));
    assertThat(gateway.ids("ids: [\"" + ids.get(1) + "\", \"nonsense\"]"))
        .containsExactly(ids.get(1));
    assertThat(gateway.ids("ids: [\"nonsense\"]")).isEmpty();
    assertThat(gateway.ids("block: {min: 11, max: 12}")).containsExactly(ids.get(2), ids.get(1));
    assertPages(ids);
  }

  private void assertPages(List<String> ids) throws IOException {
    List<String> seen = new ArrayList<>();
    String after = "";
    boolean more = true;
    while (more) {
      JsonNode page =
          gateway
              .query(
                  "{transactions(first: 2, sort: HEIGHT_ASC, after: \""
                      + after
                      + "\"){pageInfo{hasNextPage} edges{cursor node{id tags{name value}}}}}")
              .at("/data/transactions");
      seen.addAll(page.get("edges").findValuesAsText("id"));
      after = page.get("edges").get(page.get("edges").size() - 1).get("cursor").textValue();
      more = page.at("/pageInfo/hasNextPage").booleanValue();
    }
    assertThat(seen).isEqualTo(ids);
  }

  @Test
  void queriesThatAskTooMuchAreRefused() throws IOException {
    assertThat(gateway.post("/graphql", utf8("nonsense")).statusCode()).isEqualTo(400);
    assertThat(gateway.query("{unknown}").has("errors")).isTrue();
    String field = "transactions{edges{node{id}}}";
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 200; i++) {
      many.append('a').append(i).append(": ").append(field).append(' ');
    }
    assertThat(gateway.query(many.append('}').toString()).at("/errors/0/message").textValue())
        .contains("maximum query complexity exceeded");
  }

  @Test
  void theItemsOfABundleAreFoundByThemselves() throws IOException, Malformed {
    byte[] nested = Ans104.file("bundle-nested.bin");
    Bytes outer =
        alice.sign(
            Bytes.EMPTY,
            Bytes.EMPTY,
            List.of(new Tag("Bundle-Format", "binary"), new Tag("Bundle-Version", "2.0.0")),
            nested);
    String id = gateway.upload(outer);
    List<String> direct = gateway.ids("bundledIn: [\"" + id + "\"]");
    assertThat(direct).hasSize(2);
    byte[] inner = gateway.get("/raw/" + direct.get(1)).body();
    List<BundleTable.Entry> below = BundleTable.decode(inner).entries();
    assertThat(below).isNotEmpty();
    String leaf = Base64Url.encode(below.getFirst().id());
    assertThat(gateway.ids("bundledIn: [\"" + direct.get(1) + "\"]")).contains(leaf);
    byte[] item = gateway.get("/item/" + leaf).body();
    assertThat(Ans104.isSigned(item)).isTrue();
    assertThat(gateway.get("/" + leaf).statusCode()).isEqualTo(200);
  }

  @Test
  void largerItemsArePaidOnceFromTheBalance() throws IOException {
    Bytes item = item(alice, "x".repeat(FREE));
    String address = Base64Url.encode(address(item));
    HttpResponse<byte[]> unpaid = gateway.post("/tx", item.unsafeArray());
    assertThat(unpaid.statusCode()).isEqualTo(402);
    String price = Gateway.json(gateway.get("/price/bytes/" + item.size())).get("winc").textValue();
    assertThat(price).isEqualTo(Gateway.ENDOWMENT.price(item.size(), Credits.of(1000)).toString());
    byte[] credit = utf8("{\"address\": \"" + address + "\", \"credits\": \"" + price + "\"}");
    assertThat(gateway.post("/account/credit", credit).statusCode()).isEqualTo(403);
    assertThat(
            gateway
                .post("/account/credit", credit, "Authorization", "Bearer " + Gateway.TOKEN)
                .statusCode())
        .isEqualTo(200);
    gateway.upload(item);
    assertThat(balance(address)).isEqualTo("0");
    assertThat(gateway.get("/account/balance/ethereum?address=0x" + "1f".repeat(20)).statusCode())
        .as("clients take this for an empty account")
        .isEqualTo(404);
    gateway.upload(item);
    JsonNode statement = Gateway.json(gateway.get("/endowment"));
    assertThat(statement.get("fund").textValue()).isEqualTo(price);
    assertThat(statement.get("items").intValue()).isEqualTo(1);
    assertThat(statement.get("lasts").textValue()).isEqualTo("for ever");
    assertThat(statement.get("lasts_if_the_price_stays").textValue()).isEqualTo("220 years");
    assertThat(gateway.post("/tx", item(alice, "y".repeat(FREE)).unsafeArray()).statusCode())
        .isEqualTo(402);
  }

  private String balance(String address) throws IOException {
    return Gateway.json(gateway.get("/account/balance/ethereum?address=" + address))
        .get("winc")
        .textValue();
  }

  @Test
  void theEndowmentReleasesWhatSlotsCostAndNotMoreThanItHas() throws IOException {
    Bytes item = item(alice, "x".repeat(FREE));
    Credits price = Gateway.ENDOWMENT.price(item.size(), gateway.price);
    gateway.store.credit(address(item), price);
    assertThat(gateway.store.release()).isEqualTo(Credits.ZERO);
    gateway.upload(item);
    gateway.slot = 1007;
    Credits due = Gateway.ENDOWMENT.cost(item.size(), 1, gateway.price, 1000);
    assertThat(gateway.store.release()).isEqualTo(due);
    gateway.restart();
    assertThat(gateway.store.release()).as("until it is paid").isEqualTo(due);
    gateway.store.paid(due);
    assertThat(gateway.store.release()).isEqualTo(Credits.ZERO);
    gateway.slot = 1_000_000_000L;
    assertThat(gateway.store.release()).isEqualTo(price.minus(due));
    assertThat(Gateway.json(gateway.get("/endowment")).get("lasts").textValue())
        .isEqualTo("0 years");
  }

  @Test
  void whatTheNetworkDoesNotTakeGetsNoReceiptAndIsNotPaid() throws IOException {
    // More than sockets buffer: the answer is heard by who could send all of it.
    Bytes item = item(alice, "x".repeat(4 << 20));
    Hash address = address(item);
    Credits price = Gateway.ENDOWMENT.price(item.size(), gateway.price);
    gateway.store.credit(address, price);
    gateway.shelf.store.failure = Optional.of(new ObjectStoreException.NotEnoughProviders(1, 4));
    assertThat(gateway.post("/tx", item.unsafeArray()).statusCode()).isEqualTo(503);
    assertThat(gateway.store.free(address)).isEqualTo(price);
    gateway.shelf.store.failure = Optional.empty();
    gateway.upload(item);
    assertThat(gateway.store.free(address)).isEqualTo(Credits.ZERO);
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    String id = gateway.upload(item(alice, "kept", new Tag("App", "kept")));
    gateway.restart();
    assertThat(gateway.get("/" + id).body()).isEqualTo(utf8("kept"));
    assertThat(gateway.ids("tags: [{name: \"App\", values: [\"kept\"]}]")).containsExactly(id);
  }

  @Test
  void chunksJoinToAnItemAlsoAfterARestart() throws IOException {
    Bytes item = item(bob, "z".repeat(150_000));
    String upload =
        Gateway.json(gateway.get("/v1/chunks/ethereum/-1/-1?chunkSize=1000")).get("id").textValue();
    String path = "/v1/chunks/ethereum/" + upload + "/";
    byte[] bytes = item.unsafeArray();
    assertThat(
            gateway
                .post(path + 100_000, Arrays.copyOfRange(bytes, 100_000, bytes.length))
                .statusCode())
        .isEqualTo(200);
    assertThat(gateway.post(path + "finalize", new byte[0]).statusCode()).isEqualTo(400);
    gateway.restart();
    assertThat(Gateway.json(gateway.get(path + "-1")).get("chunks")).hasSize(1);
    gateway.post(path + 0, Arrays.copyOf(bytes, 100_000));
    assertThat(Gateway.json(gateway.get(path + "status")).get("status").textValue())
        .isEqualTo("ASSEMBLING");
    assertThat(gateway.post(path + "finalize", new byte[0]).statusCode()).isEqualTo(200);
    JsonNode status = Gateway.json(gateway.get(path + "status"));
    assertThat(status.get("status").textValue()).isEqualTo("FINALIZED");
    String id = status.at("/receipt/id").textValue();
    assertThat(gateway.get("/item/" + id).body()).isEqualTo(bytes);
    assertThat(gateway.get("/v1/chunks/ethereum/none/status").statusCode()).isEqualTo(404);
  }
}
