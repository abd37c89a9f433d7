package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.protocol.crypto.MessageSigner;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;
import org.groundwork.settlement.keys.Pkcs11Key;
import picocli.CommandLine.Option;

/** Where a device's key is: in a file, or in a token that it never leaves. */
final class DeviceKeyOptions {
  @Option(names = "--key", paramLabel = "FILE", description = "Key file of the device.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with the key file's password, or the token's PIN; asked for without it.")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--pkcs11",
      paramLabel = "MODULE",
      description = {
        "Instead of --key: a PKCS#11 module, such as /usr/lib/softhsm/libsofthsm2.so, whose token",
        "holds a P-256 key with a certificate.",
      })
  private Optional<Path> module = Optional.empty();

  @Option(
      names = "--slot",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "The token's place among those of the module (default: ${DEFAULT-VALUE}).")
  private int slot;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      defaultValue = "groundwork",
      description = "Label of the key in the token (default: ${DEFAULT-VALUE}).")
  private String label;

  /** The key file, if the key is in one. */
  Optional<Path> file() {
    return key;
  }

  MessageSigner open() throws IOException {
    if (key.isPresent() == module.isPresent()) {
      throw new Failure("Say where the device's key is: either --key FILE or --pkcs11 MODULE.");
    }
    return key.isPresent()
        ? Keystore.openDevice(key.get(), password("Password of " + key.get()))
        : Pkcs11Key.open(module.orElseThrow(), slot, label, password("PIN of the token"));
  }

  private Password password(String question) throws IOException {
    return AccountOptions.password(passwordFile, question);
  }
}
