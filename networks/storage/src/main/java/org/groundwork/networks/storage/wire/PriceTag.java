package org.groundwork.networks.storage.wire;

import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.MessageSigner;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.SignatureVerifier;

/**
 * What a provider asks, signed by its device's key: who compares prices can prove what was offered.
 * A provider serves its newest one at {@link ProviderHttp#PRICE}; it takes deals at these prices
 * until {@code until}, with room and reservation given.
 *
 * <p>Canonical encoding, big-endian: version 1 (u8), state (u8: 0 open, 1 leaving), deployment
 * (32), network (u32), device (u64), rate (u256), egress (u256), longest deal (u64), from (u64),
 * until (u64). The key signs the ASCII text {@code groundwork/price-tag/1\n} followed by it.
 *
 * @param isLeaving takes no new pieces and wants to be emptied before it goes
 * @param ratePerGiBSlot credits for storing a GiB for a slot
 * @param egressPerGiB credits for reading a GiB
 * @param maxDealSlots how far ahead a deal may end, in slots
 * @param from first slot in which the tag holds
 * @param until first slot in which it does not
 */
public record PriceTag(
    DeploymentId deployment,
    NetworkId network,
    DeviceId device,
    boolean isLeaving,
    Credits ratePerGiBSlot,
    Credits egressPerGiB,
    long maxDealSlots,
    SlotNumber from,
    SlotNumber until) {
  /** Bytes of an encoded tag without its signature. */
  public static final int SIZE = 1 + 1 + 32 + 4 + 8 + 32 + 32 + 8 + 8 + 8;

  private static final int VERSION = 1;
  private static final byte[] SIGNING_TAG =
      "groundwork/price-tag/1\n".getBytes(StandardCharsets.US_ASCII);

  public PriceTag {
    if (from.compareTo(until) >= 0 || maxDealSlots < 1) {
      throw new IllegalArgumentException("a price tag ends after it begins, and allows deals");
    }
  }

  public Bytes encode() {
    return new CanonicalWriter(SIZE)
        .u8(VERSION)
        .u8(isLeaving ? 1 : 0)
        .hash(deployment.hash())
        .u32(network.value())
        .u64(device.value())
        .u256(ratePerGiBSlot.value())
        .u256(egressPerGiB.value())
        .u64(maxDealSlots)
        .u64(from.value())
        .u64(until.value())
        .toBytes();
  }

  static PriceTag read(CanonicalReader in) throws Malformed {
    if (in.u8() != VERSION) {
      throw new Malformed("unknown version of a price tag");
    }
    int state = in.u8();
    if (state > 1) {
      throw new Malformed("unknown state of a price tag");
    }
    try {
      return new PriceTag(
          new DeploymentId(in.hash()),
          in.network(),
          new DeviceId(in.count()),
          state == 1,
          new Credits(in.u256()),
          new Credits(in.u256()),
          in.count(),
          new SlotNumber(in.count()),
          new SlotNumber(in.count()));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a price tag: " + e.getMessage());
    }
  }

  /** Whether it holds in a slot. */
  public boolean holdsAt(SlotNumber slot) {
    return from.compareTo(slot) <= 0 && slot.compareTo(until) < 0;
  }

  public Signed sign(MessageSigner device) {
    return new Signed(this, device.sign(message()));
  }

  private byte[] message() {
    return new CanonicalWriter(SIGNING_TAG.length + SIZE)
        .raw(Bytes.of(SIGNING_TAG))
        .raw(encode())
        .toBytes()
        .toArray();
  }

  /** A tag and its device's signature. */
  public record Signed(PriceTag tag, Bytes signature) {
    /** Bytes of every signature by a device. */
    public static final int SIGNATURE_SIZE = 64;

    public Signed {
      if (signature.size() != SIGNATURE_SIZE) {
        throw new IllegalArgumentException("a device's signature has 64 bytes");
      }
    }

    /** The tag, then the signature. */
    public Bytes encode() {
      return new CanonicalWriter(SIZE + SIGNATURE_SIZE).raw(tag.encode()).raw(signature).toBytes();
    }

    public static Signed decode(Bytes encoded) throws Malformed {
      CanonicalReader in = new CanonicalReader(encoded);
      Signed signed = new Signed(PriceTag.read(in), in.raw(SIGNATURE_SIZE));
      in.end();
      return signed;
    }

    /** Whether the device's key signed it. */
    public boolean isGenuine(PublicKey key, SignatureVerifier verifier) {
      return verifier.verify(key, tag.message(), signature);
    }
  }
}
