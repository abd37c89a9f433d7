package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Packs;

/** What an S3 endpoint knows of its objects, as metadata that a snapshot keeps. */
public record BucketNames(Buckets buckets, Packs packs) implements MetadataSource {
  private static final String OF_PACKS = "packs/";

  @Override
  public long version() {
    return buckets.version() + packs.version();
  }

  @Override
  public void writeTo(Sink sink) throws IOException {
    buckets.writeTo(sink::entry);
    packs.writeTo((map, key, value) -> sink.entry(OF_PACKS + map, key, value));
  }

  /**
   * Reads the newest snapshot into a new customer and new files.
   *
   * @return how many blobs the customer has
   */
  public static int restore(StorageCustomer customer, Path bucketsFile, Path packsFile)
      throws IOException, ObjectStoreException {
    AtomicReference<ObjectStoreException> failure = new AtomicReference<>();
    Buckets.restore(
        bucketsFile,
        ofBuckets ->
            Packs.restore(
                packsFile,
                ofPacks -> {
                  try {
                    customer.restoreMetadata((space, key, value) -> {
                      if (space.startsWith(OF_PACKS)) {
                        ofPacks.entry(space.substring(OF_PACKS.length()), key, value);
                      } else {
                        ofBuckets.entry(space, key, value);
                      }
                    });
                  } catch (ObjectStoreException e) {
                    failure.set(e);
                  }
                }));
    ObjectStoreException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return customer.objects();
  }
}
