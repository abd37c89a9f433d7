package org.groundwork.protocol.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an honest signer never makes, on every backend. */
class EcdsaEdgeTest {
  private static final byte[] MESSAGE = "a reading".getBytes(UTF_8);
  private static final BigInteger TWO_TO_256 = BigInteger.TWO.pow(256);

  private static Stream<KeyType> curves() {
    return Stream.of(KeyType.P256, KeyType.SECP256K1);
  }

  private static DeviceKey key(KeyType type) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 0x5a);
    return DeviceKey.fromSecret(type, secret);
  }

  private static BigInteger n(KeyType type) {
    return Curves.of(type).n();
  }

  private static Bytes signature(BigInteger r, BigInteger s) {
    byte[] signature = new byte[64];
    BigEndian.write(r, signature, 0);
    BigEndian.write(s, signature, 32);
    return Bytes.wrap(signature);
  }

  private static BigInteger r(Bytes signature) {
    return BigEndian.read(signature.unsafeArray(), 0);
  }

  private static BigInteger s(Bytes signature) {
    return BigEndian.read(signature.unsafeArray(), 32);
  }

  private static byte[] digest(KeyType type) {
    return type == KeyType.P256 ? Sha256.digest(MESSAGE) : Keccak256.digest(MESSAGE);
  }

  @ParameterizedTest
  @MethodSource("curves")
  void refusesNumbersThatAreNoScalars(KeyType type) {
    DeviceKey key = key(type);
    Bytes good = key.sign(MESSAGE);
    BigInteger n = n(type);
    for (BigInteger bad :
        new BigInteger[] {
          BigInteger.ZERO, n, n.add(BigInteger.ONE), TWO_TO_256.subtract(BigInteger.ONE)
        }) {
      Backends.allRefuseUnasked(key.publicKey(), MESSAGE, signature(bad, s(good)));
      Backends.allRefuseUnasked(key.publicKey(), MESSAGE, signature(r(good), bad));
      Backends.allRefuseUnasked(key.publicKey(), MESSAGE, signature(bad, bad));
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void takesTheLargestAndSmallestScalarsForSignatures(KeyType type) {
    DeviceKey key = key(type);
    Bytes good = key.sign(MESSAGE);
    BigInteger last = n(type).subtract(BigInteger.ONE);
    Backends.allRefuse(key.publicKey(), MESSAGE, signature(last, s(good)));
    Backends.allRefuse(key.publicKey(), MESSAGE, signature(BigInteger.ONE, s(good)));
    Backends.allRefuse(key.publicKey(), MESSAGE, signature(r(good), BigInteger.ONE));
    Backends.allRefuse(key.publicKey(), MESSAGE, signature(r(good), n(type).shiftRight(1)));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void acceptsHighSOnlyForP256(KeyType type) {
    DeviceKey key = key(type);
    Bytes low = key.sign(MESSAGE);
    Backends.allAccept(key.publicKey(), MESSAGE, low);
    Bytes high = signature(r(low), n(type).subtract(s(low)));
    BigInteger justHigh = n(type).shiftRight(1).add(BigInteger.ONE);
    switch (type) {
      case P256 -> {
        Backends.allAccept(key.publicKey(), MESSAGE, high);
        Backends.allRefuse(key.publicKey(), MESSAGE, signature(r(low), justHigh));
      }
      case SECP256K1 -> {
        Backends.allRefuseUnasked(key.publicKey(), MESSAGE, high);
        Backends.allRefuseUnasked(key.publicKey(), MESSAGE, signature(r(low), justHigh));
      }
      case ED25519 -> throw new AssertionError();
    }
  }

  /** s = n / 2 is the last low one; a key is made for which it is a signature. */
  @ParameterizedTest
  @MethodSource("curves")
  void acceptsTheExtremesOfS(KeyType type) {
    ECPoint point = Curves.of(type).timesBase(BigInteger.valueOf(42));
    BigInteger x = point.getAffineXCoord().toBigInteger();
    for (BigInteger s : new BigInteger[] {BigInteger.ONE, n(type).shiftRight(1)}) {
      Backends.allAccept(keyFor(type, point, x, s), MESSAGE, signature(x, s));
    }
    BigInteger last = n(type).subtract(BigInteger.ONE);
    Bytes highest = signature(x, last);
    PublicKey key = keyFor(type, point, x, last);
    Backends.allAnswer(type == KeyType.P256, key, MESSAGE, highest);
  }

  /** The nonce's point has an x in [n, p): r is x - n, and only that. */
  @ParameterizedTest
  @MethodSource("curves")
  void reducesXModuloTheOrder(KeyType type) {
    Curves.Curve curve = Curves.of(type);
    BigInteger x = n(type);
    byte[] encoded = new byte[33];
    encoded[0] = 2;
    do {
      x = x.add(BigInteger.ONE);
      BigEndian.write(x, encoded, 1);
    } while (WeierstrassCurve.of(type).decompress(encoded).isEmpty());
    ECPoint point = curve.points().decodePoint(encoded);
    BigInteger r = x.subtract(n(type));
    BigInteger s = BigInteger.valueOf(77);
    PublicKey key = keyFor(type, point, r, s);
    Backends.allAccept(key, MESSAGE, signature(r, s));
    Backends.allRefuseUnasked(key, MESSAGE, signature(x, s));
  }

  /** Q = (s R - e G) / r: the key under which (r, s) signs the message. */
  private static PublicKey keyFor(KeyType type, ECPoint point, BigInteger r, BigInteger s) {
    Curves.Curve curve = Curves.of(type);
    BigInteger e = new BigInteger(1, digest(type));
    ECPoint key =
        point
            .multiply(s)
            .subtract(curve.timesBase(e.mod(curve.n())))
            .multiply(r.modInverse(curve.n()))
            .normalize();
    return new PublicKey(type, Bytes.wrap(key.getEncoded(true)));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void refusesKeysOffTheCurve(KeyType type) {
    Bytes signature = key(type).sign(MESSAGE);
    int off = 0;
    for (int x = 0; x < 64; x++) {
      byte[] encoded = new byte[33];
      encoded[0] = (byte) (2 + x % 2);
      encoded[32] = (byte) x;
      PublicKey key = new PublicKey(type, Bytes.wrap(encoded));
      if (isOnCurveByLibrary(type, encoded)) {
        Backends.allRefuse(key, MESSAGE, signature);
      } else {
        off++;
        Backends.allRefuseUnasked(key, MESSAGE, signature);
      }
    }
    assertThat(off).isBetween(16, 48);
  }

  @ParameterizedTest
  @MethodSource("curves")
  void refusesNonCanonicalX(KeyType type) {
    Bytes signature = key(type).sign(MESSAGE);
    BigInteger p = Curves.of(type).points().getField().getCharacteristic();
    for (int excess = 0; excess < 32; excess++) {
      byte[] encoded = new byte[33];
      encoded[0] = 2;
      BigEndian.write(p.add(BigInteger.valueOf(excess)), encoded, 1);
      PublicKey key = new PublicKey(type, Bytes.wrap(encoded));
      Backends.allRefuseUnasked(key, MESSAGE, signature);
    }
  }

  @ParameterizedTest
  @MethodSource("curves")
  void refusesTheOtherPointOfTheSameX(KeyType type) {
    DeviceKey key = key(type);
    byte[] other = key.publicKey().bytes().toArray();
    other[0] ^= 1;
    PublicKey negated = new PublicKey(type, Bytes.wrap(other));
    Backends.allRefuse(negated, MESSAGE, key.sign(MESSAGE));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void decompressesAsTheLibraryDoes(KeyType type) {
    for (int secret = 1; secret < 50; secret++) {
      ECPoint point = Curves.of(type).timesBase(BigInteger.valueOf(secret));
      assertThat(WeierstrassCurve.of(type).decompress(point.getEncoded(true)))
          .hasValueSatisfying(own -> assertThat(own).isEqualTo(point.getEncoded(false)));
    }
  }

  @Test
  void encodesAsTheLibraryDoes() throws IOException {
    BigInteger n = TWO_TO_256;
    for (int bits = 1; bits <= 256; bits++) {
      BigInteger largest = BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
      BigInteger smallest = BigInteger.TWO.pow(bits - 1);
      assertThat(DerSignature.encode(signature(largest, smallest).toArray()))
          .isEqualTo(StandardDSAEncoding.INSTANCE.encode(n, largest, smallest));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesOtherLengths(KeyType type) {
    DeviceKey key = key(type);
    byte[] signature = key.sign(MESSAGE).toArray();
    for (int length : new int[] {0, 1, 63, 65, 70, 128}) {
      Bytes other = Bytes.wrap(Arrays.copyOf(signature, length));
      Backends.allRefuseUnasked(key.publicKey(), MESSAGE, other);
    }
  }

  private static boolean isOnCurveByLibrary(KeyType type, byte[] encoded) {
    try {
      return Curves.of(type).points().decodePoint(encoded).isValid();
    } catch (IllegalArgumentException notOnTheCurve) {
      return false;
    }
  }
}
