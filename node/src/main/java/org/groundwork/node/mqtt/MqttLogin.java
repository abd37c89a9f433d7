package org.groundwork.node.mqtt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.groundwork.agent.DeviceToken;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.gateway.Sender;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Device;

/** Who a client is: a device by a token that its key signed, or a reader. */
final class MqttLogin {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  private final DeploymentId deployment;
  private final RegistryFeed devices;
  private final Admission admission;
  private final Readers readers;
  private final InstantSource clock;

  MqttLogin(
      DeploymentId deployment,
      RegistryFeed devices,
      Admission admission,
      Readers readers,
      InstantSource clock) {
    this.deployment = deployment;
    this.devices = devices;
    this.admission = admission;
    this.readers = readers;
    this.clock = clock;
  }

  /** Somebody who was let in. */
  sealed interface Principal {
    /** A device. */
    record OfDevice(Device device) implements Principal {}

    /** A reader. */
    record OfReader(Readers.Reader reader) implements Principal {}

    /** The same for each login; no two principals share one. */
    default String name() {
      return switch (this) {
        case OfDevice(Device device) -> device.id().toString();
        case OfReader(Readers.Reader reader) -> "reader " + reader.name();
      };
    }
  }

  /** Why somebody is not let in: one sentence, which says nothing about passwords of others. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether he may come back with the same words. */
    final boolean later;

    Refused(String sentence, boolean later) {
      super(sentence);
      this.later = later;
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /** Waits for a signature to be verified. */
  Principal login(Sender sender, String userName, Bytes password)
      throws Refused, InterruptedException {
    if (NUMBER.matcher(userName).matches()) {
      return device(sender, new DeviceId(Long.parseLong(userName)), password);
    }
    Optional<Readers.Reader> reader = readers.login(userName, password);
    if (reader.isEmpty()) {
      admission.refuse(sender, Refusal.WRONG_SIGNATURE);
      throw new Refused("No such user, or the password is wrong.", false);
    }
    return new Principal.OfReader(reader.get());
  }

  private Principal device(Sender sender, DeviceId id, Bytes password)
      throws Refused, InterruptedException {
    DeviceToken.Signed signed;
    try {
      signed = DeviceToken.parse(password);
    } catch (Malformed e) {
      admission.refuse(sender, Refusal.MALFORMED);
      throw new Refused("The password is no token of a device: " + e.getMessage(), false);
    }
    DeviceToken token = signed.token();
    if (!token.deployment().equals(deployment)) {
      throw new Refused("The token is for another deployment.", false);
    }
    if (!token.device().equals(id)) {
      throw new Refused("The token is of another device than the user name says.", false);
    }
    checkTime(token);
    Device device =
        devices.device(id).orElseThrow(() -> new Refused(Refusal.UNKNOWN_DEVICE.sentence(), true));
    if (!signed.fits(device.key().type())) {
      throw new Refused("The token's algorithm is not that of the registered key.", false);
    }
    Optional<Refusal> refusal =
        admission.authenticate(sender, device, signed.message(), signed.signature());
    if (refusal.isPresent()) {
      throw new Refused(
          refusal.get() == Refusal.WRONG_SIGNATURE
              ? "The registered key did not sign the token."
              : refusal.get().sentence(),
          refusal.get().retry());
    }
    return new Principal.OfDevice(device);
  }

  private void checkTime(DeviceToken token) throws Refused {
    Instant now = clock.instant();
    if (!token.expires().isAfter(now)) {
      throw new Refused(
          "The token expired at " + token.expires() + "; it is now " + now + " here.", false);
    }
    if (token.expires().isAfter(now.plus(DeviceToken.MAX_LIFETIME))) {
      throw new Refused(
          "The token is valid for more than "
              + DeviceToken.MAX_LIFETIME.toHours()
              + " hours, or a clock is wrong: it is now "
              + now
              + " here.",
          false);
    }
  }
}
