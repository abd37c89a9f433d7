package org.groundwork.networks.storage.arweave;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import org.groundwork.protocol.Bytes;

/** The RSA key by which a gateway signs receipts: 4096 bits, as Arweave's keys are. */
final class ReceiptKey {
  private static final int BITS = 4096;
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private final RSAPrivateCrtKey key;

  private ReceiptKey(RSAPrivateCrtKey key) {
    this.key = key;
  }

  /** Reads the key of a file, which is made if it is missing. */
  static ReceiptKey open(Path file) throws IOException {
    try {
      if (!Files.exists(file)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS, new SecureRandom());
        write(file, generator.generateKeyPair().getPrivate());
      }
      PrivateKey read =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(file)));
      if (read instanceof RSAPrivateCrtKey rsa && rsa.getModulus().bitLength() == BITS) {
        return new ReceiptKey(rsa);
      }
      throw new IOException(file + " is no RSA key of " + BITS + " bits");
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be read as a key", e);
    }
  }

  private static void write(Path file, PrivateKey key) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(next, key.getEncoded(), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    Files.move(next, file);
  }

  /** The modulus, highest byte first. */
  Bytes modulus() {
    byte[] bytes = key.getModulus().toByteArray();
    byte[] modulus = new byte[BITS / Byte.SIZE];
    System.arraycopy(bytes, bytes.length - modulus.length, modulus, 0, modulus.length);
    return Bytes.wrap(modulus);
  }

  Bytes sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(PSS);
      signature.initSign(key);
      signature.update(message);
      return Bytes.wrap(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with RSASSA-PSS", e);
    }
  }

  /** The public exponent, which verifiers take for granted. */
  BigInteger exponent() {
    return key.getPublicExponent();
  }
}
