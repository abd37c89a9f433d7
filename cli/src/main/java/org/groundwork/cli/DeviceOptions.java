package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.ListedDevice;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.MessageSigner;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.deploy.Deployment;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which device signs. */
final class DeviceOptions {
  @Mixin private NetworkOptions network;
  @Mixin private DeviceKeyOptions key;

  @Option(
      names = "--device",
      paramLabel = "NUMBER",
      description = "The device's number; the chain is asked for that of the key file without it.")
  private Optional<Long> device = Optional.empty();

  @Option(
      names = "--network",
      paramLabel = "NUMBER",
      description = "The network's number; the chain is asked without it.")
  private Optional<Integer> number;

  @Option(
      names = "--state",
      paramLabel = "FOLDER",
      description = {
        "Where the device keeps which sequences it used, and what waits to be sent; never the same",
        "for two devices (default: devices/NUMBER in the folder of the network).",
      })
  private Optional<Path> state;

  DeviceId id() throws IOException {
    if (device.isEmpty()) {
      device = Optional.of(numberOf(key.file()));
    }
    if (device.get() < 1) {
      throw new Failure("Devices are numbered from 1.");
    }
    return new DeviceId(device.get());
  }

  /** The number under which a key is registered. */
  private long numberOf(Optional<Path> file) throws IOException {
    PublicKey registered =
        DeviceKeyFile.publicKey(
            file.orElseThrow(() -> new Failure("Name the device with --device NUMBER.")));
    try (ChainLink link = open()) {
      return DeviceKeyFile.find(link.chain().stateNow(), registered).id().value();
    }
  }

  MessageSigner signer() throws IOException {
    return key.open();
  }

  Path state() throws IOException {
    return state.isPresent()
        ? state.get()
        : network.folder().resolve("devices").resolve(id().toString());
  }

  Deployment deployment() throws IOException {
    return Deployment.load(network.deploymentFile());
  }

  ChainLink open() throws IOException {
    return network.open();
  }

  /** Who signs; without asking the chain if the network was given. */
  DeviceIdentity identity(MessageSigner signer) throws IOException {
    if (number.isPresent()) {
      return new DeviceIdentity(
          deployment().domain().deployment(), new NetworkId(number.get()), id(), signer);
    }
    try (ChainLink link = open()) {
      return identity(signer, registered(link));
    }
  }

  /** Who signs, as the chain knows it. */
  DeviceIdentity identity(MessageSigner signer, ListedDevice listed) throws IOException {
    if (!listed.device().key().equals(signer.publicKey())) {
      throw new Failure("Device " + id() + " is registered with another key.");
    }
    return new DeviceIdentity(
        deployment().domain().deployment(), listed.device().network(), id(), signer);
  }

  ListedDevice registered(ChainLink link) throws IOException {
    DeviceId id = id();
    return link.feed()
        .device(id)
        .orElseThrow(() -> new Failure("Device " + id + " is not registered on this chain."));
  }
}
