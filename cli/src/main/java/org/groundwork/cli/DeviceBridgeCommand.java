package org.groundwork.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.cli.bridge.Bridge;
import org.groundwork.cli.bridge.BridgeSetup;
import org.groundwork.cli.daemon.ConfigFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a bridge for consumer stations. */
@Command(
    name = "bridge",
    mixinStandardHelpOptions = true,
    description = {
      "Takes what consumer stations post (Ecowitt's customized upload, Wunderground), signs it with",
      "keys that the bridge holds, and reports it. Register such devices with --endpoint",
      "bridge:NAME: everybody sees that not the station signs.",
    },
    footer = {
      "",
      "Example of a configuration:",
      "  {\"deployment\": \"deployment.json\", \"rpc\": \"http://127.0.0.1:8545\",",
      "   \"password_file\": \"pass\", \"data\": \"bridge\", \"host\": \"192.168.1.2\", \"port\": 8090,",
      "   \"stations\": [{\"passkey\": \"AB12...\", \"device\": 7, \"device_key\": \"seven.json\"}]}",
    })
final class DeviceBridgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The configuration; nobody else may read it.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    Bridge bridge = Bridge.start(ConfigFile.read(file, BridgeSetup.class));
    spec.commandLine().getOut().println("Stations post to " + bridge.uri() + "/data/report/");
    spec.commandLine().getOut().flush();
    Foreground.run(List.of(bridge));
    return 0;
  }
}
