package org.groundwork.engine.segment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.HashFolder;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/** Segments in a folder, under their addresses. What {@link #put} returned from is durable. */
public final class SegmentStore {
  private final HashFolder folder;

  public SegmentStore(Path folder) throws IOException {
    this.folder = new HashFolder(folder, ".segment");
  }

  public void put(Segment segment) throws IOException {
    if (!has(segment.hash())) {
      folder.put(segment.hash(), segment.compress());
    }
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
      folder.put(expected, Bytes.wrap(content));
    }
    return segment;
  }

  /** The segment, checked again; empty if it is not kept here. */
  public Optional<Segment> get(Hash hash) throws IOException {
    Optional<Bytes> compressed = compressed(hash);
    if (compressed.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SegmentReader.read(hash, compressed.get()));
    } catch (Malformed e) {
      throw new IOException("the stored segment " + hash + " is damaged", e);
    }
  }

  /** The bytes to send. */
  public Optional<Bytes> compressed(Hash hash) throws IOException {
    return folder.get(hash);
  }

  public boolean has(Hash hash) {
    return folder.has(hash);
  }

  /** Where the segment's frames lie. */
  public Path path(Hash hash) {
    return folder.path(hash);
  }

  /** The addresses of all segments kept here, ascending. */
  public List<Hash> list() throws IOException {
    return folder.list();
  }
}
