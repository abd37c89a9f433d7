package org.groundwork.node.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.groundwork.node.http.TlsFiles;

/**
 * A certificate for localhost that signs itself, made by the JDK's keytool; for benches and tests.
 */
public final class SelfSigned {
  private static final String PASSWORD = "certificate";

  private SelfSigned() {}

  /** Makes one, with its files in a folder. */
  public static TlsFiles make(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("localhost.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "tls",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "SAN=DNS:localhost,IP:127.0.0.1",
                    "-ext",
                    "BC=ca:true",
                    "-validity",
                    "36500",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    try {
      return read(folder, store);
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool made a certificate that cannot be read", e);
    }
  }

  private static TlsFiles read(Path folder, Path store)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    byte[] key = keys.getKey("tls", PASSWORD.toCharArray()).getEncoded();
    byte[] certificate = keys.getCertificate("tls").getEncoded();
    return new TlsFiles(
        Files.writeString(folder.resolve("tls.crt"), pem("CERTIFICATE", certificate)),
        Files.writeString(folder.resolve("tls.key"), pem("PRIVATE KEY", key)));
  }

  private static String pem(String type, byte[] content) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, lines.encodeToString(content), type);
  }
}
