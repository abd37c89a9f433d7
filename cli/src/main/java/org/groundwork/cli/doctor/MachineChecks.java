package org.groundwork.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.AnvilBinary;

/** What the machine has, whatever runs on it. */
public final class MachineChecks {
  private static final int JAVA = 25;
  private static final long WANTED_BYTES = 4L << 30;
  private static final long PATIENCE_SECONDS = 10;

  private MachineChecks() {}

  public static List<Finding> run() throws IOException {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(anvil());
    findings.add(Finding.ok("signatures", SignatureVerifiers.best().toString()));
    findings.add(
        ErasureCodes.isaL().isPresent()
            ? Finding.ok("erasure code", "ISA-L")
            : Finding.lacking("erasure code", "slow: pure Java", "apt-get install libisal2"));
    findings.add(
        AccountSignatures.isNative()
            ? Finding.ok("accounts", "libsecp256k1")
            : Finding.lacking("accounts", "slow: pure Java", "apt-get install libsecp256k1-1"));
    findings.add(program("aws", "awscli", "the demo uses our own S3 client"));
    findings.add(program("rclone", "rclone", "only tests need it"));
    long free = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir"))).getUsableSpace();
    findings.add(
        free >= WANTED_BYTES
            ? Finding.ok("temporary space", (free >> 30) + " GiB free")
            : Finding.lacking(
                "temporary space", (free >> 30) + " GiB free", "the demo needs about 4 GiB"));
    findings.add(clock());
    return findings;
  }

  private static Finding java() {
    return Runtime.version().feature() >= JAVA
        ? Finding.ok("Java", Runtime.version().toString())
        : Finding.bad(
            "Java",
            Runtime.version().toString(),
            "install a JDK " + JAVA + " and set JAVA_HOME to it");
  }

  /** That npm put the chain's program there, and that it runs on this machine. */
  private static Finding anvil() {
    String part = "local chain (anvil)";
    try {
      Path binary = AnvilBinary.locate();
      Optional<String> version = output(binary.toString(), "--version");
      return version.isPresent()
          ? Finding.ok(part, version.get().lines().findFirst().orElse(""))
          : Finding.bad(
              part,
              binary + " does not run",
              "install it again: npm ci --ignore-scripts in contracts, or set GROUNDWORK_ANVIL");
    } catch (SettlementException e) {
      return Finding.bad(part, "missing", String.valueOf(e.getMessage()));
    }
  }

  private static Finding program(String program, String apt, String without) {
    return Files.isExecutable(Path.of("/usr/bin", program))
        ? Finding.ok(program, "")
        : Finding.lacking(
            program, "missing", "apt-get install " + apt + " (without it, " + without + ")");
  }

  /** Slots are told by the clock: a machine that is off by a slot misses its proofs. */
  private static Finding clock() {
    Optional<String> synced =
        output("timedatectl", "show", "--property=NTPSynchronized", "--value");
    if (synced.isEmpty()) {
      return Finding.lacking(
          "clock", "nobody here says whether it is right", "run an NTP client, such as chrony");
    }
    return synced.get().strip().equals("yes")
        ? Finding.ok("clock", "synchronised")
        : Finding.lacking("clock", "not synchronised", "timedatectl set-ntp true, or run chrony");
  }

  /** What a program prints; empty if it is not there, fails or hangs. */
  private static Optional<String> output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
