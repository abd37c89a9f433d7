package org.groundwork.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.KeystoreStrength;
import org.groundwork.settlement.keys.StoredKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a device's key. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the key of a new device in a key file (Ethereum V3). A password file that does not",
      "exist is made, with a random password.",
    },
    footer = {
      "",
      "Example:",
      "  groundwork device new station.json --password-file station.password"
    })
final class DeviceNewCommand implements Callable<Integer> {
  private static final int PASSWORD_BYTES = 32;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The key file; it must not exist.")
  private Path file;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File with the password; asked for without it.")
  private Optional<Path> passwordFile = Optional.empty();

  @Option(
      names = "--type",
      defaultValue = "ed25519",
      description = "Kind of key: ed25519, p256, secp256k1 (default: ${DEFAULT-VALUE}).")
  private KeyType type;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (Files.exists(file)) {
      throw new Failure(file + " exists already; it is not overwritten.");
    }
    SecureRandom random = new SecureRandom();
    boolean made = passwordFile.isPresent() && makePassword(passwordFile.get(), random);
    // Nobody guesses a random password, however fast guessing is.
    KeystoreStrength strength = made ? KeystoreStrength.LIGHT : KeystoreStrength.STANDARD;
    DeviceKey key = DeviceKey.generate(type, random);
    new Keystore(random, strength)
        .create(
            file,
            new StoredKey.OfDevice(key),
            AccountOptions.password(passwordFile, "New password of " + file));
    Report report =
        new Report()
            .put("file", file)
            .put("type", type.name().toLowerCase(Locale.ROOT))
            .put("key", key.publicKey().bytes());
    spec.commandLine().getOut().print(json ? Json.line(report.json()) + "\n" : report.text());
    spec.commandLine().getOut().flush();
    return 0;
  }

  private static boolean makePassword(Path file, SecureRandom random) throws IOException {
    if (Files.exists(file)) {
      return false;
    }
    byte[] secret = new byte[PASSWORD_BYTES];
    random.nextBytes(secret);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        file,
        HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.WRITE);
    return true;
  }
}
