package org.groundwork.protocol.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published signatures. */
class SignatureVectorsTest {
  @ParameterizedTest(name = "RFC 8032, 7.1, test {0}")
  @CsvSource({
    "1, 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "2, 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "3, c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  })
  void ed25519(String test, String secret, String publicKey, String message, String signature) {
    DeviceKey key = DeviceKey.fromSecret(KeyType.ED25519, Bytes.fromHex(secret).toArray());
    byte[] signed = Bytes.fromHex(message).toArray();
    assertThat(key.publicKey().bytes()).isEqualTo(Bytes.fromHex(publicKey));
    assertThat(key.sign(signed)).as(test).isEqualTo(Bytes.fromHex(signature));
    Backends.allAccept(key.publicKey(), signed, Bytes.fromHex(signature));
  }

  @ParameterizedTest(name = "RFC 6979, A.2.5, SHA-256, {0}")
  @CsvSource({
    "sample, efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    "test, f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367,"
        + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
  })
  void p256(String message, String r, String s) {
    DeviceKey key =
        DeviceKey.fromSecret(
            KeyType.P256,
            Bytes.fromHex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")
                .toArray());
    assertThat(key.publicKey().bytes())
        .isEqualTo(
            Bytes.fromHex("0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"));
    byte[] signed = message.getBytes(UTF_8);
    Bytes published = Bytes.fromHex(r + s);
    assertThat(key.sign(signed)).isEqualTo(withLowS(published, Curves.P256.n()));
    Backends.allAccept(key.publicKey(), signed, published);
  }

  /** The transaction of EIP-155: its digest is the Keccak-256 of the message. */
  @ParameterizedTest
  @CsvSource(
      "ec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080,"
          + "28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
          + "67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83")
  void secp256k1(String message, String signature) {
    DeviceKey key =
        DeviceKey.fromSecret(KeyType.SECP256K1, Bytes.fromHex("46".repeat(32)).toArray());
    byte[] signed = Bytes.fromHex(message).toArray();
    assertThat(key.sign(signed)).isEqualTo(Bytes.fromHex(signature));
    Backends.allAccept(key.publicKey(), signed, Bytes.fromHex(signature));
  }

  private static Bytes withLowS(Bytes signature, BigInteger n) {
    BigInteger s = BigEndian.read(signature.unsafeArray(), 32);
    byte[] low = signature.toArray();
    BigEndian.write(s.min(n.subtract(s)), low, 32);
    return Bytes.wrap(low);
  }
}
