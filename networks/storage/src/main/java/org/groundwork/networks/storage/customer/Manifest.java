package org.groundwork.networks.storage.customer;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * All that is needed to get one object back, but for the master key.
 *
 * @param wrappedKey the object's own key, encrypted with the master key
 */
record Manifest(Hash id, Shape shape, Bytes wrappedKey, List<StripeRecord> stripes) {
  private static final int PLAIN = 1;

  /** Says of each piece how it is packed. */
  private static final int PACKED = 2;

  private static final int MAX_WRAPPED_KEY = 256;
  private static final int MAX_STRIPES = 1 << 20;

  Manifest {
    stripes = List.copyOf(stripes);
    if (stripes.stream()
            .flatMap(stripe -> stripe.pieces().stream())
            .map(PieceRecord::passes)
            .distinct()
            .count()
        > 1) {
      throw new IllegalArgumentException("pieces of an object are packed alike");
    }
  }

  Manifest with(List<StripeRecord> changed) {
    return new Manifest(id, shape, wrappedKey, changed);
  }

  /** The same with one stripe changed. */
  Manifest with(StripeRecord changed) {
    return with(
        stripes.stream()
            .map(stripe -> stripe.index() == changed.index() ? changed : stripe)
            .toList());
  }

  List<PieceRecord> pieces() {
    return stripes.stream().flatMap(stripe -> stripe.pieces().stream()).toList();
  }

  /** Credits a slot of all its deals. */
  Credits rate() {
    return pieces().stream().map(PieceRecord::rate).reduce(Credits.ZERO, Credits::plus);
  }

  long length() {
    return stripes.stream().mapToLong(StripeRecord::length).sum();
  }

  private int version() {
    return pieces().stream().anyMatch(piece -> piece.packed().isPresent()) ? PACKED : PLAIN;
  }

  Bytes encode() {
    int version = version();
    CanonicalWriter out =
        new CanonicalWriter()
            .u8(version)
            .hash(id)
            .u16(shape.data())
            .u16(shape.total())
            .bytes(wrappedKey)
            .u32(stripes.size());
    stripes.forEach(stripe -> stripe.write(out, version == PACKED));
    return out.toBytes();
  }

  static Manifest decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    int version = in.u8();
    if (version != PLAIN && version != PACKED) {
      throw new Malformed("unknown version of a manifest");
    }
    try {
      Hash id = in.hash();
      Shape shape = new Shape(in.u16(), in.u16());
      Bytes wrappedKey = in.bytes(MAX_WRAPPED_KEY);
      long count = in.u32();
      if (count > MAX_STRIPES) {
        throw new Malformed(count + " stripes");
      }
      List<StripeRecord> stripes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        stripes.add(StripeRecord.read(in, version == PACKED));
      }
      in.end();
      Manifest manifest = new Manifest(id, shape, wrappedKey, stripes);
      if (manifest.version() != version) {
        throw new Malformed("a manifest of packed pieces has none");
      }
      return manifest;
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a manifest: " + e.getMessage());
    }
  }
}
