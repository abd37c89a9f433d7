package org.groundwork.cli.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;

/**
 * Who pays when a provider answers the court: a third configuration file beside {@link
 * ProviderSetup}, which need not be there. The account needs the chain's coin alone, and no right
 * over the device: who owns the device gets the bonds.
 *
 * @param accountKey path of the account's key file
 * @param passwordFile path of the key file's password
 */
public record CourtSetup(String accountKey, String passwordFile) {
  public static final String FILE = "court.json";

  /** The account that a provider's folder names. */
  static Optional<AccountKey> account(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    CourtSetup setup = ConfigFile.read(file, CourtSetup.class);
    return Optional.of(
        Keystore.openAccount(
            Path.of(setup.accountKey()), Password.fromFile(Path.of(setup.passwordFile()))));
  }
}
