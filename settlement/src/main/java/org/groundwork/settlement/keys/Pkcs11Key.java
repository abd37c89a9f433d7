package org.groundwork.settlement.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.MessageSigner;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.jspecify.annotations.Nullable;

/**
 * A P-256 key that stays in a token: a hardware security module, a smart card, a TPM behind
 * tpm2-pkcs11. The JDK's PKCS#11 provider finds a private key by the certificate beside it, of the
 * same id, and knows no Ed25519; so a token holds a P-256 key and any certificate of its public
 * key, as {@code keytool -genkeypair -storetype PKCS11} makes them. Safe for use by many threads.
 */
public final class Pkcs11Key implements MessageSigner {
  private static final String SHA256_ECDSA_RS = "SHA256withECDSAinP1363Format";
  private static final int COORDINATE_SIZE = 32;

  private final Provider provider;
  private final PrivateKey key;
  private final PublicKey publicKey;

  private Pkcs11Key(Provider provider, PrivateKey key, PublicKey publicKey) {
    this.provider = provider;
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * Logs in to a token and finds a key.
   *
   * @param library the module, such as {@code /usr/lib/softhsm/libsofthsm2.so}
   * @param slot the place of the token in the module's list of slots that hold one
   * @param alias label of the key's certificate
   */
  public static Pkcs11Key open(Path library, int slot, String alias, Password pin)
      throws SettlementException {
    if (!Files.exists(library)) {
      throw unusable("there is no PKCS#11 module " + library);
    }
    try {
      Provider provider = provider(library, slot);
      KeyStore token = KeyStore.getInstance("PKCS11", provider);
      token.load(null, pin.characters());
      Key key = token.getKey(alias, null);
      Certificate certificate = token.getCertificate(alias);
      if (!(key instanceof PrivateKey secret) || certificate == null) {
        throw unusable(
            "the token has no key with a certificate labelled \"%s\"; it has %s"
                .formatted(alias, java.util.Collections.list(token.aliases())));
      }
      return new Pkcs11Key(provider, secret, publicKey(certificate));
    } catch (GeneralSecurityException | IOException | ProviderException e) {
      throw e instanceof SettlementException known ? known : unusable(reason(e));
    } catch (InvalidParameterException e) {
      throw unusable(reason(e));
    }
  }

  private static Provider provider(Path library, int slot) {
    String name = "groundwork-" + slot;
    return Security.getProvider("SunPKCS11")
        .configure(
            "--name = %s%nlibrary = %s%nslotListIndex = %d%n"
                .formatted(name, library.toAbsolutePath(), slot));
  }

  private static PublicKey publicKey(Certificate certificate) throws SettlementException {
    if (!(certificate.getPublicKey() instanceof ECPublicKey point)
        || point.getParams().getOrder().bitLength() != 8 * COORDINATE_SIZE) {
      throw unusable("the key is not on P-256");
    }
    byte[] compressed = new byte[1 + COORDINATE_SIZE];
    compressed[0] = (byte) (point.getW().getAffineY().testBit(0) ? 3 : 2);
    BigInteger x = point.getW().getAffineX();
    byte[] raw = x.toByteArray();
    int length = Math.min(raw.length, COORDINATE_SIZE);
    System.arraycopy(raw, raw.length - length, compressed, compressed.length - length, length);
    return new PublicKey(KeyType.P256, Bytes.wrap(compressed));
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  /**
   * ECDSA over SHA-256 in the token; another signature each time.
   *
   * @throws IllegalStateException if the token does not sign
   */
  @Override
  public Bytes sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(SHA256_ECDSA_RS, provider);
      signature.initSign(key);
      signature.update(message);
      return Bytes.wrap(signature.sign());
    } catch (GeneralSecurityException | ProviderException e) {
      throw new IllegalStateException("The token does not sign: " + reason(e), e);
    }
  }

  private static String reason(Exception thrown) {
    @Nullable Throwable cause = thrown.getCause();
    if (cause instanceof UnrecoverableKeyException) {
      return "the token does not take the PIN";
    }
    return cause == null ? String.valueOf(thrown.getMessage()) : thrown.getMessage() + ": " + cause;
  }

  private static SettlementException unusable(String why) {
    return new SettlementException(Failure.KEYSTORE_UNREADABLE, "The key cannot be used: " + why);
  }

  @Override
  public String toString() {
    return "Pkcs11Key[publicKey=" + publicKey + "]";
  }
}
