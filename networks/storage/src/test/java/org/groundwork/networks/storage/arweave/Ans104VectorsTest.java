package org.groundwork.networks.storage.arweave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;

class Ans104VectorsTest {
  @Test
  void everyItemIsReadHashedAndVerified() throws IOException, Malformed {
    Set<Integer> types = new TreeSet<>();
    for (JsonNode vector : Ans104.index().get("items")) {
      byte[] item = Ans104.file(vector.get("file").textValue());
      ItemHeader header = ItemHeader.decode(item);
      assertThat(Base64Url.encode(header.id())).isEqualTo(vector.get("id").textValue());
      assertThat(header.type().code()).isEqualTo(vector.get("signatureType").intValue());
      assertThat(Base64Url.encode(header.target())).isEqualTo(vector.get("target").textValue());
      assertThat(Base64Url.encode(header.anchor())).isEqualTo(vector.get("anchor").textValue());
      assertThat(header.tags()).isEqualTo(Ans104.tags(vector));
      byte[] data = Arrays.copyOfRange(item, header.size(), item.length);
      assertThat(data).hasSize(vector.get("dataSize").intValue());
      assertThat(Sha256.hash(data).toHex()).endsWith(vector.get("dataSha256").textValue());
      assertThat(HexFormat.of().formatHex(Ans104.digest(header, item)))
          .isEqualTo(vector.get("signatureDataHex").textValue());
      assertThat(Ans104.isSigned(item)).as(vector.get("file").textValue()).isTrue();
      assertThat(header.encode()).isEqualTo(Arrays.copyOf(item, header.size()));
      types.add(header.type().code());
    }
    assertThat(types).containsExactly(1, 2, 3, 4, 7);
  }

  @Test
  void aFlippedBitAnywhereIsNotSignedAnyMore() throws IOException, Malformed {
    for (JsonNode vector : Ans104.index().get("items")) {
      byte[] item = Ans104.file(vector.get("file").textValue());
      ItemHeader header = ItemHeader.decode(item);
      int signature = 2 + 10;
      int owner = 2 + header.type().signatureBytes() + 20;
      for (int at : List.of(signature, owner, item.length - 1)) {
        if (at < item.length && (at < header.size() - 1 || at >= header.size())) {
          byte[] changed = item.clone();
          changed[at] ^= 1;
          assertThat(Ans104.isSigned(changed))
              .as(vector.get("file").textValue() + " at " + at)
              .isFalse();
        }
      }
    }
  }

  @Test
  void invalidItemsAreRefusedWithTheReason() throws IOException, Malformed {
    assertThat(Ans104.index().get("invalid")).hasSize(4);
    assertThat(Ans104.isSigned(Ans104.file("bad-data-flipped.bin"))).isFalse();
    assertRefused("bad-tagcount.bin", "the item announces");
    assertRefused("bad-unknown-sigtype.bin", "unknown signature type 250");
    assertRefused("bad-truncated.bin", "an item of 60 bytes; 80 are the least");
  }

  private static void assertRefused(String name, String message) throws IOException {
    byte[] item = Ans104.file(name);
    assertThatThrownBy(() -> ItemHeader.decode(item))
        .as(name)
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(message);
  }

  @Test
  void bundlesAreReadAndJoinedAgain() throws IOException, Malformed {
    for (JsonNode vector : Ans104.index().get("bundles")) {
      byte[] bundle = Ans104.file(vector.get("file").textValue());
      BundleTable table = BundleTable.decode(bundle);
      List<String> ids = new ArrayList<>();
      vector.get("ids").forEach(id -> ids.add(id.textValue()));
      assertThat(table.entries()).extracting(e -> Base64Url.encode(e.id())).isEqualTo(ids);
      List<Bytes> items = new ArrayList<>();
      for (BundleTable.Entry entry : table.entries()) {
        byte[] item =
            Arrays.copyOfRange(bundle, (int) entry.offset(), (int) (entry.offset() + entry.size()));
        assertThat(Ans104.isSigned(item)).isTrue();
        assertThat(ItemHeader.decode(item).id()).isEqualTo(entry.id());
        items.add(Bytes.wrap(item));
      }
      assertThat(BundleTable.join(items)).isEqualTo(Bytes.wrap(bundle));
    }
  }

  @Test
  void aBundleInABundleIsKnownByItsTags() throws IOException, Malformed {
    byte[] bundle = Ans104.file("bundle-nested.bin");
    BundleTable.Entry first = BundleTable.decode(bundle).entries().getFirst();
    byte[] item =
        Arrays.copyOfRange(bundle, (int) first.offset(), (int) (first.offset() + first.size()));
    ItemHeader header = ItemHeader.decode(item);
    assertThat(BundleTable.isBundle(header)).isTrue();
    byte[] inner = Arrays.copyOfRange(item, header.size(), item.length);
    assertThat(BundleTable.decode(inner).entries()).isNotEmpty();
  }

