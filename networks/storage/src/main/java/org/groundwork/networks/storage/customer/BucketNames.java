package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.ObjectStoreException;

/** What an S3 endpoint knows of its objects, as metadata that a snapshot keeps. */
public record BucketNames(Buckets buckets) implements MetadataSource {
  @Override
  public long version() {
    return buckets.version();
  }

  @Override
  public void writeTo(Sink sink) throws IOException {
    buckets.writeTo(sink::entry);
  }

  /**
   * Reads the newest snapshot into a new customer and a new file of buckets.
   *
   * @return how many objects the customer has
   */
  public static int restore(StorageCustomer customer, Path file)
      throws IOException, ObjectStoreException {
    AtomicReference<ObjectStoreException> failure = new AtomicReference<>();
    Buckets.restore(
        file,
        sink -> {
          try {
            customer.restoreMetadata(sink::entry);
          } catch (ObjectStoreException e) {
            failure.set(e);
          }
        });
    ObjectStoreException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return customer.objects();
  }
}
