package org.groundwork.cli;

import picocli.CommandLine.Command;

/** What belongs to devices. */
@Command(
    name = "device",
    mixinStandardHelpOptions = true,
    description = "Devices: keys, registration, reports, earnings.",
    synopsisSubcommandLabel = "COMMAND")
final class DeviceCommand {}
