package org.groundwork.settlement.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.files.AtomicFile;

/**
 * Key files. Those of accounts are what Ethereum wallets read and write (version 3); those of
 * devices say their type and public key in a field {@code groundwork} that wallets do not know.
 */
public final class Keystore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 3;
  private static final int SCRYPT_R = 8;
  private static final int RANDOM_BYTES = 32;
  private static final int IV_BYTES = 16;
  private static final long MAX_FILE_BYTES = 64 << 10;

  private final SecureRandom random;
  private final KeystoreStrength strength;

  public Keystore(SecureRandom random, KeystoreStrength strength) {
    this.random = random;
    this.strength = strength;
  }

  /** Writes a key into a new file. */
  public void create(Path file, StoredKey key, Password password) throws SettlementException {
    if (Files.exists(file)) {
      throw new SettlementException(
          Failure.KEYSTORE_EXISTS, file + " exists already; it is not overwritten");
    }
    KeyDerivation derivation =
        new KeyDerivation.Scrypt(strength.n(), SCRYPT_R, strength.p(), randomBytes(RANDOM_BYTES));
    KeyEnvelope envelope =
        KeyEnvelope.seal(key.secret(), password, derivation, randomBytes(IV_BYTES));
    ObjectNode json = JSON.createObjectNode();
    json.put("version", VERSION).put("id", UUID.randomUUID().toString());
    if (key instanceof StoredKey.OfAccount account) {
      json.put("address", account.publicText().substring(2));
    }
    json.putObject("groundwork").put("type", key.type()).put("public", key.publicText());
    json.set("crypto", envelope.toJson());
    AtomicFile.writeSecret(file, Bytes.wrap(bytes(json)));
  }

  private static byte[] bytes(ObjectNode json) throws SettlementException {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Bytes randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  public static AccountKey openAccount(Path file, Password password) throws SettlementException {
    return switch (open(file, password)) {
      case StoredKey.OfAccount account -> account.key();
      case StoredKey.OfDevice device ->
          throw unreadable(file, "it holds the key of a " + device.type() + ", not of an account");
    };
  }

  public static DeviceKey openDevice(Path file, Password password) throws SettlementException {
    return switch (open(file, password)) {
      case StoredKey.OfDevice device -> device.key();
      case StoredKey.OfAccount _ ->
          throw unreadable(file, "it holds the key of an account, not of a device");
    };
  }

  /** Reads a key file. */
  public static StoredKey open(Path file, Password password) throws SettlementException {
    JsonNode json = parsed(file);
    KeyEnvelope envelope;
    try {
      envelope = KeyEnvelope.fromJson(json.path("crypto"));
    } catch (IllegalArgumentException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    }
    byte[] secret =
        envelope
            .open(password)
            .orElseThrow(() ->
                new SettlementException(
                    Failure.KEYSTORE_WRONG_PASSWORD,
                    "wrong password for " + file + " (or the file was changed)"));
    return checked(file, json, secret);
  }

  private static JsonNode parsed(Path file) throws SettlementException {
    if (!Files.exists(file)) {
      throw new SettlementException(Failure.KEYSTORE_MISSING, "there is no key file " + file);
    }
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw unreadable(file, "it is too large");
      }
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json.path("version").asInt() != VERSION) {
        throw unreadable(file, "it is not of version 3");
      }
      return json;
    } catch (IOException e) {
      throw e instanceof SettlementException known
          ? known
          : unreadable(file, "it is cut short or no JSON");
    }
  }

  private static StoredKey checked(Path file, JsonNode json, byte[] secret)
      throws SettlementException {
    String type = json.path("groundwork").path("type").asText(StoredKey.OfAccount.TYPE);
    StoredKey key;
    try {
      key = key(type, secret);
    } catch (IllegalArgumentException e) {
      throw unreadable(file, "its secret is no key of type " + type);
    }
    String stated = json.path("groundwork").path("public").asText(statedAddress(json));
    if (!stated.isEmpty() && !stated.equals(key.publicText())) {
      throw unreadable(file, "it says " + stated + " but holds the key of " + key.publicText());
    }
    return key;
  }

  private static String statedAddress(JsonNode json) {
    String address = json.path("address").asText("").toLowerCase(Locale.ROOT);
    return address.isEmpty() || address.startsWith("0x") ? address : "0x" + address;
  }

  private static StoredKey key(String type, byte[] secret) {
    if (type.equals(StoredKey.OfAccount.TYPE)) {
      return new StoredKey.OfAccount(AccountKey.fromSecret(secret));
    }
    for (KeyType known : KeyType.values()) {
      if (type.equals(StoredKey.OfDevice.PREFIX + known.name().toLowerCase(Locale.ROOT))) {
        return new StoredKey.OfDevice(DeviceKey.fromSecret(known, secret));
      }
    }
    throw new IllegalArgumentException(type);
  }

  private static SettlementException unreadable(Path file, String why) {
    return new SettlementException(
        Failure.KEYSTORE_UNREADABLE, "the key file " + file + " cannot be used: " + why);
  }
}
