package org.groundwork.settlement.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;

/** Makes key files of known keys. At a release, run it in a folder of the test's resources. */
final class PreviousKeystore {
  static final String PASSWORD = "a password of before";

  private PreviousKeystore() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Keystore keystore = new Keystore(new SecureRandom(), KeystoreStrength.LIGHT);
    Password password = Password.of(PASSWORD);
    keystore.create(folder.resolve("account.json"), new StoredKey.OfAccount(account()), password);
    for (KeyType type : KeyType.values()) {
      keystore.create(folder.resolve(name(type)), new StoredKey.OfDevice(device(type)), password);
    }
  }

  static AccountKey account() {
    return AccountKey.fromSecret(secret(7));
  }

  static DeviceKey device(KeyType type) {
    return DeviceKey.fromSecret(type, secret(8));
  }

  static String name(KeyType type) {
    return "device-" + type.name().toLowerCase(Locale.ROOT) + ".json";
  }

  private static byte[] secret(int number) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) number);
    return secret;
  }
}
