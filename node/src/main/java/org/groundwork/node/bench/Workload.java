package org.groundwork.node.bench;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.groundwork.node.chain.RegistryFeed;
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
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;

/**
 * Devices with Ed25519 keys, the same in each process, and what they report: 100 bytes of payload,
 * about 210 bytes under each signature.
 */
final class Workload implements RegistryFeed {
  static final AccountKey GATEWAY = AccountKey.fromSecret(secret("gateway", 0));
  static final SigningDomain DOMAIN =
      SigningDomain.of(BigInteger.ONE, AccountKey.fromSecret(secret("registry", 0)).account());

  private static final NetworkId NETWORK = new NetworkId(1);
  private static final int PAYLOAD_BYTES = 100;

  private final List<DeviceKey> keys;
  private final List<Device> devices;
  private final java.util.Map<Hash, PublicKey> byHash = new java.util.HashMap<>();

  Workload(int count) {
    keys =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(i -> DeviceKey.fromSecret(KeyType.ED25519, secret("device", i)))
            .toList();
    AccountId owner = AccountKey.fromSecret(secret("owner", 0)).account();
    devices = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      PublicKey key = keys.get(i).publicKey();
      devices.add(new Device(new DeviceId(i + 1), NETWORK, owner, key, 0));
      byHash.put(key.hash(), key);
    }
  }

  private static byte[] secret(String name, int number) {
    return Sha256.hash((name + number).getBytes(StandardCharsets.UTF_8)).toArray();
  }

  /** Signed reports: the ones from {@code first} on, of all devices in turn. */
  List<Report> reports(EpochNumber epoch, int first, int count) {
    return IntStream.range(first, first + count)
        .parallel()
        .mapToObj(i -> report(epoch, i))
        .toList();
  }

  DeviceId id(int device) {
    return devices.get(device).id();
  }

  DeviceKey key(int device) {
    return keys.get(device);
  }

  ReportBody body(Report report) {
    try {
      return report.parse();
    } catch (Malformed e) {
      throw new IllegalStateException("a report that was just signed", e);
    }
  }

  private Report report(EpochNumber epoch, int number) {
    int device = number % keys.size();
    DeviceKey key = keys.get(device);
    ByteBuffer payload = ByteBuffer.allocate(PAYLOAD_BYTES).put((byte) 1).putInt(number);
    return Report.sign(
        new ReportBody(
            DOMAIN.deployment(),
            NETWORK,
            devices.get(device).id(),
            key.publicKey().hash(),
            Sequence.of(epoch, number / keys.size()),
            Bytes.wrap(payload.array())),
        key);
  }

  @Override
  public Optional<Device> device(DeviceId id) {
    long at = id.value() - 1;
    return at < devices.size() ? Optional.of(devices.get((int) at)) : Optional.empty();
  }

  @Override
  public Optional<PublicKey> key(Hash keyHash) {
    return Optional.ofNullable(byHash.get(keyHash));
  }
}
