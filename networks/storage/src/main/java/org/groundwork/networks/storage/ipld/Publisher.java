package org.groundwork.networks.storage.ipld;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index equal to the public buckets: reads each new object once, as a file under one
 * profile or, if it says that it is a CAR, as the blocks in it. One thread at a time.
 */
public final class Publisher {
  /** The content type of objects whose blocks are served as they are. */
  public static final String CAR_TYPE = "application/vnd.ipld.car";

  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
  private static final int BUFFER = 1 << 16;

  private final NamedObjects objects;
  private final BlockIndex index;
  private final List<String> buckets;
  private final Profile profile;

  /**
   * A publisher.
   *
   * @param buckets whose objects everybody may read
   */
  public Publisher(NamedObjects objects, BlockIndex index, List<String> buckets, Profile profile) {
    this.objects = objects;
    this.index = index;
    this.buckets = List.copyOf(buckets);
    this.profile = profile;
  }

  /** Looks for what is new, changed or gone. */
  public synchronized void step() throws IOException {
    boolean gone = false;
    for (String bucket : buckets) {
      Set<String> keys = new TreeSet<>();
      String after = "";
      for (List<NamedObjects.Entry> page = objects.list(bucket, after);
          !page.isEmpty();
          page = objects.list(bucket, after)) {
        for (NamedObjects.Entry entry : page) {
          keys.add(entry.key());
          gone |= take(bucket, entry);
        }
        after = page.getLast().key();
      }
      for (BlockIndex.Published published : index.objects(bucket)) {
        if (!keys.contains(published.key())) {
          index.forget(bucket, published.key());
          gone = true;
        }
      }
    }
    if (gone) {
      index.sweep();
    }
  }

  /** Whether another object of this name was known before. */
  private boolean take(String bucket, NamedObjects.Entry entry) {
    try {
      Optional<BlockIndex.Published> known = index.object(bucket, entry.key());
      if (known.isPresent() && known.get().etag().equals(entry.etag())) {
        return false;
      }
      Optional<NamedObjects.Reading> open = objects.open(bucket, entry.key());
      if (open.isPresent()) {
        try (NamedObjects.Reading reading = open.get()) {
          publish(bucket, reading);
        }
      }
      return known.isPresent();
    } catch (IOException e) {
      LOG.warn("{}/{} is not published yet: {}", bucket, entry.key(), e.toString());
      return true;
    }
  }

  private void publish(String bucket, NamedObjects.Reading reading) throws IOException {
    NamedObjects.Entry entry = reading.entry();
    long id = index.begin();
    String root;
    try (InputStream in = new BufferedInputStream(reading.stream(), BUFFER)) {
      root = entry.contentType().startsWith(CAR_TYPE) ? car(id, in) : file(id, in);
    } catch (CarException e) {
      LOG.warn("{}/{} is no CAR: {}", bucket, entry.key(), e.getMessage());
      root = "";
    }
    index.publish(new BlockIndex.Published(id, bucket, entry.key(), entry.etag(), root));
  }

  private String file(long id, InputStream in) throws IOException {
    BlockSink sink =
        new BlockSink() {
          @Override
          public void leaf(Cid cid, byte[] block, long offset, int length) {
            BlockIndex.Form form = profile.rawLeaves() ? BlockIndex.Form.RAW : BlockIndex.Form.LEAF;
            index.add(id, cid, form, offset, length, Bytes.EMPTY);
          }

          @Override
          public void node(Cid cid, byte[] block) {
            index.add(id, cid, BlockIndex.Form.INLINE, 0, 0, Bytes.of(block));
          }
        };
    return FileImporter.run(profile, in, sink).cid().toString();
  }

  private String car(long id, InputStream in) throws IOException {
    CarReader reader = new CarReader(in);
    for (Optional<CarReader.Block> next = reader.next(); next.isPresent(); next = reader.next()) {
      CarReader.Block block = next.get();
      index.add(
          id,
          block.cid(),
          BlockIndex.Form.RAW,
          block.offset(),
          block.content().size(),
          Bytes.EMPTY);
    }
    List<Cid> roots = reader.header().roots();
    return roots.isEmpty() ? "" : roots.getFirst().toString();
  }
}
