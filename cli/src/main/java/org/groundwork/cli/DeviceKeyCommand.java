package org.groundwork.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.groundwork.protocol.crypto.PublicKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the public key of a device. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a device's public key as \"device register --device-key\" reads it: for keys that stay",
      "in a token.",
    },
    footer = {
      "",
      "Example:",
      "  groundwork device key --pkcs11 /usr/lib/softhsm/libsofthsm2.so --password-file pin > k.json",
    })
final class DeviceKeyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceKeyOptions key;

  @Override
  public Integer call() throws Exception {
    PublicKey known = key.open().publicKey();
    var json = Json.object();
    json.putObject("groundwork")
        .put("type", "device-" + known.type().name().toLowerCase(Locale.ROOT))
        .put("public", known.bytes().toHex());
    spec.commandLine().getOut().println(Json.line(json));
    return 0;
  }
}
