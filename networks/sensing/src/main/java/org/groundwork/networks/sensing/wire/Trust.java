package org.groundwork.networks.sensing.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;

/**
 * How much a device's good data weigh by who holds its key.
 *
 * @param makers whose certificates count, ascending
 * @param uncertified weight of a device without one; the whole if there are no makers
 * @param bridged weight of a device for which a bridge signs
 */
public record Trust(List<PublicKey> makers, BasisPoints uncertified, BasisPoints bridged) {
  public static final int MAX_MAKERS = 8;

  private static final BasisPoints WHOLE = new BasisPoints(BasisPoints.WHOLE);

  /** All devices weigh the same. */
  public static final Trust FULL = new Trust(List.of(), WHOLE, WHOLE);

  public Trust {
    makers = List.copyOf(makers);
    if (makers.size() > MAX_MAKERS || !List.copyOf(new TreeSet<>(makers)).equals(makers)) {
      throw new IllegalArgumentException(
          makers.size() + " makers, of " + MAX_MAKERS + " at most, each once, ascending");
    }
    if (makers.isEmpty() && !uncertified.equals(WHOLE)) {
      throw new IllegalArgumentException("without makers nobody can be certified");
    }
  }

  /** The weight of a device; of two reasons for less the stronger one. */
  public BasisPoints of(boolean isCertified, boolean isBridged) {
    int certified = isCertified ? BasisPoints.WHOLE : uncertified.value();
    return new BasisPoints(Math.min(certified, isBridged ? bridged.value() : BasisPoints.WHOLE));
  }

  void write(CanonicalWriter out) {
    out.u8(makers.size());
    makers.forEach(maker -> out.u8(maker.type().code()).raw(maker.bytes()));
    out.u16(uncertified.value()).u16(bridged.value());
  }

  static Trust read(CanonicalReader in) throws Malformed {
    try {
      List<PublicKey> makers = new ArrayList<>();
      for (int left = in.u8(); left > 0; left--) {
        KeyType type = KeyType.of(in.u8());
        makers.add(new PublicKey(type, in.raw(type.keySize())));
      }
      return new Trust(makers, new BasisPoints(in.u16()), new BasisPoints(in.u16()));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a trust: " + e.getMessage());
    }
  }
}
