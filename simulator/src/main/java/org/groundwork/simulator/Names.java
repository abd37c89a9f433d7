package org.groundwork.simulator;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;

/** Keys and ids of names; with another seed they are in another order. */
final class Names {
  private Names() {}

  static Hash hash(long seed, String name) {
    return Sha256.hash((seed % 64 + " " + name).getBytes(StandardCharsets.UTF_8));
  }

  static AccountKey account(long seed, String name) {
    return AccountKey.fromSecret(hash(seed, name).toArray());
  }

  static DeviceKey device(long seed, String name) {
    return DeviceKey.fromSecret(KeyType.ED25519, hash(seed, name).toArray());
  }
}
