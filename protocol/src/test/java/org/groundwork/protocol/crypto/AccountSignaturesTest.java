package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountSignaturesTest {
  private static final BigInteger N = Curves.SECP256K1.n();
  private static final AccountKey KEY =
      AccountKey.fromSecret(Bytes.fromHex("46".repeat(32)).toArray());
  private static final Hash DIGEST =
      Hash.fromHex("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");

  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000001,"
        + "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf",
    "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80,"
        + "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d,"
        + "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "4646464646464646464646464646464646464646464646464646464646464646,"
        + "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F",
  })
  void knowsTheAccountsOfWellKnownSecrets(String secret, String account) {
    AccountKey key = AccountKey.fromSecret(Bytes.fromHex(secret).toArray());
    assertThat(key.account().toHex()).isEqualTo(account.toLowerCase(Locale.ROOT));
    assertThat(Bytes.wrap(key.secret())).isEqualTo(Bytes.fromHex(secret));
    assertThat(key.toString()).doesNotContain(secret).contains("redacted");
  }

  @Test
  void signsTheTransactionOfEip155() {
    Bytes signature = KEY.sign(DIGEST);
    assertThat(signature)
        .isEqualTo(
            Bytes.fromHex(
                "28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
                    + "67cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"
                    + "1b"));
    assertThat(AccountSignatures.recover(DIGEST, signature)).contains(KEY.account());
  }

  /** The vector of the ECRECOVER precompile has a high S: only its mirror is taken. */
  @Test
  void recoversTheVectorOfThePrecompileOnceItsSIsLow() {
    Hash digest = Hash.fromHex("18c547e4f7b0f325ad1e56f57e26c745b09a3e503d86e00e5255ff7f715d3d1c");
    Bytes high =
        Bytes.fromHex(
            "73b1693892219d736caba55bdb67216e485557ea6b6af75f37096c9aa6a5a75f"
                + "eeb940b1d03b21e36b0e47e79769f095fe2ab855bd91e3a38756b7d75a9c4549"
                + "1c");
    assertThat(AccountSignatures.recover(digest, high)).isEmpty();
    assertThat(AccountSignatures.recover(digest, mirrored(high)))
        .contains(AccountId.fromHex("0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b"));
  }

  @Test
  void recoversWhoeverSigned() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 200; i++) {
      AccountKey key = AccountKey.fromSecret(bytes(random, 32));
      Hash digest = Hash.wrap(bytes(random, 32));
      Bytes signature = key.sign(digest);
      assertThat(AccountSignatures.recover(digest, signature)).contains(key.account());
      assertThat(AccountSignatures.isSignedBy(key.account(), digest, signature)).isTrue();
      assertThat(AccountSignatures.isSignedBy(AccountId.ZERO, digest, signature)).isFalse();
      assertThat(AccountSignatures.recover(digest, mirrored(signature))).isEmpty();
      Bytes flipped = flipped(signature, random.nextInt(65 * 8));
      assertThat(AccountSignatures.isSignedBy(key.account(), digest, flipped)).isFalse();
      Hash other = Hash.wrap(flipped(digest.bytes(), random.nextInt(256)).toArray());
      assertThat(AccountSignatures.isSignedBy(key.account(), other, signature)).isFalse();
    }
  }

  @Test
  void refusesOtherLengthsAndOtherV() {
    byte[] signature = KEY.sign(DIGEST).toArray();
    for (int length : new int[] {0, 64, 66}) {
      Bytes other = Bytes.wrap(Arrays.copyOf(signature, length));
      assertThat(AccountSignatures.recover(DIGEST, other)).isEmpty();
    }
    for (int v = 0; v < 256; v++) {
      byte[] other = signature.clone();
      other[64] = (byte) v;
      assertThat(AccountSignatures.recover(DIGEST, Bytes.wrap(other)).isPresent())
          .isEqualTo(v == 27 || v == 28);
    }
  }

  @Test
  void refusesNumbersThatAreNoScalars() {
    byte[] good = KEY.sign(DIGEST).toArray();
    BigInteger half = N.shiftRight(1);
    for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, N, N.add(BigInteger.ONE)}) {
      assertThat(AccountSignatures.recover(DIGEST, with(good, 0, bad))).isEmpty();
      assertThat(AccountSignatures.recover(DIGEST, with(good, 32, bad))).isEmpty();
    }
    assertThat(AccountSignatures.recover(DIGEST, with(good, 32, half))).isPresent();
    assertThat(AccountSignatures.recover(DIGEST, with(good, 32, half.add(BigInteger.ONE))))
        .isEmpty();
  }

  /** x = 5 is on no point of secp256k1. */
  @Test
  void refusesAnRThatIsNoPoint() {
    byte[] good = KEY.sign(DIGEST).toArray();
    assertThat(AccountSignatures.recover(DIGEST, with(good, 0, BigInteger.valueOf(5)))).isEmpty();
  }

  /** R = G, s = e: the key would be the point at infinity. */
  @Test
  void refusesThePointAtInfinity() {
    byte[] signature = new byte[65];
    BigInteger x = Curves.SECP256K1.base().getAffineXCoord().toBigInteger();
    BigEndian.write(x, signature, 0);
    signature[63] = 9;
    signature[64] = 27;
    byte[] digest = new byte[32];
    digest[31] = 9;
    assertThat(Curves.SECP256K1.base().getAffineYCoord().testBitZero()).isFalse();
    assertThat(AccountSignatures.recover(Hash.wrap(digest), Bytes.wrap(signature))).isEmpty();
  }

  @Test
  void refusesSecretsThatAreNoScalars() {
    byte[] order = new byte[32];
    BigEndian.write(N, order, 0);
    for (byte[] bad : new byte[][] {new byte[32], order, new byte[31], new byte[33]}) {
      assertThatThrownBy(() -> AccountKey.fromSecret(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Bytes mirrored(Bytes signature) {
    BigInteger s = BigEndian.read(signature.unsafeArray(), 32);
    byte[] mirrored = with(signature.toArray(), 32, N.subtract(s)).toArray();
    mirrored[64] = (byte) (55 - mirrored[64]);
    return Bytes.wrap(mirrored);
  }

  private static Bytes with(byte[] signature, int offset, BigInteger number) {
    byte[] changed = signature.clone();
    BigEndian.write(number, changed, offset);
    return Bytes.wrap(changed);
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    byte[] flipped = bytes.toArray();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.wrap(flipped);
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
