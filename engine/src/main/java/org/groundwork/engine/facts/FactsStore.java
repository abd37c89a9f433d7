package org.groundwork.engine.facts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.engine.store.HashFolder;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts in a folder, made from the segments of a store when they are wanted or damaged. */
public final class FactsStore implements FactsSource {
  private static final Logger LOG = LoggerFactory.getLogger(FactsStore.class);

  private final HashFolder folder;
  private final SegmentStore segments;
  private final FactsMaker maker;

  public FactsStore(Path folder, SegmentStore segments, FactsMaker maker) throws IOException {
    this.folder = new HashFolder(folder, ".facts");
    this.segments = segments;
    this.maker = maker;
  }

  /** Establishes the facts of a segment that has just arrived, if there are none yet. */
  public void establish(Segment segment) throws IOException {
    if (!folder.has(segment.hash())) {
      folder.put(segment.hash(), maker.encode(segment));
    }
  }

  @Override
  public SegmentFacts facts(Hash hash) throws IOException {
    Path path = folder.path(hash);
    if (Files.exists(path)) {
      try {
        return FactsFile.map(path);
      } catch (Malformed e) {
        LOG.warn("{} is made anew: {}", path, e.getMessage());
        folder.delete(hash);
      }
    }
    establish(
        segments.get(hash).orElseThrow(() -> new IOException("segment " + hash + " is not here")));
    try {
      return FactsFile.map(path);
    } catch (Malformed e) {
      throw new IOException("facts that were just written cannot be read: " + path, e);
    }
  }

  @Override
  public Optional<Path> file(Hash segment) {
    return Optional.of(folder.path(segment)).filter(Files::exists);
  }

  /** Forgets the facts of a segment whose epoch is over; they can be made again. */
  public void forget(Hash segment) throws IOException {
    folder.delete(segment);
  }
}
