package org.groundwork.cli;

import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks a deployment something and prints what it hears. */
abstract class ChainAction implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  /** Does it. */
  abstract Report run(ChainLink link) throws Exception;

  NetworkOptions network() {
    return network;
  }

  @Override
  public final Integer call() throws Exception {
    try (ChainLink link = network.open()) {
      Report report = run(link);
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(report.json()));
      } else {
        out.print(report.text());
      }
      out.flush();
      return 0;
    }
  }
}
