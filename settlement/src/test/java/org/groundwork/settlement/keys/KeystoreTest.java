package org.groundwork.settlement.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeystoreTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Password RIGHT = Password.of("testpassword");

  @TempDir private Path folder;
  private final Keystore keystore = new Keystore(RANDOM, KeystoreStrength.LIGHT);

  private Path file() {
    return folder.resolve("key.json");
  }

  /** A test vector of the format's specification. */
  @Test
  void readsFilesWithPbkdf2() throws IOException {
    Files.writeString(
        file(),
        """
        {"version":3,"crypto":{"cipher":"aes-128-ctr",
        "ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
        "cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},
        "kdf":"pbkdf2","kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256",
        "salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},
        "mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"}}
        """);
    assertThat(HexFormat.of().formatHex(Keystore.openAccount(file(), RIGHT).secret()))
        .isEqualTo("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d");
  }

  /** Written by go-ethereum with an empty password. */
  @Test
  void readsFilesOfOtherPrograms() throws IOException {
    Files.writeString(
        file(),
        """
        {"address":"45dea0fb0bba44f4fcf290bba71fd57d7117cbb8","crypto":{"cipher":"aes-128-ctr",
        "ciphertext":"b87781948a1befd247bff51ef4063f716cf6c2d3481163e9a8f42e1f9bb74145",
        "cipherparams":{"iv":"dc4926b48a105133d2f16b96833abf1e"},
        "kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":8,
        "salt":"004244bbdc51cadda545b1cfa43cff9ed2ae88e08c61f1479dbb45410722f8f0"},
        "mac":"39990c1684557447940d4c69e06b1b82b2aceacb43f284df65c956daf3046b85"},
        "id":"ce541d8d-c79b-40f8-9f8c-20f59616faba","version":3}
        """);
    assertThat(Keystore.openAccount(file(), Password.of("")).account().toHex())
        .isEqualTo("0x45dea0fb0bba44f4fcf290bba71fd57d7117cbb8");
  }

  @Test
  void keepsAccounts() throws IOException {
    AccountKey key = AccountKey.generate(RANDOM);
    keystore.create(file(), new StoredKey.OfAccount(key), RIGHT);
    assertThat(Keystore.openAccount(file(), RIGHT).account()).isEqualTo(key.account());
    assertThat(Files.readString(file()))
        .contains("\"address\" : \"" + key.account().toHex().substring(2))
        .doesNotContain(HexFormat.of().formatHex(key.secret()));
    assertRefused(Failure.KEYSTORE_UNREADABLE, () -> Keystore.openDevice(file(), RIGHT));
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void keepsDevicesOfEveryKind(KeyType type) throws IOException {
    DeviceKey key = DeviceKey.generate(type, RANDOM);
    keystore.create(file(), new StoredKey.OfDevice(key), RIGHT);
    assertThat(Keystore.openDevice(file(), RIGHT).publicKey()).isEqualTo(key.publicKey());
    assertRefused(Failure.KEYSTORE_UNREADABLE, () -> Keystore.openAccount(file(), RIGHT));
  }

  @Test
  void onlyTheOwnerMayReadAFile() throws IOException {
    keystore.create(file(), new StoredKey.OfAccount(AccountKey.generate(RANDOM)), RIGHT);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void neverOverwritesAKey() throws IOException {
    StoredKey key = new StoredKey.OfAccount(AccountKey.generate(RANDOM));
    keystore.create(file(), key, RIGHT);
    byte[] before = Files.readAllBytes(file());
    assertRefused(Failure.KEYSTORE_EXISTS, () -> keystore.create(file(), key, RIGHT));
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void tellsAWrongPassword() throws IOException {
    keystore.create(file(), new StoredKey.OfAccount(AccountKey.generate(RANDOM)), RIGHT);
    assertRefused(
        Failure.KEYSTORE_WRONG_PASSWORD, () -> Keystore.open(file(), Password.of("testpasswore")));
  }

  @Test
  void tellsATruncatedFile() throws IOException {
    keystore.create(file(), new StoredKey.OfAccount(AccountKey.generate(RANDOM)), RIGHT);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertRefused(Failure.KEYSTORE_UNREADABLE, () -> Keystore.open(file(), RIGHT));
    }
    Files.delete(file());
    assertRefused(Failure.KEYSTORE_MISSING, () -> Keystore.open(file(), RIGHT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"n\" : 1073741824", "\"n\" : 4095", "\"n\" : 0", "\"n\" : \"x\""})
  void refusesToWorkForeverOnAHostileFile(String parameter) throws IOException {
    keystore.create(file(), new StoredKey.OfAccount(AccountKey.generate(RANDOM)), RIGHT);
    Files.writeString(file(), Files.readString(file()).replace("\"n\" : 4096", parameter));
    assertRefused(Failure.KEYSTORE_UNREADABLE, () -> Keystore.open(file(), RIGHT));
  }

  @Test
  void refusesAKeyThatIsNotTheOneItSays() throws IOException {
    AccountKey key = AccountKey.generate(RANDOM);
    keystore.create(file(), new StoredKey.OfAccount(key), RIGHT);
    String other = AccountKey.generate(RANDOM).account().toHex();
    Files.writeString(file(), Files.readString(file()).replace(key.account().toHex(), other));
    assertRefused(Failure.KEYSTORE_UNREADABLE, () -> Keystore.open(file(), RIGHT));
  }

  @Test
  void takesPasswordsFromFilesAndTheEnvironment() throws IOException {
    Path secret = folder.resolve("password");
    Files.writeString(secret, "line one\nline two\n");
    assertThat(Password.fromFile(secret).bytes()).asString().isEqualTo("line one");
    assertThat(Password.fromEnvironment(Map.of("P", "word"), "P").bytes())
        .asString()
        .isEqualTo("word");
    assertThat(Password.of("word")).hasToString("Password[redacted]");
    Files.writeString(secret, "\n");
    assertRefused(Failure.PASSWORD_MISSING, () -> Password.fromFile(secret));
    assertRefused(Failure.PASSWORD_MISSING, () -> Password.fromFile(folder.resolve("none")));
    assertRefused(Failure.PASSWORD_MISSING, () -> Password.fromEnvironment(Map.of(), "P"));
    assertRefused(Failure.PASSWORD_MISSING, () -> Password.prompt(null, "password"));
  }

  private static void assertRefused(
      Failure failure, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            SettlementException.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }
}
