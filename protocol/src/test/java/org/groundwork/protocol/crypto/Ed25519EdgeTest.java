package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.Edwards25519.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an honest signer never makes, on every backend. */
class Ed25519EdgeTest {
  private static final BigInteger P = Edwards25519.P;
  private static final BigInteger L = Edwards25519.L;
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final BigInteger SECRET = new BigInteger("123456789012345678901234567890");
  private static final BigInteger NONCE = new BigInteger("987654321098765432109876543210");
  private static final Point KEY = Edwards25519.BASE.times(SECRET);
  private static final Point COMMITMENT = Edwards25519.BASE.times(NONCE);

  /** Every encoding, canonical or not, of the eight points of small order: fourteen. */
  static Stream<Bytes> encodingsOfSmallOrder() {
    Set<Bytes> encodings = new HashSet<>();
    for (Point point : Edwards25519.smallOrder()) {
      for (BigInteger y : List.of(point.y(), point.y().add(P))) {
        if (y.bitLength() <= 255) {
          encodings.add(Bytes.wrap(Edwards25519.encoding(y, point.x().testBit(0))));
          if (point.x().signum() == 0) {
            encodings.add(Bytes.wrap(Edwards25519.encoding(y, true)));
          }
        }
      }
    }
    return encodings.stream().sorted();
  }

  @Test
  void thereAreFourteenEncodingsOfSmallOrder() {
    assertThat(encodingsOfSmallOrder()).hasSize(14);
  }

  @ParameterizedTest
  @MethodSource("encodingsOfSmallOrder")
  void refusesKeysOfSmallOrder(Bytes encoding) {
    byte[] key = encoding.toArray();
    byte[] r = COMMITMENT.encode();
    byte[] message = messageWith(r, key, 0);
    Bytes signature = Edwards25519.signature(r, NONCE);
    Backends.allRefuseUnasked(Edwards25519.key(key), message, signature);
  }

  @ParameterizedTest
  @MethodSource("encodingsOfSmallOrder")
  void refusesCommitmentsOfSmallOrder(Bytes encoding) {
    byte[] r = encoding.toArray();
    byte[] key = KEY.encode();
    BigInteger s = Edwards25519.challenge(r, key, MESSAGE).multiply(SECRET).mod(L);
    Backends.allRefuseUnasked(Edwards25519.key(key), MESSAGE, Edwards25519.signature(r, s));
  }

  @Test
  void acceptsWhatItsOwnArithmeticSigns() {
    byte[] r = COMMITMENT.encode();
    byte[] key = KEY.encode();
    Backends.allAccept(Edwards25519.key(key), MESSAGE, signature(r, key, MESSAGE));
  }

  @Test
  void refusesTheOrderAndMoreAsS() {
    byte[] r = COMMITMENT.encode();
    byte[] encodedKey = KEY.encode();
    PublicKey key = Edwards25519.key(encodedKey);
    BigInteger s = response(r, encodedKey, MESSAGE);
    for (BigInteger shift = L; shift.add(s).bitLength() <= 256; shift = shift.add(L)) {
      Backends.allRefuseUnasked(key, MESSAGE, Edwards25519.signature(r, s.add(shift)));
    }
    Backends.allRefuseUnasked(key, MESSAGE, Edwards25519.signature(r, L));
    Backends.allRefuseUnasked(key, MESSAGE, Edwards25519.signature(r, L.add(BigInteger.ONE)));
    Backends.allRefuse(key, MESSAGE, Edwards25519.signature(r, L.subtract(BigInteger.ONE)));
    Backends.allRefuse(key, MESSAGE, Edwards25519.signature(r, BigInteger.ZERO));
  }

  /** y from p to 2^255 - 1: each denotes the point of y - p, most of them of a large order. */
  @Test
  void refusesNonCanonicalY() {
    byte[] r = COMMITMENT.encode();
    byte[] key = KEY.encode();
    for (int excess = 0; excess < 19; excess++) {
      for (boolean negative : new boolean[] {false, true}) {
        byte[] encoding = Edwards25519.encoding(P.add(BigInteger.valueOf(excess)), negative);
        Backends.allRefuseUnasked(
            Edwards25519.key(key), MESSAGE, Edwards25519.signature(encoding, NONCE));
        Backends.allRefuseUnasked(
            Edwards25519.key(encoding), MESSAGE, Edwards25519.signature(r, NONCE));
      }
    }
  }

