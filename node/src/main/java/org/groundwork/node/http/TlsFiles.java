package org.groundwork.node.http;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * How a server shows who it is. Read when it starts.
 *
 * @param certificates PEM: the server's certificate, then those above it
 * @param key PEM: its private key, PKCS #8, without a password
 */
public record TlsFiles(Path certificates, Path key) {
  /**
   * Reads them.
   *
   * @throws IOException with one sentence for the operator if they cannot be used
   */
  public JdkSslContext context() throws IOException {
    try {
      return (JdkSslContext)
          SslContextBuilder.forServer(certificates.toFile(), key.toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .build();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "The server's certificate in %s, or its key in %s, cannot be used: %s"
              .formatted(certificates, key, e.getMessage()),
          e);
    }
  }

  /** The server's own certificate. */
  public X509Certificate certificate() throws IOException {
    try (InputStream in = Files.newInputStream(certificates)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new IOException(certificates + " holds no certificate: " + e.getMessage(), e);
    }
  }
}
