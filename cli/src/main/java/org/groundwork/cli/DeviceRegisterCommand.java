package org.groundwork.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a device. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description = {
      "Registers a device in a network, in the cell of the network's resolution that holds it. The",
      "cell is public; where in it the device is stays on this machine. Doing it again says the",
      "number that the device has.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork device register air-quality --device-key station.json --lat 48.58 --lon 7.75 \\",
      "      --account provider",
      "  groundwork device register 2 --device-key station.json --cell 871f85603ffffff --key me.json",
    })
final class DeviceRegisterCommand extends SpendAction {
  @Parameters(paramLabel = "NETWORK", description = "Number or name of the network.")
  private String network;

  @Option(
      names = "--device-key",
      required = true,
      paramLabel = "FILE",
      description = "The device's key file; its public key is read, no password needed.")
  private Path device;

  @Mixin private CellOptions place;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      defaultValue = "",
      description = "Where the device answers, if it does.")
  private String endpoint;

  @Override
  Report run(ChainLink link, Wallet wallet) throws Exception {
    ChainState state = link.chain().stateNow();
    RegisteredNetwork found = NetworkNames.find(state, network);
    PublicKey key = DeviceKeyFile.publicKey(device);
    Optional<RegisteredDevice> known =
        state.devices().stream()
            .filter(each -> each.keyType() == key.type().code() && each.key().equals(key.bytes()))
            .findFirst();
    if (known.isPresent()) {
      return known(known.get(), found);
    }
    long cell = cell(found);
    DeviceId id = wallet.registerDevice(found.id(), key, cell, endpoint);
    Report report =
        new Report()
            .put("device", id.value())
            .put("network", found.id().value())
            .put("owner", wallet.account())
            .put("cell", Long.toHexString(cell));
    NetworkNames.definition(found)
        .ifPresent(definition -> report.put("in_cell", neighbours(state, found, cell, definition)));
    return report;
  }

  private static Report known(RegisteredDevice known, RegisteredNetwork wanted) {
    if (!known.network().equals(wanted.id())) {
      throw new Failure(
          "This key is that of device %s of network %s; a device of another network needs a key of"
                  .formatted(known.id(), known.network())
              + " its own: \"groundwork device new\".");
    }
    return new Report()
        .put("device", known.id().value())
        .put("network", known.network().value())
        .put("owner", known.owner())
        .put("cell", Long.toHexString(known.cell()))
        .put("note", "registered before");
  }

  private long cell(RegisteredNetwork found) throws Exception {
    Optional<SensingDefinition> definition = NetworkNames.definition(found);
    if (definition.isEmpty()) {
      if (place.isGiven()) {
        throw new Failure("Devices of network " + found.id() + " have no cells.");
      }
      return 0;
    }
    long cell = place.at(definition.get().cellResolution());
    if (!definition.get().isAllowed(cell)) {
      throw new Failure(
          "Cell %s is in none of the network's regions; a device there would not be paid."
              .formatted(Long.toHexString(cell)));
    }
    return cell;
  }

  private static String neighbours(
      ChainState state, RegisteredNetwork network, long cell, SensingDefinition definition) {
    long before =
        state.devices().stream()
            .filter(each -> each.network().equals(network.id()) && each.cell() == cell)
            .count();
    return "%d registered before; at most %d are paid"
        .formatted(before, definition.devicesPerCell());
  }
}
