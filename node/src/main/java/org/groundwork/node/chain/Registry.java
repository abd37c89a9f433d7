package org.groundwork.node.chain;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;

/** Follows the device registry, so that admission never waits for the chain. */
public final class Registry implements RegistryFeed, AutoCloseable {
  private static final java.time.Duration INTERVAL = java.time.Duration.ofMillis(500);

  private record Snapshot(
      Optional<ChainState> source, Map<DeviceId, Device> devices, Map<Hash, PublicKey> keys) {}

  private final FreshReader chain;
  private final Worker worker;
  private volatile Snapshot snapshot = new Snapshot(Optional.empty(), Map.of(), Map.of());

  public Registry(FreshReader chain) {
    this.chain = chain;
    worker = new Worker("registry", INTERVAL, this::step);
  }

  /** Reads the registry once, then follows it. */
  public void start() throws IOException {
    step();
    worker.start();
  }

  @Override
  public Optional<Device> device(DeviceId id) {
    return Optional.ofNullable(snapshot.devices().get(id));
  }

  @Override
  public Optional<PublicKey> key(Hash keyHash) {
    return Optional.ofNullable(snapshot.keys().get(keyHash));
  }

  @Override
  public void close() {
    worker.close();
  }

  private boolean step() throws IOException {
    ChainState state = chain.state();
    if (snapshot.source().filter(known -> known == state).isPresent()) {
      return false;
    }
    Map<DeviceId, Device> devices = new HashMap<>();
    Map<Hash, PublicKey> keys = new HashMap<>();
    for (RegisteredDevice registered : state.devices()) {
      Device device = PlanReader.device(registered);
      devices.put(device.id(), device);
      keys.put(device.key().hash(), device.key());
    }
    snapshot = new Snapshot(Optional.of(state), devices, keys);
    return false;
  }

  static PublicKey key(RegisteredDevice registered) {
    return new PublicKey(KeyType.of(registered.keyType()), registered.key());
  }
}
