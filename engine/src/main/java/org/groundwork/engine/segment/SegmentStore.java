package org.groundwork.engine.segment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.engine.store.HashStore;
import org.groundwork.engine.store.Store;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Sequence;

/**
 * Segments under their addresses, in a folder for each epoch. What {@link #put} returned from is
 * durable. Each is checked against its address when it is read; a damaged one is gone.
 */
public final class SegmentStore {
  /** Segments were kept in folders of two digits once. */
  private static final int OLD_FOLDER = 2;

  private static final int MAX_HOLDING = 64;

  private final HashStore segments;

  public SegmentStore(Store store) throws IOException {
    segments = new HashStore(store, ".segment");
    for (String key : store.list("")) {
      if (key.indexOf('/') == OLD_FOLDER) {
        move(store, key);
      }
    }
  }

  /** Segments in a folder of their own. */
  public SegmentStore(Path folder) throws IOException {
    this(new FolderStore(folder));
  }

  private void move(Store store, String key) throws IOException {
    Optional<Bytes> content = store.get(key);
    String digits = key.substring(OLD_FOLDER + 1, key.indexOf('.'));
    Optional<Segment> segment = get(Hash.fromHex("0x" + digits));
    if (content.isPresent() && segment.isPresent()) {
      keep(segment.get(), content.get());
    }
  }

  public void put(Segment segment) throws IOException {
    if (!has(segment.hash())) {
      keep(segment, segment.compress());
    }
  }

  private void keep(Segment segment, Bytes compressed) throws IOException {
    segments.put(segment.header().epoch(), segment.hash(), compressed);
  }

  /**
   * Takes a segment from elsewhere, as it was sent.
   *
   * @throws Malformed if the bytes are not the segment with this address; nothing is kept then
   */
  public Segment receive(Hash expected, InputStream compressed) throws IOException, Malformed {
    byte[] content = compressed.readNBytes(Frames.MAX_COMPRESSED + 1);
    if (content.length > Frames.MAX_COMPRESSED) {
      throw new Malformed("more compressed bytes than a segment can have");
    }
    Segment segment = SegmentReader.read(expected, Bytes.wrap(content));
    if (!has(expected)) {
      keep(segment, Bytes.wrap(content));
    }
    return segment;
  }

  /** The segment; empty if it is not kept here. */
  public Optional<Segment> get(Hash hash) throws IOException {
    return segments.get(hash, content -> SegmentReader.read(hash, content));
  }

  /** The bytes to send; whoever gets them checks them. */
  public Optional<Bytes> compressed(Hash hash) throws IOException {
    return segments.unchecked(hash);
  }

  public boolean has(Hash hash) {
    return segments.has(hash);
  }

  /** The addresses of all segments kept here, ascending. */
  public List<Hash> list() {
    return segments.list();
  }

  /** The addresses of the segments that hold a report, {@value #MAX_HOLDING} at most. */
  public List<Hash> holding(DeviceId device, Sequence sequence) throws IOException {
    List<Hash> holding = new ArrayList<>();
    for (Hash hash : segments.list(sequence.epoch())) {
      Optional<Segment> segment = get(hash);
      if (segment.isPresent()
          && segment.get().indexOf(device, sequence).isPresent()
          && holding.size() < MAX_HOLDING) {
        holding.add(hash);
      }
    }
    return List.copyOf(holding);
  }

  /** The addresses of the segments of epochs before this one, ascending. */
  public List<Hash> listBefore(EpochNumber epoch) {
    return segments.listBefore(epoch);
  }

  public void delete(Hash hash) throws IOException {
    segments.delete(hash);
  }
}
