package org.groundwork.node.chain;

import java.util.Optional;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;

/**
 * The device registry as it was last seen. Answers from memory; safe for use by many threads. Where
 * a verdict depends on the registry, the epoch's plan decides, not this.
 */
public interface RegistryFeed {
  Optional<Device> device(DeviceId id);

  /** The registered key with this hash. */
  Optional<PublicKey> key(Hash keyHash);
}
