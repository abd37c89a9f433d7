package org.groundwork.cli.join;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.groundwork.cli.local.Accounts;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/**
 * The door's key and self-signed certificate, made once by the Java runtime's keytool and kept
 * encrypted with the password of the other keys. Who joins knows the certificate by its hash.
 */
final class DoorKey {
  private static final String ALIAS = "door";
  private static final int DAYS = 3650;
  private static final long PATIENCE_SECONDS = 60;

  private final KeyStore store;
  private final char[] password;

  private DoorKey(KeyStore store, char[] password) {
    this.store = store;
    this.password = password;
  }

  static DoorKey open(Accounts accounts) throws IOException {
    Path file = accounts.file(ALIAS).resolveSibling("door.p12");
    if (!Files.exists(file)) {
      make(file, accounts.passwordFile());
    }
    char[] password =
        Files.readString(accounts.passwordFile(), StandardCharsets.US_ASCII).strip().toCharArray();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return new DoorKey(store, password);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static void make(Path file, Path passwordFile) throws IOException {
    Path fresh = file.resolveSibling("door.p12.next");
    Files.deleteIfExists(fresh);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(DAYS),
                "-dname",
                "CN=groundwork",
                "-storetype",
                "PKCS12",
                "-keystore",
                fresh.toString(),
                "-storepass:file",
                passwordFile.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getOutputStream().close();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!keytool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("keytool makes no certificate: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file);
  }

  Hash certificate() throws IOException {
    try {
      return Sha256.hash(store.getCertificate(ALIAS).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException("the door's certificate cannot be read: " + e.getMessage(), e);
    }
  }

  SSLContext context() throws IOException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the door's key cannot be used: " + e.getMessage(), e);
    }
  }
}
