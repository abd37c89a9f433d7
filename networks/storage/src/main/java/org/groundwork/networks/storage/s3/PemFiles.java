package org.groundwork.networks.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes of PEM files what a server proves its identity with. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

  private PemFiles() {}

  /**
   * @throws IllegalArgumentException in words for the operator
   */
  static SSLContext context(S3Config.TlsFiles files) {
    try {
      Certificate[] chain = certificates(files.certificates());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key(files.key()), new char[0], chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the key "
              + files.key()
              + " and the certificates "
              + files.certificates()
              + " cannot be used: "
              + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    var in = new ByteArrayInputStream(Files.readAllBytes(file));
    var chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate in " + file);
    }
    return chain.toArray(new Certificate[0]);
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          file + " holds no PRIVATE KEY; `openssl pkcs8 -topk8 -nocrypt` makes one of others");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(String.valueOf(pem.group(1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key in " + file + " is no base64", e);
    }
    var failure = new InvalidKeySpecException("its kind is none of " + KINDS);
    for (String kind : KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException otherKind) {
        failure.addSuppressed(otherKind);
      }
    }
    throw failure;
  }
}
