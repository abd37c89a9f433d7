package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;
import picocli.CommandLine.Option;

/** Which account signs and pays; its key comes from a file, never from an argument. */
final class AccountOptions {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Key file (Ethereum V3) of the account that signs and pays.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with the key file's password; asked for without it.")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description =
          "Instead of --key: an account of a network on this machine, such as founder, customer,"
              + " provider-1, verifier-1, council-1.")
  private Optional<String> account = Optional.empty();

  boolean isGiven() {
    return key.isPresent() || account.isPresent();
  }

  /** The key, of a file or of the network in {@code folder}. */
  AccountKey key(Path folder) throws IOException {
    if (key.isPresent() == account.isPresent()) {
      throw new Failure("Say who pays: either --key FILE or, on this machine, --account NAME.");
    }
    Path file =
        key.orElseGet(() -> folder.resolve("keys").resolve(account.orElseThrow() + ".json"));
    if (!Files.exists(file)) {
      throw new Failure("There is no key file " + file + ".");
    }
    Optional<Path> password =
        account.isPresent() ? Optional.of(folder.resolve("keys/password")) : passwordFile;
    return Keystore.openAccount(file, password(password, "Password of " + file));
  }

  static Password password(Optional<Path> file, String question) throws IOException {
    return file.isPresent()
        ? Password.fromFile(file.get())
        : Password.prompt(System.console(), question);
  }
}
