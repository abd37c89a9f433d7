package org.groundwork.engine.steps;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Device;

/** What a device's last accepted Hello said. */
record Activation(Hash keyHash, AccountId owner) {
  static Activation of(Device device) {
    return new Activation(device.key().hash(), device.owner());
  }

  /** Whether the device still has this key; if not, another device may take it. */
  boolean holdsKey(Hash registered) {
    return keyHash.equals(registered);
  }

  Bytes encode() {
    return new CanonicalWriter().hash(keyHash).account(owner).toBytes();
  }

  static Activation decode(Bytes encoded) {
    try {
      CanonicalReader in = new CanonicalReader(encoded);
      Activation activation = new Activation(in.hash(), in.account());
      in.end();
      return activation;
    } catch (Malformed e) {
      throw new IllegalStateException("the carry keeps a broken activation: " + encoded, e);
    }
  }
}
