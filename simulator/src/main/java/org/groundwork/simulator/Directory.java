package org.groundwork.simulator;

import java.util.List;
import java.util.Optional;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** What agents and gateways read of the chain; none of it changes while a simulation runs. */
final class Directory implements ChainFeed {
  private final Setting setting;

  Directory(Setting setting) {
    this.setting = setting;
  }

  /** The registry, as gateways and verifiers see it. */
  RegistryFeed registry() {
    return new RegistryFeed() {
      @Override
      public Optional<Device> device(DeviceId id) {
        return setting.devices().stream().filter(device -> device.id().equals(id)).findFirst();
      }

      @Override
      public Optional<PublicKey> key(Hash keyHash) {
        return setting.devices().stream()
            .map(Device::key)
            .filter(key -> key.hash().equals(keyHash))
            .findFirst();
      }
    };
  }

  @Override
  public SigningDomain domain() {
    return setting.domain();
  }

  @Override
  public EpochSchedule schedule() {
    return setting.schedule();
  }

  @Override
  public Optional<ListedDevice> device(DeviceId id) {
    return registry().device(id).map(device -> new ListedDevice(device, ""));
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) {
    return setting.devices().stream().map(device -> new ListedDevice(device, "")).toList();
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return setting.reservations().stream()
        .filter(reservation -> reservation.id().equals(id))
        .findFirst();
  }

  @Override
  public List<Reservation> reservationsOf(AccountId payer) {
    return setting.reservations().stream()
        .filter(reservation -> reservation.payer().equals(payer))
        .toList();
  }

  @Override
  public Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public Optional<Seed> seed(NetworkId network, SlotNumber slot) {
    return Optional.empty();
  }
}
