package org.groundwork.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Verification by a JCA provider. Keys are parsed by the JDK or by that provider. */
final class JcaBackend implements VerifierBackend {
  private static final byte[] ED25519_HEADER = hex("302a300506032b6570032100");
  private static final byte[] P256_HEADER =
      hex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
  private static final byte[] SECP256K1_HEADER =
      hex("3056301006072a8648ce3d020106052b8104000a034200");

  private final String name;
  private final Provider signatures;
  private final KeyFactory edwards;
  private final KeyFactory weierstrass;

  JcaBackend(String name, Provider signatures, KeyFactory edwards, KeyFactory weierstrass) {
    this.name = name;
    this.signatures = signatures;
    this.edwards = edwards;
    this.weierstrass = weierstrass;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public LoadedKey load(PublicKey key) {
    try {
      return switch (key.type()) {
        case ED25519 -> ed25519(parse(edwards, ED25519_HEADER, key.bytes().unsafeArray()));
        case P256 -> ecdsa(P256_HEADER, key);
        case SECP256K1 -> ecdsa(SECP256K1_HEADER, key);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name + " refuses a key that satisfies the predicate", e);
    }
  }

  private LoadedKey ed25519(java.security.PublicKey key) throws GeneralSecurityException {
    return new SignaturePool("Ed25519", signatures, key)::verify;
  }

  private LoadedKey ecdsa(byte[] header, PublicKey key) throws GeneralSecurityException {
    byte[] point =
        WeierstrassCurve.of(key.type()).decompress(key.bytes().unsafeArray()).orElseThrow();
    SignaturePool pool =
        new SignaturePool("NONEwithECDSA", signatures, parse(weierstrass, header, point));
    return (message, signature) ->
        pool.verify(EcdsaDigest.of(key.type(), message), DerSignature.encode(signature));
  }

  private static java.security.PublicKey parse(KeyFactory factory, byte[] header, byte[] point)
      throws GeneralSecurityException {
    byte[] encoded = new byte[header.length + point.length];
    System.arraycopy(header, 0, encoded, 0, header.length);
    System.arraycopy(point, 0, encoded, header.length, point.length);
    return factory.generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /**
   * Signature objects of one key. One that has seen its key verifies without translating it again,
   * so the last one is kept for whoever comes next; threads that meet make another.
   */
  private static final class SignaturePool {
    /** Longer messages leave large buffers behind in some providers. */
    private static final int KEPT_MESSAGE_BYTES = 4096;

    private final String algorithm;
    private final Provider provider;
    private final java.security.PublicKey key;
    private final AtomicReference<@Nullable Signature> spare = new AtomicReference<>();

    SignaturePool(String algorithm, Provider provider, java.security.PublicKey key)
        throws GeneralSecurityException {
      this.algorithm = algorithm;
      this.provider = provider;
      this.key = key;
      spare.set(create());
    }

    private Signature create() throws GeneralSecurityException {
      Signature created = Signature.getInstance(algorithm, provider);
      created.initVerify(key);
      return created;
    }

    boolean verify(byte[] message, byte[] encodedSignature) {
      try {
        Signature kept = spare.getAndSet(null);
        Signature signature = kept != null ? kept : create();
        signature.update(message);
        boolean good = signature.verify(encodedSignature);
        if (message.length <= KEPT_MESSAGE_BYTES) {
          spare.set(signature);
        }
        return good;
      } catch (SignatureException notEvenEncoded) {
        return false;
      } catch (InvalidKeyException e) {
        throw new IllegalStateException("a key that was accepted once is refused", e);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a provider lost its algorithm", e);
      }
    }
  }
}
