package org.groundwork.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.cli.join.JoinToken;
import org.groundwork.cli.join.Joining;
import org.groundwork.cli.local.ParentWatch;
import org.groundwork.cli.up.JoinedMachine;
import org.groundwork.cli.up.Machine;
import org.groundwork.cli.up.UpLog;
import org.groundwork.cli.up.UpSetup;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Joins a network that runs on another machine. */
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description = {
      "Joins a network that \"groundwork up\" runs on another machine, as the token says: as"
          + " storage",
      "provider, verifier or gateway; and runs it. Makes this machine's own keys, gets the",
      "deployment and coin for transactions from the other machine, registers or stakes. Later",
      "starts are \"groundwork up\" in the same folder.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork join --token-file token --host 10.0.0.2",
      "  ssh first groundwork token new provider | groundwork join --token-file - --host 10.0.0.2",
    })
final class JoinCommand implements Callable<Integer> {
  private static final int MAX_BYTES = 4096;

  @Spec private CommandSpec spec;

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = "Holds the token; - reads standard input. It never stands in arguments.")
  private String file;

  @Option(
      names = "--host",
      required = true,
      paramLabel = "ADDRESS",
      description = "Address of this machine, at which the others reach it.")
  private String host;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(names = "--child", hidden = true, description = "Ends with the process that started it.")
  private boolean child;

  @Mixin private RunnerOption runner;

  @Override
  public Integer call() throws Exception {
    JoinToken token = JoinToken.parse(text());
    if (child) {
      ParentWatch.start();
    }
    Path home = folder.toAbsolutePath();
    UpSetup setup = Machine.setup(home, UpSetup.STANDARD.at(host));
    Joining.run(home, token);
    UpLog log = new UpLog(spec.commandLine().getOut(), home.resolve("logs"), Time.system());
    log.accept("Joined through " + token.address());
    Foreground.run(
        List.of(JoinedMachine.start(home, setup, runner.address(), Version.number(), log)));
    return 0;
  }

  private String text() throws IOException {
    byte[] bytes =
        file.equals("-") ? System.in.readNBytes(MAX_BYTES) : Files.readAllBytes(Path.of(file));
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
