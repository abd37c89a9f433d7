package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.wire.Prices;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/** A customer's manifests as metadata that is saved, and what follows from them. */
final class CustomerMetadata {
  private static final String MANIFESTS = "manifests";

  private final Catalog objects;
  private final Catalog metadata;
  private final Payer payer;
  private final Supplier<SlotNumber> now;

  CustomerMetadata(Catalog objects, Catalog metadata, Payer payer, Supplier<SlotNumber> now) {
    this.objects = objects;
    this.metadata = metadata;
    this.payer = payer;
    this.now = now;
  }

  /**
   * Names first, then manifests: an object is named after its manifest is written, so that each
   * name has its manifest in the same snapshot.
   */
  MetadataSource with(MetadataSource names) {
    return new MetadataSource() {
      @Override
      public long version() {
        return names.version() + objects.version();
      }

      @Override
      public void writeTo(Sink sink) throws IOException {
        names.writeTo(sink);
        for (Hash id : objects.ids()) {
          Optional<Manifest> manifest = objects.get(id);
          if (manifest.isPresent()) {
            sink.entry(MANIFESTS, id.bytes(), manifest.get().encode());
          }
        }
      }
    };
  }

  MetadataSource.Sink sink(MetadataSource.Sink names) {
    return (space, key, value) -> {
      if (!space.equals(MANIFESTS)) {
        names.entry(space, key, value);
        return;
      }
      try {
        objects.put(Manifest.decode(value));
      } catch (Malformed e) {
        throw new IOException("a manifest in the snapshot is damaged", e);
      }
    };
  }

  /** Sets aside what all deals may still charge, as their signing did in the payer's lost log. */
  void setAside() throws IOException {
    for (PieceRecord piece : pieces()) {
      long slots = Math.max(0, piece.dealEnd().value() - now.get().value());
      payer.setAside(piece.reservation(), Prices.times(piece.rate(), slots));
    }
  }

  /** Credits a slot of all deals. */
  Credits rate() throws IOException {
    return pieces().stream().map(PieceRecord::rate).reduce(Credits.ZERO, Credits::plus);
  }

  private List<PieceRecord> pieces() throws IOException {
    List<PieceRecord> pieces = new ArrayList<>();
    for (Catalog catalog : List.of(objects, metadata)) {
      for (Hash id : catalog.ids()) {
        catalog.get(id).ifPresent(manifest -> pieces.addAll(manifest.pieces()));
      }
    }
    return pieces;
  }
}
