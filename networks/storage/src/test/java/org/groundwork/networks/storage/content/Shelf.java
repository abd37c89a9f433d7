package org.groundwork.networks.storage.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.NamedObjects;

/** Buckets over a store in memory. */
public final class Shelf implements AutoCloseable {
  public final MemoryStore store = new MemoryStore();
  public final Buckets buckets;
  public final NamedObjects objects;

  public Shelf(Path folder) throws IOException {
    buckets = Buckets.open(folder.resolve("buckets.mv"));
    objects = new NamedObjects(buckets, store, InstantSource.system());
  }

  public void put(String bucket, String key, String type, byte[] content) throws IOException {
    objects.makeBucket(bucket);
    objects.putNew(bucket, key, type, new ByteArrayInputStream(content), content.length);
  }

  @Override
  public void close() {
    buckets.close();
  }
}
