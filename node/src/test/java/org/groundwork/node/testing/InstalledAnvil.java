package org.groundwork.node.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.AnvilBinary;

/** Anvil for tests: installed from the lock file if nobody has done so yet. */
final class InstalledAnvil {
  private InstalledAnvil() {}

  static synchronized Path locate() throws IOException {
    try {
      return AnvilBinary.locate();
    } catch (SettlementException missing) {
      install(missing);
      return AnvilBinary.locate();
    }
  }

  private static void install(SettlementException missing) throws IOException {
    Path module = Path.of("").toAbsolutePath();
    Path project = Files.exists(module.resolve("contracts")) ? module : module.resolveSibling("");
    try {
      int status =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(project.resolve("contracts").toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status != 0) {
        throw missing;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing;
    }
  }
}
