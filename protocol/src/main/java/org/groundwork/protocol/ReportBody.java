package org.groundwork.protocol;

import org.groundwork.protocol.crypto.Sha256;

/**
 * What a device signs.
 *
 * @param keyHash hash of the public key that signs
 * @param payload the network's own bytes; the first one is the type of the report, 0 is {@link
 *     Hello}
 */
public record ReportBody(
    DeploymentId deployment,
    NetworkId network,
    DeviceId device,
    Hash keyHash,
    Sequence sequence,
    Bytes payload) {
  /** The longest payload that any network may allow, in bytes. */
  public static final int MAX_PAYLOAD = 64 * 1024;

  /** The longest encoded body, in bytes. */
  public static final int MAX_SIZE = 1 + 32 + 4 + 8 + 32 + 8 + 4 + MAX_PAYLOAD;

  private static final int VERSION = 1;
  private static final byte[] SIGNING_TAG =
      "groundwork/report/1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  public ReportBody {
    if (payload.isEmpty() || payload.size() > MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + payload.size() + " bytes");
    }
  }

  public Bytes encode() {
    return new CanonicalWriter(MAX_SIZE - MAX_PAYLOAD + payload.size())
        .u8(VERSION)
        .hash(deployment.hash())
        .u32(network.value())
        .u64(device.value())
        .hash(keyHash)
        .u64(sequence.value())
        .bytes(payload)
        .toBytes();
  }

  /**
   * Parses a body; what this accepts re-encodes to the same bytes.
   *
   * @throws Malformed if the bytes are not a canonical body
   */
  public static ReportBody decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed("report version " + version + " is unknown");
    }
    DeploymentId deployment = new DeploymentId(in.hash());
    long network = in.u32();
    long device = in.count();
    if (network < 1 || network > Integer.MAX_VALUE || device < 1) {
      throw new Malformed("network " + network + " or device " + device + " out of range");
    }
    Hash keyHash = in.hash();
    Sequence sequence = new Sequence(in.u64());
    Bytes payload = in.bytes(MAX_PAYLOAD);
    if (payload.isEmpty()) {
      throw new Malformed("empty payload");
    }
    in.end();
    return new ReportBody(
        deployment, new NetworkId((int) network), new DeviceId(device), keyHash, sequence, payload);
  }

  /** A report's identity: SHA-256 of its encoded body, whatever the signature. */
  public Hash hash() {
    return Sha256.hash(encode().unsafeArray());
  }

  /** The type of the report: the payload's first byte. */
  public int type() {
    return payload.get(0) & 0xFF;
  }

  /** The message that the device's key signs over an encoded body. */
  public static byte[] signingMessage(Bytes encodedBody) {
    byte[] message = new byte[SIGNING_TAG.length + encodedBody.size()];
    System.arraycopy(SIGNING_TAG, 0, message, 0, SIGNING_TAG.length);
    System.arraycopy(encodedBody.unsafeArray(), 0, message, SIGNING_TAG.length, encodedBody.size());
    return message;
  }
}
