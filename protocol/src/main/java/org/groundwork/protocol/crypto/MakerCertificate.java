package org.groundwork.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/**
 * A maker's word that a device key was made in its hardware: the maker's signature over the key.
 * Encoded as {@code "GWM1"}, the maker's key and the device's key (each a type and its raw bytes),
 * then the 64 bytes of the signature over {@code "groundwork/maker/1\n" || type || device key}.
 *
 * <p>It says nothing about whether the maker is to be trusted: a network's parameters list the
 * makers that it knows.
 *
 * @param signature of the maker, raw as {@link SignatureVerifier} takes it
 */
public record MakerCertificate(PublicKey maker, PublicKey device, Bytes signature) {
  private static final Bytes MAGIC = Bytes.of((byte) 'G', (byte) 'W', (byte) 'M', (byte) '1');
  private static final byte[] TAG = "groundwork/maker/1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SIGNATURE_SIZE = 64;

  /** Why a certificate does not hold for a device. */
  public enum Fault {
    /** Another device's. */
    OTHER_DEVICE,
    /** The maker's and the device's key are the same: it vouches for itself. */
    SELF_SIGNED,
    /** The signature does not verify under the strict rules. */
    WRONG_SIGNATURE
  }

  public MakerCertificate {
    if (signature.size() != SIGNATURE_SIZE) {
      throw new IllegalArgumentException("a signature of " + signature.size() + " bytes");
    }
  }

  /** A maker certifies a device's key. */
  public static MakerCertificate issue(MessageSigner maker, PublicKey device) {
    return new MakerCertificate(maker.publicKey(), device, maker.sign(message(device)));
  }

  /** What speaks against this certificate for a device; empty if it holds. */
  public Optional<Fault> fault(PublicKey wanted, SignatureVerifier verifier) {
    if (!device.equals(wanted)) {
      return Optional.of(Fault.OTHER_DEVICE);
    }
    if (maker.equals(device)) {
      return Optional.of(Fault.SELF_SIGNED);
    }
    return verifier.verify(maker, message(device), signature)
        ? Optional.empty()
        : Optional.of(Fault.WRONG_SIGNATURE);
  }

  public Bytes encode() {
    CanonicalWriter out = new CanonicalWriter().raw(MAGIC);
    write(maker, out);
    write(device, out);
    return out.raw(signature).toBytes();
  }

  /**
   * Reads exactly what {@link #encode} wrote.
   *
   * @throws Malformed for anything else
   */
  public static MakerCertificate decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    if (!in.raw(MAGIC.size()).equals(MAGIC)) {
      throw new Malformed("not a maker's certificate");
    }
    MakerCertificate read = new MakerCertificate(key(in), key(in), in.raw(SIGNATURE_SIZE));
    in.end();
    return read;
  }

  private static void write(PublicKey key, CanonicalWriter out) {
    out.u8(key.type().code()).raw(key.bytes());
  }

  private static PublicKey key(CanonicalReader in) throws Malformed {
    try {
      KeyType type = KeyType.of(in.u8());
      return new PublicKey(type, in.raw(type.keySize()));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a key: " + e.getMessage());
    }
  }

  private static byte[] message(PublicKey device) {
    return new CanonicalWriter()
        .raw(Bytes.of(TAG))
        .u8(device.type().code())
        .raw(device.bytes())
        .toBytes()
        .unsafeArray();
  }
}
