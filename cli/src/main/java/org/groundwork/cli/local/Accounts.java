package org.groundwork.cli.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.KeystoreStrength;
import org.groundwork.settlement.keys.Password;
import org.groundwork.settlement.keys.StoredKey;

/** The key files of a network on one machine, under one password that a file holds. */
public final class Accounts {
  /**
   * The first account that the local chain funds: everybody knows its key, and it is worth nothing
   * anywhere else.
   */
  public static final AccountKey TREASURY =
      AccountKey.fromSecret(
          Bytes.fromHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
              .toArray());

  private static final int PASSWORD_BYTES = 32;

  private final Path folder;
  private final SecureRandom random;
  private final Keystore keystore;
  private final Password password;

  public Accounts(Path folder, SecureRandom random) throws IOException {
    this.folder = folder;
    this.random = random;
    Files.createDirectories(folder);
    if (!Files.exists(passwordFile())) {
      byte[] secret = new byte[PASSWORD_BYTES];
      random.nextBytes(secret);
      Files.createFile(
          passwordFile(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(
          passwordFile(),
          HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII),
          StandardOpenOption.WRITE);
    }
    password = Password.fromFile(passwordFile());
    keystore = new Keystore(random, KeystoreStrength.LIGHT);
  }

  public Path passwordFile() {
    return folder.resolve("password");
  }

  public Path file(String name) {
    return folder.resolve(name + ".json");
  }

  /** Keeps a key that exists under a name. */
  public void keep(String name, AccountKey key) throws IOException {
    if (!Files.exists(file(name))) {
      keystore.create(file(name), new StoredKey.OfAccount(key), password);
    }
  }

  /** The account of a name; made the first time. */
  public AccountKey account(String name) throws IOException {
    if (!Files.exists(file(name))) {
      keystore.create(file(name), new StoredKey.OfAccount(AccountKey.generate(random)), password);
    }
    return Keystore.openAccount(file(name), password);
  }

  /** The device key of a name; made the first time. */
  public DeviceKey device(String name) throws IOException {
    if (!Files.exists(file(name))) {
      keystore.create(
          file(name),
          new StoredKey.OfDevice(DeviceKey.generate(KeyType.ED25519, random)),
          password);
    }
    return Keystore.openDevice(file(name), password);
  }
}
