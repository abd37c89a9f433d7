package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bitcoin Core's library and BouncyCastle give the same bytes. */
class Secp256k1Test {
  private static final int ROUNDS = 300;
  private static final BigInteger N = Curves.SECP256K1.n();

  private final Secp256k1 java = new JavaSecp256k1();
  private final Random random = new Random(20_261_122);

  private static Secp256k1 installed() {
    if (!(Secp256k1.BEST instanceof NativeSecp256k1)) {
      throw new AssertionError(
          "libsecp256k1 is missing: install it with `apt-get install libsecp256k1-1`.");
    }
    return Secp256k1.BEST;
  }

  private byte[] scalar() {
    byte[] bytes = new byte[32];
    do {
      random.nextBytes(bytes);
    } while (!Curves.SECP256K1.isSecret(new BigInteger(1, bytes)));
    return bytes;
  }

  private byte[] digest(int round) {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    if (round == 0) {
      Arrays.fill(digest, (byte) 0);
    }
    return digest;
  }

  @Test
  void bothMakeTheSameSignature() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] secret = scalar();
      byte[] digest = digest(round);
      assertThat(installed().sign(secret, digest)).isEqualTo(java.sign(secret, digest));
    }
  }

  @Test
  void bothRecoverTheSameKeyOrNone() {
    int none = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] digest = digest(round);
      byte[] signature = java.sign(scalar(), digest);
      switch (round % 3) {
        case 0 -> {}
        case 1 -> signature[64] = (byte) (27 + (28 - signature[64]));
        default -> System.arraycopy(scalar(), 0, signature, 0, 32);
      }
      Optional<byte[]> expected = java.recover(signature, digest);
      Optional<byte[]> found = installed().recover(signature, digest);
      assertThat(found.map(Arrays::toString)).isEqualTo(expected.map(Arrays::toString));
      none += expected.isEmpty() ? 1 : 0;
    }
    assertThat(none).isBetween(1, ROUNDS / 3);
  }

  /** s R = e G has no key: the point at infinity. */
  @Test
  void bothSayThatThePointAtInfinityIsNoKey() {
    byte[] k = scalar();
    BigInteger r =
        Curves.SECP256K1.timesBase(new BigInteger(1, k)).getAffineXCoord().toBigInteger();
    boolean odd = Curves.SECP256K1.timesBase(new BigInteger(1, k)).getAffineYCoord().testBitZero();
    BigInteger s = BigInteger.TWO;
    byte[] digest = new byte[32];
    BigEndian.write(s.multiply(new BigInteger(1, k)).mod(N), digest, 0);
    byte[] signature = new byte[65];
    BigEndian.write(r, signature, 0);
    BigEndian.write(s, signature, 32);
    signature[64] = (byte) (odd ? 28 : 27);
    assertThat(java.recover(signature, digest)).isEmpty();
    assertThat(installed().recover(signature, digest)).isEmpty();
  }
}
