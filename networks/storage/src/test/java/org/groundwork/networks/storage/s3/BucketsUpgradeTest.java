package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Metadata that the version before users and versions wrote: {@code buckets-1.mv} holds two
 * objects, a copy, and an upload with one part.
 */
class BucketsUpgradeTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String UPLOAD = "0123456789abcdef".repeat(2);

  @TempDir Path directory;

  private Buckets open() throws IOException {
    Path file = directory.resolve("buckets.mv");
    try (InputStream in =
        Objects.requireNonNull(BucketsUpgradeTest.class.getResourceAsStream("buckets-1.mv"))) {
      Files.write(file, in.readAllBytes());
    }
    return Buckets.open(file);
  }

  private static Stored stored(String name) {
    return new Stored(Bytes.wrap(MetadataKeys.utf8(name)), 100);
  }

  @Test
  void allIsThereAndTheFirstUsers() throws IOException {
    try (Buckets buckets = open()) {
      BucketRecord bucket = buckets.bucket("bucket");
      assertThat(bucket.created()).isEqualTo(NOW);
      assertThat(bucket.owner()).isEqualTo(User.FIRST.id());
      assertThat(bucket.versioning()).isEqualTo(BucketRecord.Versioning.OFF);
      ObjectRecord object = buckets.get("bucket", "key", Optional.empty());
      assertThat(object.etag()).isEqualTo("etag");
      assertThat(object.size()).isEqualTo(100);
      assertThat(object.headers())
          .isEqualTo(Map.of("content-type", "text/plain", "x-amz-meta-colour", "blue"));
      assertThat(object.owned()).isEqualTo(ObjectRecord.Owned.FIRST);
      assertThat(object.version()).isEqualTo(ObjectRecord.Version.NULL);
      assertThat(buckets.get("bucket", "copy", Optional.of("null"))).isEqualTo(object);
      assertThat(buckets.get("bucket", "empty", Optional.empty()).size()).isZero();
      UploadRecord upload = buckets.upload("bucket", "parts", UPLOAD);
      assertThat(upload.fullObject()).isTrue();
      assertThat(upload.owned()).isEqualTo(ObjectRecord.Owned.FIRST);
      assertThat(buckets.parts("bucket", "parts", UPLOAD)).containsOnlyKeys(3);
      assertThat(buckets.uses(stored("three"))).isTrue();
    }
  }

  @Test
  void itGoesOnFromThere() throws IOException {
    try (Buckets buckets = open()) {
      buckets.changeBucket(
          "bucket", bucket -> bucket.withVersioning(BucketRecord.Versioning.ENABLED));
      Simply.delete(buckets, "bucket", java.util.List.of("key"));
      assertThat(buckets.find("bucket", "key")).isEmpty();
      assertThat(buckets.get("bucket", "key", Optional.of("null")).etag()).isEqualTo("etag");
      assertThat(buckets.uses(stored("one"))).isTrue();
    }
  }
}
