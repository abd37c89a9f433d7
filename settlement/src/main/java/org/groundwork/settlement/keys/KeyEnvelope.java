package org.groundwork.settlement.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/** The {@code crypto} object of a version 3 key file: AES-128-CTR, Keccak-256 as checksum. */
record KeyEnvelope(KeyDerivation derivation, Bytes iv, Bytes ciphertext, Hash mac) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CIPHER = "aes-128-ctr";
  private static final int IV_BYTES = 16;
  private static final int HALF = KeyDerivation.KEY_BYTES / 2;
  private static final int SECRET_BYTES = 32;

  KeyEnvelope {
    if (iv.size() != IV_BYTES || ciphertext.size() != SECRET_BYTES) {
      throw new IllegalArgumentException("iv or ciphertext have a wrong length");
    }
  }

  static KeyEnvelope seal(byte[] secret, Password password, KeyDerivation derivation, Bytes iv) {
    byte[] key = derivation.derive(password);
    Bytes ciphertext = Bytes.wrap(aes(key, iv, secret));
    return new KeyEnvelope(derivation, iv, ciphertext, mac(key, ciphertext));
  }

  /** The secret; empty if the password is wrong. */
  Optional<byte[]> open(Password password) {
    byte[] key = derivation.derive(password);
    boolean right = MessageDigest.isEqual(mac(key, ciphertext).toArray(), mac.toArray());
    return right ? Optional.of(aes(key, iv, ciphertext.toArray())) : Optional.empty();
  }

  private static Hash mac(byte[] key, Bytes ciphertext) {
    return Keccak256.hash(Arrays.copyOfRange(key, HALF, 2 * HALF), ciphertext.toArray());
  }

  /** Counter mode: the same both ways. */
  private static byte[] aes(byte[] key, Bytes iv, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, 0, HALF, "AES"),
          new IvParameterSpec(iv.toArray()));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("cipher", CIPHER);
    json.putObject("cipherparams").put("iv", hex(iv));
    json.put("ciphertext", hex(ciphertext));
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("dklen", KeyDerivation.KEY_BYTES);
    switch (derivation) {
      case KeyDerivation.Scrypt scrypt -> {
        json.put("kdf", "scrypt");
        parameters.put("n", scrypt.n()).put("r", scrypt.r()).put("p", scrypt.p());
        parameters.put("salt", hex(scrypt.salt()));
      }
      case KeyDerivation.Pbkdf2 pbkdf2 -> {
        json.put("kdf", "pbkdf2");
        parameters.put("c", pbkdf2.iterations()).put("prf", "hmac-sha256");
        parameters.put("salt", hex(pbkdf2.salt()));
      }
    }
    json.set("kdfparams", parameters);
    return json.put("mac", hex(mac.bytes()));
  }

  /**
   * Reads the object.
   *
   * @throws IllegalArgumentException if it is none that is understood here
   */
  static KeyEnvelope fromJson(JsonNode json) {
    if (!json.path("cipher").asText().equals(CIPHER)) {
      throw new IllegalArgumentException("cipher " + json.path("cipher"));
    }
    return new KeyEnvelope(
        derivation(json.path("kdf").asText(), json.path("kdfparams")),
        bytes(json.path("cipherparams").path("iv")),
        bytes(json.path("ciphertext")),
        new Hash(bytes(json.path("mac"))));
  }

  private static KeyDerivation derivation(String name, JsonNode parameters) {
    if (parameters.path("dklen").asInt() != KeyDerivation.KEY_BYTES) {
      throw new IllegalArgumentException("dklen " + parameters.path("dklen"));
    }
    Bytes salt = bytes(parameters.path("salt"));
    if (name.equals("scrypt")) {
      return new KeyDerivation.Scrypt(
          parameters.path("n").asInt(),
          parameters.path("r").asInt(),
          parameters.path("p").asInt(),
          salt);
    }
    if (name.equals("pbkdf2") && parameters.path("prf").asText().equals("hmac-sha256")) {
      return new KeyDerivation.Pbkdf2(parameters.path("c").asInt(), salt);
    }
    throw new IllegalArgumentException("key derivation " + name);
  }

  private static Bytes bytes(JsonNode node) {
    if (!node.isTextual()) {
      throw new IllegalArgumentException("a field is missing");
    }
    return Bytes.fromHex(node.textValue());
  }

  private static String hex(Bytes bytes) {
    return HexFormat.of().formatHex(bytes.unsafeArray());
  }
}
