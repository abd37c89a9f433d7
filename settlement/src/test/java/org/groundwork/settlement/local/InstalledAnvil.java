package org.groundwork.settlement.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.groundwork.settlement.SettlementException;

/** Anvil for tests: installed from the lock file if nobody has done so yet. */
public final class InstalledAnvil {
  private InstalledAnvil() {}

  public static synchronized Path locate() throws SettlementException {
    try {
      return AnvilBinary.locate();
    } catch (SettlementException missing) {
      install(missing);
      return AnvilBinary.locate();
    }
  }

  private static void install(SettlementException missing) throws SettlementException {
    Path contracts = project().resolve("contracts");
    try {
      int status =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(contracts.toFile())
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start()
              .waitFor();
      if (status != 0) {
        throw missing;
      }
    } catch (InterruptedException e) {
      throw SettlementException.interrupted(e);
    } catch (IOException e) {
      throw e instanceof SettlementException known ? known : missing;
    }
  }

  /** The folder above the module that tests run in. */
  public static Path project() {
    Path module = Path.of("").toAbsolutePath();
    return Files.exists(module.resolve("contracts")) ? module : module.resolve("..").normalize();
  }
}
