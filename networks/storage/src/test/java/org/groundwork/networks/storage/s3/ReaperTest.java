package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ReaperTest {
  @TempDir Path directory;
  private DirectoryStore store;

  @BeforeEach
  void makeStore() throws IOException {
    store = new DirectoryStore(Files.createDirectories(directory.resolve("blobs")));
  }

  private Buckets open() throws IOException {
    return Buckets.open(directory.resolve("m.mv"));
  }

  private void put(Buckets buckets, String key) throws IOException, ObjectStoreException {
    Stored stored = store.put(new ByteArrayInputStream(new byte[10]), 10);
    var object = new ObjectRecord(List.of(), "e", Instant.EPOCH, new TreeMap<>(), new TreeMap<>());
    buckets.put("b", key, object, List.of(stored), Buckets.Condition.NONE);
  }

  @Test
  void whatIsOverwrittenOrDeletedGoes() throws IOException, ObjectStoreException {
    try (Buckets buckets = open()) {
      Simply.createBucket(buckets, "b", Instant.EPOCH);
      var reaper = new Reaper(buckets, store);
      for (int i = 0; i < 200; i++) {
        put(buckets, "k" + i % 2);
      }
      assertThat(store.files()).isEqualTo(200);
      while (reaper.step()) {
        assertThat(store.files()).isGreaterThanOrEqualTo(2);
      }
      assertThat(store.files()).isEqualTo(2);
      Simply.delete(buckets, "b", List.of("k0", "k1"));
      assertThat(reaper.step()).isFalse();
      assertThat(store.files()).isZero();
    }
  }

  @Test
  void aStoreThatFailsIsAskedAgainAlsoAfterARestart() throws IOException, ObjectStoreException {
    try (Buckets buckets = open()) {
      Simply.createBucket(buckets, "b", Instant.EPOCH);
      put(buckets, "k");
      Simply.delete(buckets, "b", List.of("k"));
      store.failure = Optional.of(new ObjectStoreException.NotEnoughProviders(0, 4));
      assertThat(new Reaper(buckets, store).step()).isFalse();
      assertThat(store.files()).isEqualTo(1);
    }
    store.failure = Optional.empty();
    try (Buckets buckets = open()) {
      var reaper = new Reaper(buckets, store);
      reaper.step();
      assertThat(store.files()).isZero();
      assertThat(buckets.doomed(10)).isEmpty();
    }
  }
}
