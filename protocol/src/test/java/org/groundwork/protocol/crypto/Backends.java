package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;

/** Every verifier that exists on this machine, asked the same question. */
final class Backends {
  static final List<SignatureVerifier> ALL = all();

  private Backends() {}

  private static List<SignatureVerifier> all() {
    List<SignatureVerifier> all = new ArrayList<>();
    all.add(SignatureVerifiers.portable());
    SignatureVerifiers.nativeBackend().map(StrictVerifier::new).ifPresent(all::add);
    return List.copyOf(all);
  }

  static void allAnswer(boolean expected, PublicKey key, byte[] message, Bytes signature) {
    for (SignatureVerifier verifier : ALL) {
      assertThat(verifier.verify(key, message, signature))
          .as("%s: key %s, message %s, signature %s", verifier, key, Bytes.of(message), signature)
          .isEqualTo(expected);
    }
  }

  static void allAccept(PublicKey key, byte[] message, Bytes signature) {
    assertThat(SignaturePredicate.wellFormed(key, signature)).as("the predicate").isTrue();
    allAnswer(true, key, message, signature);
  }

  /** The predicate itself refuses: no library was needed. */
  static void allRefuseUnasked(PublicKey key, byte[] message, Bytes signature) {
    assertThat(SignaturePredicate.wellFormed(key, signature)).as("the predicate").isFalse();
    allAnswer(false, key, message, signature);
  }

  /** Well formed, and yet no signature. */
  static void allRefuse(PublicKey key, byte[] message, Bytes signature) {
    assertThat(SignaturePredicate.wellFormed(key, signature)).as("the predicate").isTrue();
    allAnswer(false, key, message, signature);
  }
}
