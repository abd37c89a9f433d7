package org.groundwork.cli.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Greeter;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Outbox;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;

/**
 * A device that this process signs for.
 *
 * @param owner as registered
 */
record OwnDevice(DeviceIdentity identity, AccountId owner) {
  private static final Duration GREETING = Duration.ofSeconds(1);

  /**
   * Opens a device's key file.
   *
   * @throws IOException with one sentence for the user if the chain does not know the device, or by
   *     another key
   */
  static OwnDevice open(ChainFeed chain, long number, String keyFile, String passwordFile)
      throws IOException {
    DeviceKey key = Keystore.openDevice(Path.of(keyFile), Password.fromFile(Path.of(passwordFile)));
    DeviceId id = new DeviceId(number);
    ListedDevice listed =
        chain
            .device(id)
            .orElseThrow(
                () -> new IOException("device " + id + " is not registered on this chain"));
    if (!listed.device().key().equals(key.publicKey())) {
      throw new IOException(
          "device " + id + " is registered with another key than that of " + keyFile);
    }
    return new OwnDevice(
        new DeviceIdentity(chain.domain().deployment(), listed.device().network(), id, key),
        listed.device().owner());
  }

  NetworkId network() {
    return identity.network();
  }

  /** Where its reports wait for gateways. */
  Outbox outbox(ChainLink link, Path folder, InstantSource clock) throws IOException {
    return new Outbox(folder, identity, link.feed().schedule(), link.gateways(), clock);
  }

  /** Says Hello until the device is active. */
  Greeter greeter(ChainLink link, Outbox outbox, ResultsCarry carry, InstantSource clock) {
    DeviceId id = identity.device();
    return new Greeter(
        outbox, link.feed().schedule(), owner, since -> carry.showsActive(id, since), clock);
  }

  /** The same on a thread of its own, which is still to be started. */
  Worker greeting(ChainLink link, Outbox outbox, InstantSource clock) {
    ResultsCarry carry = new ResultsCarry(link, network());
    return new Worker("hello", GREETING, greeter(link, outbox, carry, clock)::step);
  }
}
