package org.groundwork.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.groundwork.agent.DeviceToken;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a device's password for a gateway's MQTT broker. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a device's password for a gateway's MQTT broker: a JSON Web Token that its key signs.",
      "The user name is the device's number. Asks no chain.",
    },
    footer = {
      "",
      "Example:",
      "  mosquitto_pub -h gateway.example -u 7 -P \"$(groundwork device token --device 7 \\",
      "    --key station.json --password-file pass --deployment deployment.json)\" ...",
    })
final class DeviceTokenCommand implements Callable<Integer> {
  private static final long MAX_MINUTES = DeviceToken.MAX_LIFETIME.toMinutes();

  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(
      names = "--minutes",
      paramLabel = "NUMBER",
      defaultValue = "60",
      description = "For how long it is valid, at most a day (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Override
  public Integer call() throws Exception {
    if (minutes < 1 || minutes > MAX_MINUTES) {
      throw new Failure("A token is valid for 1 to " + MAX_MINUTES + " minutes.");
    }
    Instant expires = Time.system().instant().plus(Duration.ofMinutes(minutes));
    DeviceToken token =
        new DeviceToken(device.deployment().domain().deployment(), device.id(), expires);
    spec.commandLine().getOut().println(token.sign(device.signer()));
    return 0;
  }
}
