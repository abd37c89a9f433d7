package org.groundwork.node.chain;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.chain.ChainState;
import org.jspecify.annotations.Nullable;

/** The device registry, read again at each {@link #refresh}. */
public final class ChainRegistry implements RegistryFeed {
  private record Seen(
      @Nullable ChainState state, Map<DeviceId, Device> devices, Map<Hash, PublicKey> keys) {}

  private final ChainReader reader;
  private volatile Seen seen = new Seen(null, Map.of(), Map.of());

  public ChainRegistry(ChainReader reader) {
    this.reader = reader;
  }

  /** Reads what is new on chain. */
  public void refresh() throws IOException {
    reader.sync();
    ChainState state = reader.state();
    if (state == seen.state()) {
      return;
    }
    Map<DeviceId, Device> devices = new HashMap<>();
    Map<Hash, PublicKey> keys = new HashMap<>();
    for (var registered : state.devices()) {
      RegisteredDevices.device(registered)
          .ifPresent(device -> {
            devices.put(device.id(), device);
            keys.put(device.key().hash(), device.key());
          });
    }
    seen = new Seen(state, Collections.unmodifiableMap(devices), Collections.unmodifiableMap(keys));
  }

  @Override
  public Optional<Device> device(DeviceId id) {
    return Optional.ofNullable(seen.devices().get(id));
  }

  @Override
  public Optional<PublicKey> key(Hash keyHash) {
    return Optional.ofNullable(seen.keys().get(keyHash));
  }
}
