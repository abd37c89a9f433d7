package org.groundwork.protocol.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;

/** Where verifiers come from. Each is made once, when it is first asked for. */
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

  /** Amazon Corretto Crypto Provider; empty where it does not load or fails its test. */
  static Optional<VerifierBackend> nativeBackend() {
    return Native.BACKEND;
  }

  static VerifierBackend bestBackend() {
    return nativeBackend().orElse(Portable.BACKEND);
  }

  private static final class Best {
    static final SignatureVerifier VERIFIER = make();

    private static SignatureVerifier make() {
      if (nativeBackend().isEmpty()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Amazon Corretto Crypto Provider is not usable here: signatures are verified by the"
                + " JDK and BouncyCastle, many times slower");
        return portable();
      }
      return new StrictVerifier(bestBackend());
    }
  }

  private static final class Portable {
    static final VerifierBackend BACKEND = backend();
    static final SignatureVerifier VERIFIER = new StrictVerifier(BACKEND);

    private static VerifierBackend backend() {
      try {
        Provider provider = Security.getProvider("SunEC");
        VerifierBackend jdk =
            new JcaBackend(
                "JDK",
                provider,
                KeyFactory.getInstance("Ed25519", provider),
                KeyFactory.getInstance("EC", provider));
        return new PortableBackend(jdk, new BouncyCastleEcdsa());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK verifies Ed25519", e);
      }
    }
  }

  private static final class Native {
    static final Optional<VerifierBackend> BACKEND = load();

    private static Optional<VerifierBackend> load() {
      try {
        Provider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        VerifierBackend shortMessages =
            new JcaBackend(
                "Amazon Corretto Crypto Provider",
                provider,
                KeyFactory.getInstance("Ed25519", Security.getProvider("SunEC")),
                KeyFactory.getInstance("EC", provider));
        VerifierBackend backend = new NativeBackend(shortMessages, Portable.BACKEND);
        BackendSelfTest.run(backend);
        return Optional.of(backend);
      } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
        LOG.log(System.Logger.Level.INFO, "Amazon Corretto Crypto Provider does not load", e);
        return Optional.empty();
      }
    }
  }

  /**
   * The JDK for Ed25519, BouncyCastle for ECDSA. Not BouncyCastle for Ed25519: it multiplies the
   * equation by a factor that may be even, so its answer on keys of mixed order would differ.
   */
  private record PortableBackend(VerifierBackend edwards, VerifierBackend ecdsa)
      implements VerifierBackend {
    @Override
    public String name() {
      return "JDK and BouncyCastle";
    }

    @Override
    public LoadedKey load(PublicKey key) {
      return switch (key.type()) {
        case ED25519 -> edwards.load(key);
        case P256, SECP256K1 -> ecdsa.load(key);
      };
    }
  }

  /** The native library, and the portable ones for messages that it does not take. */
  private record NativeBackend(VerifierBackend shortMessages, VerifierBackend longMessages)
      implements VerifierBackend {
    /** What the provider's Ed25519 buffers at most. Reports are far below. */
    private static final int LONGEST_MESSAGE = 1 << 20;

    @Override
    public String name() {
      return shortMessages.name();
    }

    @Override
    public LoadedKey load(PublicKey key) {
      LoadedKey loaded = shortMessages.load(key);
      return (message, signature) ->
          message.length <= LONGEST_MESSAGE
              ? loaded.verify(message, signature)
              : longMessages.load(key).verify(message, signature);
    }
  }
}