  @Test
  void aBundleThatDoesNotAddUpIsRefused() throws IOException {
    byte[] bundle = Ans104.file("bundle-1.bin");
    assertThatThrownBy(() -> BundleTable.decode(Arrays.copyOf(bundle, bundle.length - 1)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("reaches beyond the bundle");
    assertThatThrownBy(() -> BundleTable.decode(Arrays.copyOf(bundle, bundle.length + 1)))
        .isInstanceOf(Malformed.class);
    assertThatThrownBy(() -> BundleTable.decode(new byte[31])).isInstanceOf(Malformed.class);
    byte[] many = new byte[32];
    many[20] = 1;
    assertThatThrownBy(() -> BundleTable.decode(many)).isInstanceOf(Malformed.class);
  }

  @Test
  void deepHashesAreThoseOfTheReference() throws IOException {
    for (JsonNode vector : Ans104.index().get("deepHash")) {
      assertThat(HexFormat.of().formatHex(hash(vector.get("input"))))
          .as(vector.get("name").textValue())
          .isEqualTo(vector.get("hex").textValue());
    }
  }

  private static byte[] hash(JsonNode input) {
    if (input.has("blob")) {
      return DeepHash.blob(HexFormat.of().parseHex(input.get("blob").textValue()));
    }
    if (input.has("pattern")) {
      byte[] pattern = new byte[input.get("length").intValue()];
      for (int i = 0; i < pattern.length; i++) {
        pattern[i] = (byte) (i * 31 + 7);
      }
      return DeepHash.blob(pattern);
    }
    List<byte[]> elements = new ArrayList<>();
    for (JsonNode element : input.get("list")) {
      elements.add(HexFormat.of().parseHex(element.get("blob").textValue()));
    }
    return DeepHash.list(elements);
  }

  /** Both are deterministic, so that the same keys make the same ids. */
  @Test
  void itemsThatAreMadeHereEqualThoseOfTheReference() throws IOException, Malformed {
    DeviceKey ed25519 =
        DeviceKey.fromSecret(KeyType.ED25519, secret("groundwork ans104 ed25519 seed"));
    AccountKey account = AccountKey.fromSecret(secret("groundwork ans104 eth key"));
    assertSame("item-12-sig2-target-anchor-3tags.bin", ItemSigner.ed25519(ed25519));
    assertSame("item-16-sig7-hello-ct.bin", ItemSigner.ethereum(account));
    assertSame("item-18-sig7-anchor-only-20tags.bin", ItemSigner.ethereum(account));
  }

  private static byte[] secret(String seed) {
    return Sha256.hash(seed.getBytes(StandardCharsets.US_ASCII)).toArray();
  }

  private static void assertSame(String name, ItemSigner signer) throws IOException, Malformed {
    byte[] item = Ans104.file(name);
    ItemHeader header = ItemHeader.decode(item);
    byte[] data = Arrays.copyOfRange(item, header.size(), item.length);
    Bytes made = signer.sign(header.target(), header.anchor(), header.tags(), data);
    assertThat(made).as(name).isEqualTo(Bytes.wrap(item));
  }

  /** Of these types there are no vectors: the reference's code says what is signed. */
  @Test
  void itemsOfAptosAndKyveAreVerified() throws IOException, Malformed {
    DeviceKey device = DeviceKey.fromSecret(KeyType.ED25519, secret("aptos"));
    byte[] digest = digest(SignatureType.APTOS, device.publicKey().bytes());
    String message = "APTOS\nmessage: " + HexFormat.of().formatHex(digest) + "\nnonce: bundlr";
    assertSigned(
        SignatureType.APTOS,
        device.publicKey().bytes(),
        digest,
        device.sign(message.getBytes(StandardCharsets.US_ASCII)));
    AccountKey account = AccountKey.fromSecret(secret("groundwork ans104 eth key"));
    Bytes owner = ItemHeader.decode(Ans104.file("item-06-sig3-hello-ct.bin")).owner();
    byte[] other = digest(SignatureType.KYVE, owner);
    assertSigned(
        SignatureType.KYVE, owner, other, account.sign(ItemSignatures.personalMessage(other)));
  }

  private static byte[] digest(SignatureType type, Bytes owner) {
    return new ItemDigest(type, owner, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY).finish();
  }

  private static void assertSigned(SignatureType type, Bytes owner, byte[] digest, Bytes signature)
      throws Malformed {
    ItemHeader header =
        new ItemHeader(type, signature, owner, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
    assertThat(ItemSignatures.verify(header, digest)).isTrue();
    digest[0] ^= 1;
    assertThat(ItemSignatures.verify(header, digest)).isFalse();
  }

  @Test
  void avroBlocksMayBeSeveralAndCountedNegatively() throws Malformed {
    List<Tag> tags = List.of(new Tag("a", "b"), new Tag("c", "d"));
    Bytes plain = AvroTags.encode(tags);
    assertThat(AvroTags.decode(plain)).isEqualTo(tags);
    Bytes negative = Bytes.fromHex("03" + "10" + "0261026202630264" + "00");
    assertThat(AvroTags.decode(negative)).isEqualTo(tags);
    Bytes two = Bytes.fromHex("02" + "02610262" + "01" + "08" + "02630264" + "00");
    assertThat(AvroTags.decode(two)).isEqualTo(tags);
    assertThat(AvroTags.decode(Bytes.fromHex("00"))).isEmpty();
  }

  @Test
  void tagsBeyondTheLimitsAreRefused() {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.writeBytes(HexFormat.of().parseHex("8202"));
    for (int i = 0; i < 129; i++) {
      many.writeBytes(HexFormat.of().parseHex("02610262"));
    }
    many.write(0);
    assertTagsRefused(Bytes.wrap(many.toByteArray()), "more than 128 tags");
    assertTagsRefused(
        AvroTags.encode(List.of(new Tag("n".repeat(1025), "v"))), "a tag's name of 1025 bytes");
    assertTagsRefused(
        AvroTags.encode(List.of(new Tag("n", "v".repeat(3073)))), "a tag's value of 3073 bytes");
    assertTagsRefused(
        AvroTags.encode(List.of(new Tag("n", "v".repeat(3000)), new Tag("m", "v".repeat(1200)))),
        "4096 are the most");
    assertTagsRefused(Bytes.fromHex("02026102620001"), "1 bytes after the tags");
    assertTagsRefused(Bytes.fromHex("0202"), "cut off");
  }

  private static void assertTagsRefused(Bytes tags, String message) {
    assertThatThrownBy(() -> AvroTags.decode(tags))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(message);
  }
}
