package org.groundwork.cli;

import picocli.CommandLine.Command;

/** What belongs to devices. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = "Devices: keys, registration, reports, earnings.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DeviceNewCommand.class,
      DeviceRegisterCommand.class,
      DeviceStatusCommand.class,
      DeviceKeyCommand.class,
      DeviceCertifyCommand.class,
      DeviceBridgeCommand.class,
      DeviceRunCommand.class,
      DeviceSignCommand.class,
      DeviceTokenCommand.class,
    })
final class DeviceCommand {}