  @Test
  void tellsWhichSmallYAreOnTheCurve() {
    Bytes signature = Edwards25519.signature(COMMITMENT.encode(), NONCE);
    int refused = 0;
    for (int small = 2; small < 100; small++) {
      for (BigInteger y :
          List.of(BigInteger.valueOf(small), P.subtract(BigInteger.valueOf(small)))) {
        PublicKey key = Edwards25519.key(Edwards25519.encoding(y, false));
        boolean onCurve = Edwards25519.isOnCurve(y);
        refused += onCurve ? 0 : 1;
        assertThat(SignaturePredicate.wellFormed(key, signature)).isEqualTo(onCurve);
        Backends.allAnswer(false, key, MESSAGE, signature);
      }
    }
    assertThat(refused).isBetween(50, 150);
  }

  @Test
  void refusesCommitmentsThatAreNoPoint() {
    PublicKey key = Edwards25519.key(KEY.encode());
    for (int y = 2; y < 40; y++) {
      byte[] r = Edwards25519.encoding(BigInteger.valueOf(y), false);
      Backends.allRefuse(key, MESSAGE, Edwards25519.signature(r, NONCE));
    }
  }

  /** R = rB + T: good only for those who multiply the equation by eight. Nobody here does. */
  @Test
  void refusesWhatOnlyTheCofactoredEquationAccepts() {
    byte[] key = KEY.encode();
    for (Point torsion : Edwards25519.smallOrder().subList(1, 8)) {
      byte[] r = COMMITMENT.plus(torsion).encode();
      Backends.allRefuse(Edwards25519.key(key), MESSAGE, signature(r, key, MESSAGE));
    }
  }

  /**
   * A = aB + T: the signature is good exactly if (k mod L) T cancels, so this also tells whether
   * each backend reduces the challenge modulo L before it multiplies.
   */
  @Test
  void agreesOnKeysOfMixedOrder() {
    Point torsion = Edwards25519.ofOrderEight();
    byte[] key = KEY.plus(torsion).encode();
    byte[] r = COMMITMENT.encode();
    for (int rest = 0; rest < 8; rest++) {
      byte[] message = messageWith(r, key, rest);
      Bytes signature = signature(r, key, message);
      assertThat(SignaturePredicate.wellFormed(Edwards25519.key(key), signature)).isTrue();
      Backends.allAnswer(rest == 0, Edwards25519.key(key), message, signature);
    }
  }

  /** A = aB + T, R = rB - kT: both of mixed order, and the equation holds without a cofactor. */
  @Test
  void agreesWhenMixedOrdersCancel() {
    Point torsion = Edwards25519.ofOrderEight();
    byte[] key = KEY.plus(torsion).encode();
    for (int rest = 1; rest < 8; rest++) {
      byte[] r = COMMITMENT.plus(torsion.times(8 - rest)).encode();
      byte[] message = messageWith(r, key, rest);
      Backends.allAccept(Edwards25519.key(key), message, signature(r, key, message));
      byte[] other = messageWith(r, key, (rest + 1) % 8);
      Backends.allRefuse(Edwards25519.key(key), other, signature(r, key, other));
    }
  }

  @Test
  void refusesOtherLengths() {
    byte[] r = COMMITMENT.encode();
    byte[] key = KEY.encode();
    byte[] signature = signature(r, key, MESSAGE).toArray();
    for (int length : new int[] {0, 1, 32, 63, 65, 96, 128}) {
      Bytes other = Bytes.wrap(Arrays.copyOf(signature, length));
      Backends.allRefuseUnasked(Edwards25519.key(key), MESSAGE, other);
    }
  }

  private static BigInteger response(byte[] r, byte[] key, byte[] message) {
    return Edwards25519.challenge(r, key, message).multiply(SECRET).add(NONCE).mod(L);
  }

  private static Bytes signature(byte[] r, byte[] key, byte[] message) {
    return Edwards25519.signature(r, response(r, key, message));
  }

  /** A message whose challenge leaves this rest modulo eight. */
  private static byte[] messageWith(byte[] r, byte[] key, int rest) {
    for (int i = 0; ; i++) {
      byte[] message = BigInteger.valueOf(i).toByteArray();
      if ((Edwards25519.challenge(r, key, message).intValue() & 7) == rest) {
        return message;
      }
    }
  }
}
