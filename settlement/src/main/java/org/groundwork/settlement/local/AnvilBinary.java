package org.groundwork.settlement.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.jspecify.annotations.Nullable;

/**
 * Where anvil is: named by GROUNDWORK_ANVIL, or in its npm platform package below the project's
 * contracts folder.
 */
public final class AnvilBinary {
  private static final String ANVIL_VARIABLE = "GROUNDWORK_ANVIL";
  private static final String HOME_PROPERTY = "groundwork.home";
  private static final String HOME_VARIABLE = "GROUNDWORK_HOME";

  private AnvilBinary() {}

  /** The binary, or an error that names the command which installs it. */
  public static Path locate() throws SettlementException {
    Optional<Path> chosen = named(System.getenv(ANVIL_VARIABLE));
    if (chosen.isPresent()) {
      return executable(chosen.get(), "correct the variable " + ANVIL_VARIABLE);
    }
    Path contracts = projectHome().resolve("contracts");
    return executable(
        contracts.resolve("node_modules/@foundry-rs/anvil-" + platform() + "/bin/anvil"),
        "run ./groundwork once, or `npm ci --ignore-scripts` in "
            + contracts
            + "; where npm has no package for this machine, install Foundry and set "
            + ANVIL_VARIABLE);
  }

  private static Path executable(Path binary, String remedy) throws SettlementException {
    if (!Files.isExecutable(binary)) {
      throw new SettlementException(
          Failure.ANVIL_MISSING, "anvil is not installed at " + binary + ": " + remedy);
    }
    return binary;
  }

  /** The launcher's word, or the nearest folder upwards that looks like the project. */
  private static Path projectHome() {
    return named(System.getProperty(HOME_PROPERTY))
        .or(() -> named(System.getenv(HOME_VARIABLE)))
        .or(AnvilBinary::projectAbove)
        .orElse(Path.of("").toAbsolutePath());
  }

  private static Optional<Path> named(@Nullable String folder) {
    return folder == null || folder.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(folder).toAbsolutePath());
  }

  private static Optional<Path> projectAbove() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("contracts/package.json"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return (system.startsWith("mac") ? "darwin" : "linux")
        + (machine.equals("aarch64") || machine.equals("arm64") ? "-arm64" : "-amd64");
  }
}
