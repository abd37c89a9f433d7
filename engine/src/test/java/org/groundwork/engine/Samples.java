package org.groundwork.engine;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentWriter;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;

/** Names, keys and reports that tests agree on; each is a function of its name. */
public final class Samples {
  public static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.valueOf(31337), account("registry"));
  public static final NetworkId NETWORK = new NetworkId(1);
  public static final EpochNumber EPOCH = new EpochNumber(7);
  public static final AccountId GATEWAY = key("gateway").account();

  private Samples() {}

  public static Hash hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
  }

  public static AccountId account(String name) {
    return new AccountId(hash(name).bytes().slice(0, AccountId.SIZE));
  }

  public static AccountKey key(String name) {
    return AccountKey.fromSecret(hash("key of " + name).toArray());
  }

  public static DeviceKey deviceKey(KeyType type, String name) {
    return DeviceKey.fromSecret(type, hash("key of device " + name).toArray());
  }

  public static DeviceKey deviceKey(long device) {
    return deviceKey(KeyType.ED25519, Long.toString(device));
  }

  public static Report report(long device, long counter, String payload) {
    return report(device, counter, Bytes.wrap(payload.getBytes(StandardCharsets.UTF_8)));
  }

  public static Report report(long device, long counter, Bytes payload) {
    return report(device, Sequence.of(EPOCH, counter), payload, deviceKey(device));
  }

  public static Report report(long device, Sequence sequence, Bytes payload, DeviceKey key) {
    return Report.sign(
        new ReportBody(
            DOMAIN.deployment(),
            NETWORK,
            new DeviceId(device),
            key.publicKey().hash(),
            sequence,
            payload),
        key);
  }

  public static Segment segment(long number, Report... reports) {
    SegmentWriter writer = new SegmentWriter(header(number));
    try {
      for (Report report : reports) {
        writer.add(report);
      }
    } catch (Malformed e) {
      throw new AssertionError(e);
    }
    return writer.seal();
  }

  public static SegmentHeader header(long number) {
    return new SegmentHeader(DOMAIN.deployment(), GATEWAY, EPOCH, number);
  }
}
