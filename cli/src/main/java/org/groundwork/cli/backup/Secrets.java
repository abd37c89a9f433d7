package org.groundwork.cli.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.groundwork.cli.Json;

/**
 * The few files of a folder that are not encrypted and open the rest: the password of the keys, the
 * keys of the S3 endpoint and of TLS. In a backup they stand in one file, encrypted with
 * AES-256-GCM by a key that PBKDF2 (RFC 8018, HMAC-SHA-512) makes of a passphrase.
 *
 * @param files content by path relative to the folder
 */
record Secrets(SortedMap<String, byte[]> files) {
  static final String SEALED = "secrets.sealed";

  private static final Set<String> NAMES =
      Set.of("password", "secret-key", "master-key", "tls-key.pem", "chain-token");
  private static final byte[] MAGIC = {'G', 'W', 'S', '1'};
  private static final int SALT = 16;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BITS = 256;
  private static final int ITERATIONS = 300_000;
  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int HEADER = MAGIC.length + SALT + Integer.BYTES + NONCE;
  private static final int MAX_BYTES = 1 << 20;

  /** Whether a file's content opens others. */
  static boolean isSecret(Path relative) {
    return NAMES.contains(String.valueOf(relative.getFileName()));
  }

  byte[] seal(String passphrase, SecureRandom random) throws IOException {
    ObjectNode plain = Json.object();
    files.forEach((name, content) -> plain.put(name, Base64.getEncoder().encodeToString(content)));
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    byte[] salt = new byte[SALT];
    byte[] nonce = new byte[NONCE];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    header.put(MAGIC).put(salt).putInt(ITERATIONS).put(nonce);
    try {
      byte[] text = Json.MAPPER.writeValueAsBytes(plain);
      byte[] body =
          cipher(Cipher.ENCRYPT_MODE, passphrase, salt, ITERATIONS, nonce, header.array())
              .doFinal(text);
      return ByteBuffer.allocate(HEADER + body.length).put(header.array()).put(body).array();
    } catch (GeneralSecurityException e) {
      throw new IOException("the secrets cannot be sealed: " + e.getMessage(), e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws IOException with one sentence if the passphrase is wrong or the file damaged
   */
  static Secrets open(byte[] sealed, String passphrase) throws IOException {
    if (sealed.length < HEADER || sealed.length > MAX_BYTES) {
      throw new IOException(SEALED + " is damaged");
    }
    ByteBuffer in = ByteBuffer.wrap(sealed);
    byte[] magic = new byte[MAGIC.length];
    byte[] salt = new byte[SALT];
    byte[] nonce = new byte[NONCE];
    in.get(magic).get(salt);
    int iterations = in.getInt();
    in.get(nonce);
    if (!java.util.Arrays.equals(magic, MAGIC) || iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new IOException(SEALED + " is damaged");
    }
    byte[] header = java.util.Arrays.copyOf(sealed, HEADER);
    try {
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, passphrase, salt, iterations, nonce, header)
              .doFinal(sealed, HEADER, sealed.length - HEADER);
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> each :
          Json.MAPPER.readTree(plain).properties()) {
        files.put(each.getKey(), Base64.getDecoder().decode(each.getValue().asText()));
      }
      return new Secrets(files);
    } catch (GeneralSecurityException e) {
      throw new IOException("the passphrase is wrong, or " + SEALED + " is damaged", e);
    }
  }

  private static Cipher cipher(
      int mode, String passphrase, byte[] salt, int iterations, byte[] nonce, byte[] header)
      throws GeneralSecurityException {
    byte[] key =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
            .generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, iterations, KEY_BITS))
            .getEncoded();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    return cipher;
  }

  /** Puts the files into a folder, for its owner alone. */
  void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      Path file = folder.resolve(each.getKey()).normalize();
      if (!file.startsWith(folder) || !isSecret(file)) {
        throw new IOException(SEALED + " names a file elsewhere: " + each.getKey());
      }
      Files.createDirectories(file.getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, each.getValue(), StandardOpenOption.WRITE);
    }
  }
}
