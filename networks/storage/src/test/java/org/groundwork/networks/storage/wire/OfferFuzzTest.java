package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.junit.jupiter.api.Test;

/** What customers and providers leave with each other: one encoding each, signed by its author. */
class OfferFuzzTest {
  private static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.TEN, new AccountId(Bytes.wrap(new byte[20])));
  private static final DeviceKey DEVICE = DeviceKey.fromSecret(KeyType.ED25519, secret(7));
  private static final AccountKey PAYER = AccountKey.fromSecret(secret(9));
  private static final PriceTag TAG =
      new PriceTag(
          DOMAIN.deployment(),
          new NetworkId(3),
          new DeviceId(41),
          false,
          Credits.of(1_000),
          Credits.of(20_000),
          43_200,
          new SlotNumber(100),
          new SlotNumber(220));
  private static final MetadataRoot ROOT =
      new MetadataRoot(
          DOMAIN.deployment(), new NetworkId(3), PAYER.account(), 12, Bytes.of((byte) 1));

  @FuzzTest
  void priceTagsAreReadCanonically(byte[] input) {
    checkTag(input);
  }

  @FuzzTest
  void rootsAreReadCanonically(byte[] input) {
    checkRoot(input);
  }

  /** The bytes that another implementation has to make; Ed25519 is deterministic. */
  @Test
  void aPriceTagHasTheseBytes() {
    assertThat(TAG.encode().toHex())
        .isEqualTo(
            "0x0100"
                + DOMAIN.deployment().hash().toHex().substring(2)
                + "000000030000000000000029"
                + "00".repeat(30)
                + "03e8"
                + "00".repeat(30)
                + "4e20"
                + "000000000000a8c0000000000000006400000000000000dc");
    assertThat(Sha256.hash(TAG.sign(DEVICE).encode().unsafeArray()).toHex())
        .isEqualTo("0x0d970c7181468300416f214171bf7cb15fd9f63e4babe3f81afc0d7a72517fb5");
  }

  @Test
  void aTagIsTheDevicesOwn() {
    SignatureVerifier verifier = SignatureVerifiers.best();
    PriceTag.Signed signed = TAG.sign(DEVICE);
    assertThat(signed.isGenuine(DEVICE.publicKey(), verifier)).isTrue();
    DeviceKey other = DeviceKey.fromSecret(KeyType.ED25519, secret(8));
    assertThat(signed.isGenuine(other.publicKey(), verifier)).isFalse();
    PriceTag cheaper =
        new PriceTag(
            TAG.deployment(),
            TAG.network(),
            TAG.device(),
            false,
            Credits.of(999),
            TAG.egressPerGiB(),
            TAG.maxDealSlots(),
            TAG.from(),
            TAG.until());
    assertThat(
            new PriceTag.Signed(cheaper, signed.signature())
                .isGenuine(DEVICE.publicKey(), verifier))
        .isFalse();
    assertThat(TAG.holdsAt(new SlotNumber(219))).isTrue();
    assertThat(TAG.holdsAt(new SlotNumber(220))).isFalse();
    assertThat(TAG.holdsAt(new SlotNumber(99))).isFalse();
  }

  @Test
  void aRootIsItsPayersOwn() {
    MetadataRoot.Signed signed = ROOT.sign(DOMAIN, PAYER);
    assertThat(signed.isGenuine(DOMAIN)).isTrue();
    SigningDomain elsewhere =
        SigningDomain.of(BigInteger.TWO, new AccountId(Bytes.wrap(new byte[20])));
    assertThat(signed.isGenuine(elsewhere)).isFalse();
    MetadataRoot later =
        new MetadataRoot(ROOT.deployment(), ROOT.network(), ROOT.payer(), 13, ROOT.content());
    assertThat(new MetadataRoot.Signed(later, signed.signature()).isGenuine(DOMAIN)).isFalse();
    MetadataRoot other =
        new MetadataRoot(ROOT.deployment(), ROOT.network(), ROOT.payer(), 12, Bytes.of((byte) 2));
    assertThat(new MetadataRoot.Signed(other, signed.signature()).isGenuine(DOMAIN)).isFalse();
  }

  @Test
  void mutatedOffersAreReadCanonically() {
    byte[] tag = TAG.sign(DEVICE).encode().toArray();
    byte[] root = ROOT.sign(DOMAIN, PAYER).encode().toArray();
    assertThat(checkTag(tag)).isTrue();
    assertThat(checkRoot(root)).isTrue();
    Random random = new Random(20_261_122);
    for (int round = 0; round < 10_000; round++) {
      checkTag(mutate(tag, random));
      checkRoot(mutate(root, random));
    }
  }

  private static byte[] mutate(byte[] good, Random random) {
    byte[] input = good.clone();
    input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
    return random.nextInt(8) == 0 ? Arrays.copyOf(input, random.nextInt(300)) : input;
  }

  private static boolean checkTag(byte[] input) {
    try {
      assertThat(PriceTag.Signed.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean checkRoot(byte[] input) {
    try {
      assertThat(MetadataRoot.Signed.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static byte[] secret(int seed) {
    return Sha256.hash(("a key of tests " + seed).getBytes(StandardCharsets.UTF_8)).toArray();
  }
}
