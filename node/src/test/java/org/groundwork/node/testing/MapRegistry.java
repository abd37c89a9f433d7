package org.groundwork.node.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;

/** A registry in memory. */
public final class MapRegistry implements RegistryFeed {
  private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();

  private final Map<Hash, PublicKey> keys = new ConcurrentHashMap<>();

  public void put(Device device) {
    devices.put(device.id(), device);
    keys.put(device.key().hash(), device.key());
  }

  @Override
  public Optional<Device> device(DeviceId id) {
    return Optional.ofNullable(devices.get(id));
  }

  @Override
  public Optional<PublicKey> key(Hash keyHash) {
    return Optional.ofNullable(keys.get(keyHash));
  }
}
