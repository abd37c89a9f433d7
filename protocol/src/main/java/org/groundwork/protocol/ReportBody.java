package org.groundwork.protocol;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;

/**
 * What a device signs.
 *
 * @param form how it is signed
 * @param keyHash hash of the public key that signs
 * @param payload the network's own bytes; the first one is the type of the report, 0 is {@link
 *     Hello}
 */
public record ReportBody(
    Form form,
    DeploymentId deployment,
    NetworkId network,
    DeviceId device,
    Hash keyHash,
    Sequence sequence,
    Bytes payload) {
  /** The longest payload that any network may allow, in bytes. */
  public static final int MAX_PAYLOAD = 64 * 1024;

  /** What an encoded body has before the payload's length, in bytes. */
  static final int HEAD_SIZE = 1 + 32 + 4 + 8 + 32 + 8;

  /** The longest encoded body, in bytes. */
  public static final int MAX_SIZE = HEAD_SIZE + 4 + MAX_PAYLOAD;

  private static final byte[] SIGNING_TAG =
      "groundwork/report/1\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * How a body is signed: its version, the first byte of its encoding. The fields are the same in
   * all. Which key verifies, and how, is said by the registered key alone, never by the form.
   */
  public enum Form {
    /** Over the encoded body after a tag. */
    BINARY(1, ""),
    /** Over a JWS signing input whose header names EdDSA (RFC 8037). */
    JWS_EDDSA(2, "EdDSA"),
    /** Over a JWS signing input whose header names ES256 (RFC 7518). */
    JWS_ES256(3, "ES256");

    private final int version;
    private final String algorithm;

    Form(int version, String algorithm) {
      this.version = version;
      this.algorithm = algorithm;
    }

    /** The form in which a JOSE library signs with a key of this type. */
    public static Form jws(KeyType type) {
      return switch (type) {
        case ED25519 -> JWS_EDDSA;
        case P256 -> JWS_ES256;
        case SECP256K1 ->
            throw new IllegalArgumentException("no JWS algorithm hashes with Keccak-256");
      };
    }

    /** The {@code alg} of the JWS header; empty for {@link #BINARY}. */
    String algorithm() {
      return algorithm;
    }

    /** Whether a key of this type may be asked to sign in this form. */
    private boolean fits(KeyType type) {
      return this == BINARY || (type != KeyType.SECP256K1 && this == jws(type));
    }

    private static Form of(int version) throws Malformed {
      return switch (version) {
        case 1 -> BINARY;
        case 2 -> JWS_EDDSA;
        case 3 -> JWS_ES256;
        default -> throw new Malformed("report version " + version + " is unknown");
      };
    }
  }

  public ReportBody {
    if (payload.isEmpty() || payload.size() > MAX_PAYLOAD) {
      throw new IllegalArgumentException("payload of " + payload.size() + " bytes");
    }
  }

  /** A body in the binary form. */
  public ReportBody(
      DeploymentId deployment,
      NetworkId network,
      DeviceId device,
      Hash keyHash,
      Sequence sequence,
      Bytes payload) {
    this(Form.BINARY, deployment, network, device, keyHash, sequence, payload);
  }

  public Bytes encode() {
    return new CanonicalWriter(MAX_SIZE - MAX_PAYLOAD + payload.size())
        .u8(form.version)
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
    Form form = Form.of(in.u8());
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
        form,
        deployment,
        new NetworkId((int) network),
        new DeviceId(device),
        keyHash,
        sequence,
        payload);
  }

  /** A report's identity: SHA-256 of its encoded body, whatever the signature. */
  public Hash hash() {
    return Sha256.hash(encode().unsafeArray());
  }

  /** The type of the report: the payload's first byte. */
  public int type() {
    return payload.get(0) & 0xFF;
  }

  /** Whether a key of this type signs in this body's form. */
  boolean fits(KeyType type) {
    return form.fits(type);
  }

  /**
   * The message that the device's key signs over an encoded body.
   *
   * @throws IllegalArgumentException if these bytes are no encoded body
   */
  public static byte[] signingMessage(Bytes encodedBody) {
    Form form;
    try {
      form = Form.of(encodedBody.isEmpty() ? 0 : encodedBody.get(0) & 0xFF);
    } catch (Malformed e) {
      throw new IllegalArgumentException(e);
    }
    if (form != Form.BINARY) {
      return CompactJws.signingInput(form, encodedBody);
    }
    byte[] message = new byte[SIGNING_TAG.length + encodedBody.size()];
    System.arraycopy(SIGNING_TAG, 0, message, 0, SIGNING_TAG.length);
    System.arraycopy(encodedBody.unsafeArray(), 0, message, SIGNING_TAG.length, encodedBody.size());
    return message;
  }
}
