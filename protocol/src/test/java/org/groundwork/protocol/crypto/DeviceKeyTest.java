package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceKeyTest {
  private static final long SEED = 0x6772_6f75_6e64L;

  @ParameterizedTest
  @EnumSource
  void signsWhatEveryBackendAccepts(KeyType type) {
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      DeviceKey key = DeviceKey.fromSecret(type, bytes(random, 32));
      byte[] message = bytes(random, random.nextInt(600));
      Bytes signature = key.sign(message);
      assertThat(signature.size()).isEqualTo(64);
      assertThat(key.sign(message)).as("deterministic").isEqualTo(signature);
      Backends.allAccept(key.publicKey(), message, signature);
    }
  }

  /** No bit of a signature, message or key can change; P-256 alone has a second S. */
  @ParameterizedTest
  @EnumSource
  void signsEveryBit(KeyType type) {
    Random random = new Random(SEED + 1);
    DeviceKey key = DeviceKey.fromSecret(type, bytes(random, 32));
    byte[] message = bytes(random, 40);
    Bytes signature = key.sign(message);
    for (int bit = 0; bit < 512; bit++) {
      Backends.allAnswer(false, key.publicKey(), message, flipped(signature, bit));
    }
    for (int bit = 0; bit < 320; bit++) {
      byte[] other = flipped(Bytes.wrap(message), bit).toArray();
      Backends.allAnswer(false, key.publicKey(), other, signature);
    }
    int prefixBits = type == KeyType.ED25519 ? 0 : 8;
    for (int bit = prefixBits; bit < 8 * type.keySize(); bit++) {
      PublicKey other = new PublicKey(type, flipped(key.publicKey().bytes(), bit));
      Backends.allAnswer(false, other, message, signature);
    }
  }

  @ParameterizedTest
  @EnumSource
  void signsWithALowS(KeyType type) {
    Random random = new Random(SEED + 2);
    DeviceKey key = DeviceKey.fromSecret(type, bytes(random, 32));
    for (int i = 0; i < 60; i++) {
      Bytes signature = key.sign(bytes(random, i));
      if (type != KeyType.ED25519) {
        BigInteger s = BigEndian.read(signature.unsafeArray(), 32);
        assertThat(s).isLessThanOrEqualTo(Curves.of(type).halfOrder());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void signsEmptyAndVeryLongMessages(KeyType type) {
    Random random = new Random(SEED + 3);
    DeviceKey key = DeviceKey.fromSecret(type, bytes(random, 32));
    for (int size : new int[] {0, 1, 4096, 4097, 1 << 20, (1 << 20) + 1, 3 << 20}) {
      byte[] message = bytes(random, size);
      Backends.allAccept(key.publicKey(), message, key.sign(message));
      Backends.allRefuse(key.publicKey(), message, key.sign(new byte[] {1}));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsAndHidesItsSecret(KeyType type) {
    DeviceKey key = DeviceKey.generate(type, new SecureRandom());
    byte[] secret = key.secret();
    assertThat(DeviceKey.fromSecret(type, secret).publicKey()).isEqualTo(key.publicKey());
    assertThat(key.toString())
        .contains("redacted")
        .doesNotContain(Bytes.of(secret).toHex().substring(2));
    secret[0] ^= 1;
    assertThat(key.secret()).as("a copy").isNotEqualTo(secret);
  }

  @ParameterizedTest
  @EnumSource
  void refusesOtherLengthsOfSecrets(KeyType type) {
    for (int size : new int[] {0, 31, 33, 64}) {
      byte[] secret = new byte[size];
      assertThatThrownBy(() -> DeviceKey.fromSecret(type, secret))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "SECP256K1"})
  void refusesSecretsThatAreNoScalars(KeyType type) {
    BigInteger n = Curves.of(type).n();
    byte[] secret = new byte[32];
    assertThatThrownBy(() -> DeviceKey.fromSecret(type, secret))
        .isInstanceOf(IllegalArgumentException.class);
    BigEndian.write(n, secret, 0);
    assertThatThrownBy(() -> DeviceKey.fromSecret(type, secret))
        .isInstanceOf(IllegalArgumentException.class);
    BigEndian.write(n.subtract(BigInteger.ONE), secret, 0);
    DeviceKey last = DeviceKey.fromSecret(type, secret);
    Backends.allAccept(last.publicKey(), secret, last.sign(secret));
  }

  /** A source that yields no scalar at first. */
  @ParameterizedTest
  @EnumSource(names = {"P256", "SECP256K1"})
  void drawsUntilItHasAScalar(KeyType type) {
    SecureRandom stubborn =
        new SecureRandom() {
          private int calls;

          @Override
          public void nextBytes(byte[] bytes) {
            calls++;
            java.util.Arrays.fill(bytes, (byte) (calls == 1 ? 0xff : calls == 2 ? 0 : 7));
          }
        };
    assertThat(DeviceKey.generate(type, stubborn).secret()).containsOnly(7);
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
