package org.groundwork.protocol.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;

/** Where verifiers come from. */
public final class SignatureVerifiers {
  private static final System.Logger LOG = System.getLogger(SignatureVerifiers.class.getName());

  private SignatureVerifiers() {}

  /** The fastest verifier that works here; a warning, once, if that is not the native one. */
  public static SignatureVerifier best() {
    return Best.VERIFIER;
  }

  /** The verifier that needs no native library. */
  public static SignatureVerifier portable() {
    return Portable.VERIFIER;
  }

  /** The verifier on Amazon Corretto Crypto Provider; empty where it does not load or work. */
  static Optional<SignatureVerifier> nativeVerifier() {
    return Native.VERIFIER;
  }

  private static final class Best {
    static final SignatureVerifier VERIFIER = Native.VERIFIER.orElseGet(Best::fallBack);

    private static SignatureVerifier fallBack() {
      LOG.log(
          System.Logger.Level.WARNING,
          "Amazon Corretto Crypto Provider is not usable here: signatures are verified by the JDK, "
              + "several times slower");
      return portable();
    }
  }

  private static final class Portable {
    static final SignatureVerifier VERIFIER = new StrictVerifier(backend());

    private static VerifierBackend backend() {
      try {
        Provider provider = Security.getProvider("SunEC");
        JcaBackend jdk =
            new JcaBackend(
                "JDK",
                provider,
                KeyFactory.getInstance("Ed25519", provider),
                KeyFactory.getInstance("EC", provider));
        return new PortableBackend(jdk);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK verifies Ed25519 and P-256", e);
      }
    }
  }

  /** The JDK, and BouncyCastle for the curve that the JDK lacks. */
  private record PortableBackend(JcaBackend jdk) implements VerifierBackend {
    @Override
    public String name() {
      return "JDK and BouncyCastle";
    }

    @Override
    public LoadedKey load(PublicKey key) {
      return switch (key.type()) {
        case ED25519, P256 -> jdk.load(key);
        case SECP256K1 -> BouncyCastleSecp256k1.load(key);
      };
    }
  }

  private static final class Native {
    static final Optional<SignatureVerifier> VERIFIER = load();

    private static Optional<SignatureVerifier> load() {
      try {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        provider.assertHealthy();
        SignatureVerifier verifier =
            new StrictVerifier(
                new JcaBackend(
                    "Amazon Corretto Crypto Provider",
                    provider,
                    KeyFactory.getInstance("Ed25519", Security.getProvider("SunEC")),
                    KeyFactory.getInstance("EC", provider)));
        return Optional.of(verifier);
      } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
        LOG.log(System.Logger.Level.DEBUG, "Amazon Corretto Crypto Provider", e);
        return Optional.empty();
      }
    }
  }
}
