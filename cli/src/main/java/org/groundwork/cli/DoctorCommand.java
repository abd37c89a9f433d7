package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.AnvilBinary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks over the machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks what this machine has, and names the command for what it lacks.")
final class DoctorCommand implements Callable<Integer> {
  private static final long WANTED_BYTES = 4L << 30;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Table table = new Table("part", "state", "what to do");
    table.row("Java", "ok: " + Runtime.version(), "");
    boolean chain = true;
    try {
      table.row("local chain (anvil)", "ok: " + AnvilBinary.locate().getFileName(), "");
    } catch (SettlementException e) {
      chain = false;
      table.row("local chain (anvil)", "missing", String.valueOf(e.getMessage()));
    }
    String verifier = SignatureVerifiers.best().toString();
    table.row("signatures", "ok: " + verifier, "");
    table.row(
        "erasure code",
        ErasureCodes.isaL().isPresent() ? "ok: ISA-L" : "slow: pure Java",
        ErasureCodes.isaL().isPresent() ? "" : "apt-get install libisal2");
    boolean fast = AccountSignatures.isNative();
    table.row(
        "accounts",
        fast ? "ok: libsecp256k1" : "slow: pure Java",
        fast ? "" : "apt-get install libsecp256k1-1");
    program(table, "aws", "awscli", "the demo uses our own S3 client");
    program(table, "rclone", "rclone", "only tests need it");
    long free = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir"))).getUsableSpace();
    table.row(
        "temporary space",
        (free >= WANTED_BYTES ? "ok: " : "little: ") + (free >> 30) + " GiB free",
        free >= WANTED_BYTES ? "" : "the demo needs about 4 GiB");
    spec.commandLine().getOut().print(table);
    spec.commandLine().getOut().flush();
    return chain ? 0 : 1;
  }

  private static void program(Table table, String program, String apt, String without) {
    boolean there = Files.isExecutable(Path.of("/usr/bin", program));
    table.row(
        program,
        there ? "ok" : "missing",
        there ? "" : "apt-get install " + apt + " (without it, " + without + ")");
  }
}
