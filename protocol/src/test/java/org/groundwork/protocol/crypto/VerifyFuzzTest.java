package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, every backend gives the same answer and none throws. */
class VerifyFuzzTest {
  private static final byte[] MESSAGE = {7, 8, 9};

  /** Type, key, signature, message; what is missing is zero. */
  @FuzzTest(maxDuration = "60s")
  void backendsAgreeOnAnything(byte[] data) {
    if (data.length == 0) {
      return;
    }
    KeyType type = KeyType.of(1 + Math.floorMod(data[0] - 1, 3));
    int signatureAt = 1 + type.keySize();
    byte[] padded = Arrays.copyOf(data, Math.max(data.length, signatureAt + 64));
    if (type != KeyType.ED25519) {
      padded[1] = (byte) (2 + (padded[1] & 1));
    }
    Bytes key = Bytes.wrap(Arrays.copyOfRange(padded, 1, signatureAt));
    Bytes signature = Bytes.wrap(Arrays.copyOfRange(padded, signatureAt, signatureAt + 64));
    byte[] message = Arrays.copyOfRange(padded, signatureAt + 64, padded.length);
    agree(new PublicKey(type, key), message, signature);
  }

  /** Digest, then the signature. */
  @FuzzTest(maxDuration = "60s")
  void recoveryTakesAnything(byte[] data) {
    byte[] padded = Arrays.copyOf(data, Math.max(data.length, 32));
    Hash digest = Hash.wrap(Arrays.copyOf(padded, 32));
    Bytes signature = Bytes.wrap(Arrays.copyOfRange(padded, 32, padded.length));
    AccountSignatures.recover(digest, signature)
        .ifPresent(
            signer -> assertThat(AccountSignatures.isSignedBy(signer, digest, signature)).isTrue());
  }

  /** Good signatures with parts replaced by edge values or by each other, and bits flipped. */
  @Test
  void backendsAgreeOnMutations() {
    long seed = 0xfeedL;
    Random random = new Random(seed);
    List<byte[]> parts = parts();
    for (int i = 0; i < 600; i++) {
      KeyType type = KeyType.of(1 + random.nextInt(3));
      DeviceKey signer = DeviceKey.fromSecret(type, secret(1 + random.nextInt(3)));
      byte[] signature = signer.sign(MESSAGE).toArray();
      byte[] key = signer.publicKey().bytes().toArray();
      for (int change = random.nextInt(4); change > 0; change--) {
        byte[] part = parts.get(random.nextInt(parts.size()));
        switch (random.nextInt(5)) {
          case 0 -> System.arraycopy(part, 0, signature, 0, 32);
          case 1 -> System.arraycopy(part, 0, signature, 32, 32);
          case 2 -> System.arraycopy(part, 0, key, key.length - 32, 32);
          case 3 -> signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
          default -> key[key.length - 1 - random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      agree(new PublicKey(type, Bytes.wrap(key)), MESSAGE, Bytes.wrap(signature));
    }
  }

  private static void agree(PublicKey key, byte[] message, Bytes signature) {
    boolean answer = Backends.ALL.getFirst().verify(key, message, signature);
    Backends.allAnswer(answer, key, message, signature);
    if (answer) {
      assertThat(SignaturePredicate.wellFormed(key, signature)).isTrue();
    }
  }

  private static byte[] secret(int fill) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) fill);
    return secret;
  }

  /** Orders, field sizes, their neighbours, small orders and parts of good signatures. */
  private static List<byte[]> parts() {
    List<byte[]> parts = new ArrayList<>();
    Ed25519EdgeTest.encodingsOfSmallOrder().map(Bytes::toArray).forEach(parts::add);
    for (int offset = -2; offset <= 2; offset++) {
      parts.add(Edwards25519.littleEndian(Edwards25519.L.add(BigInteger.valueOf(offset))));
      parts.add(Edwards25519.littleEndian(Edwards25519.P.add(BigInteger.valueOf(offset))));
      for (KeyType type : List.of(KeyType.P256, KeyType.SECP256K1)) {
        byte[] order = new byte[32];
        BigEndian.write(Curves.of(type).n().add(BigInteger.valueOf(offset)), order, 0);
        parts.add(order);
      }
    }
    for (KeyType type : KeyType.values()) {
      byte[] signature = DeviceKey.fromSecret(type, secret(1)).sign(MESSAGE).toArray();
      parts.add(Arrays.copyOf(signature, 32));
      parts.add(Arrays.copyOfRange(signature, 32, 64));
    }
    return parts;
  }
}
