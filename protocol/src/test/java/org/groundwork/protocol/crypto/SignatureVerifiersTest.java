package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SignatureVerifiersTest {
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

  /** Elsewhere its absence is a warning; where it must work, its absence is a failure. */
  @Test
  void theNativeLibraryLoadsOnLinux() {
    boolean expected =
        System.getProperty("os.name").equals("Linux")
            && ARCHITECTURES.contains(System.getProperty("os.arch"));
    boolean loaded = SignatureVerifiers.nativeBackend().isPresent();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(loaded || !expected)
          .as("Amazon Corretto Crypto Provider loads on Linux x86_64 and aarch64")
          .isTrue();
    }
    assumeTrue(loaded, "Amazon Corretto Crypto Provider does not load on this machine");
    assertThat(SignatureVerifiers.best().toString()).contains("Amazon Corretto");
    assertThat(Backends.ALL).hasSize(2);
  }

  @Test
  void thePortableOneNeedsNoNativeLibrary() {
    assertThat(SignatureVerifiers.portable().toString()).contains("JDK").doesNotContain("Amazon");
  }

  @Test
  void areMadeOnce() {
    assertThat(SignatureVerifiers.best()).isSameAs(SignatureVerifiers.best());
    assertThat(SignatureVerifiers.portable()).isSameAs(SignatureVerifiers.portable());
  }

  @Test
  void theSelfTestPassesWhatWorks() {
    assertThatCode(() -> BackendSelfTest.run(SignatureVerifiers.bestBackend()))
        .doesNotThrowAnyException();
  }

  @Test
  void theSelfTestFindsALibraryThatSaysYesOrNoToAll() {
    for (boolean always : new boolean[] {false, true}) {
      assertThatThrownBy(() -> BackendSelfTest.run(new ConstantBackend(always)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("self-test");
    }
  }

  /** The predicate stands before the library: one that says yes to all is never asked. */
  @Test
  void thePredicateIsAskedFirst() {
    SignatureVerifier credulous = new StrictVerifier(new ConstantBackend(true));
    PublicKey smallOrder = Edwards25519.key(Edwards25519.IDENTITY.encode());
    byte[] r = Edwards25519.BASE.encode();
    PublicKey good = Edwards25519.key(r);
    byte[] message = {1};
    assertThat(
            credulous.verify(
                good, message, Edwards25519.signature(r, Edwards25519.P.shiftRight(9))))
        .isTrue();
    assertThat(
            credulous.verify(
                smallOrder, message, Edwards25519.signature(r, Edwards25519.P.shiftRight(9))))
        .isFalse();
    assertThat(credulous.verify(good, message, Edwards25519.signature(r, Edwards25519.L)))
        .isFalse();
  }

  private record ConstantBackend(boolean answer) implements VerifierBackend {
    @Override
    public String name() {
      return "constant";
    }

    @Override
    public LoadedKey load(PublicKey key) {
      return (_, _) -> answer;
    }
  }
}
