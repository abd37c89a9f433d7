package org.groundwork.node.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;

/** A registered device that signs reports. */
public final class Reporter {
  public static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.valueOf(31337), account("registry").account());
  public static final NetworkId NETWORK = new NetworkId(1);

  private final Device device;
  private final DeviceKey key;
  private long counter;

  public Reporter(long id) {
    this(id, KeyType.ED25519);
  }

  public Reporter(long id, KeyType type) {
    key = DeviceKey.fromSecret(type, secret("device " + id));
    AccountId owner = account("owner " + id).account();
    device = new Device(new DeviceId(id), NETWORK, owner, key.publicKey(), 0);
  }

  /** The account key of a name. */
  public static AccountKey account(String name) {
    return AccountKey.fromSecret(secret(name));
  }

  private static byte[] secret(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8)).toArray();
  }

  public Device device() {
    return device;
  }

  public DeviceKey key() {
    return key;
  }

  public Report report(EpochNumber epoch) {
    return report(epoch, 40);
  }

  public Report report(EpochNumber epoch, int payloadSize) {
    byte[] payload = new byte[payloadSize];
    new Random(counter * 31 + device.id().value()).nextBytes(payload);
    payload[0] = 1;
    return Report.sign(body(epoch, payload), key);
  }

  /** The body of this device's next report. */
  public ReportBody body(EpochNumber epoch, byte[] payload) {
    return new ReportBody(
        DOMAIN.deployment(),
        NETWORK,
        device.id(),
        key.publicKey().hash(),
        Sequence.of(epoch, counter++),
        Bytes.wrap(payload));
  }

  public static Hash hash(Report report) {
    return Sha256.hash(report.body().unsafeArray());
  }
}
