package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bucket with versioning keeps, against a model that keeps everything in lists. */
class VersionsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final long SEED = 20_261_122;
  private static final List<String> KEYS = List.of("a", "a\0", "a\0b", "a/b", "b", "é", "b/");

  @TempDir Path directory;

  /** Of one key, newest first; with the content, or empty for a mark of deletion. */
  private record Kept(String id, String content) {}

  private final TreeMap<String, List<Kept>> model = new TreeMap<>(MetadataKeys::compare);

  private static ObjectRecord object(String content) {
    return new ObjectRecord(List.of(), content, NOW, new TreeMap<>(), new TreeMap<>());
  }

  private static Stored stored(String content) {
    return new Stored(Bytes.wrap(MetadataKeys.utf8(content)), 1);
  }

  private List<Kept> of(String key) {
    return model.computeIfAbsent(key, k -> new ArrayList<>());
  }

  private void place(String key, String id, String content) {
    if (id.equals("null")) {
      of(key).removeIf(kept -> kept.id().equals("null"));
    }
    of(key).addFirst(new Kept(id, content));
  }

  @Test
  void aRandomHistoryEqualsAModel() throws IOException {
    var random = new Random(SEED);
    Path file = directory.resolve("m.mv");
    Buckets buckets = Buckets.open(file);
    Simply.createBucket(buckets, "b", NOW);
    BucketRecord.Versioning state = BucketRecord.Versioning.OFF;
    for (int step = 0; step < 600; step++) {
      String key = KEYS.get(random.nextInt(KEYS.size()));
      String token = "%016x".formatted(step);
      var version = new ObjectRecord.Version(0, token, false);
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3, 4 -> {
          String content = "c" + step;
          ObjectRecord put =
              buckets.put(
                  "b",
                  key,
                  object(content).withVersion(version),
                  List.of(stored(content)),
                  Buckets.Condition.NONE);
          place(key, put.version().id(), content);
        }
        case 5, 6 -> {
          var doomed = new Buckets.Doomed(key, Optional.empty(), Buckets.Condition.NONE);
          ObjectRecord marker = ObjectRecord.deleteMarker(NOW, "groundwork", version);
          Optional<ObjectRecord> gone = buckets.delete("b", List.of(doomed), marker).getFirst();
          assertThat(gone.isPresent()).isEqualTo(state != BucketRecord.Versioning.OFF);
          if (gone.isPresent()) {
            place(key, gone.get().version().id(), "");
          } else {
            of(key).clear();
          }
        }
        case 7, 8 -> {
          if (!of(key).isEmpty()) {
            Kept kept = of(key).get(random.nextInt(of(key).size()));
            var doomed = new Buckets.Doomed(key, Optional.of(kept.id()), Buckets.Condition.NONE);
            buckets.delete("b", List.of(doomed), object("unused"));
            of(key).remove(kept);
          }
        }
        default -> {
          if (step > 150 && step % 2 == 0) {
            state =
                random.nextBoolean()
                    ? BucketRecord.Versioning.ENABLED
                    : BucketRecord.Versioning.SUSPENDED;
            BucketRecord.Versioning wanted = state;
            buckets.changeBucket("b", bucket -> bucket.withVersioning(wanted));
          } else if (step % 5 == 0) {
            buckets.close();
            buckets = Buckets.open(file);
          }
        }
      }
      check(buckets, key);
      if (step % 40 == 0) {
        checkListing(buckets, 1 + random.nextInt(5));
      }
    }
    checkListing(buckets, 1000);
    checkBlobs(buckets);
    buckets.close();
  }

  private void check(Buckets buckets, String key) throws S3Exception {
    Optional<Kept> newest = of(key).stream().findFirst().filter(k -> !k.content().isEmpty());
    assertThat(buckets.find("b", key).map(ObjectRecord::etag)).isEqualTo(newest.map(Kept::content));
    for (Kept kept : of(key)) {
      if (!kept.content().isEmpty()) {
        assertThat(buckets.get("b", key, Optional.of(kept.id())).etag()).isEqualTo(kept.content());
      }
    }
  }

  private void checkListing(Buckets buckets, int max) throws S3Exception {
    var expected = new ArrayList<String>();
    model.forEach((key, all) -> {
      for (int i = 0; i < all.size(); i++) {
        expected.add(key + "|" + all.get(i).id() + "|" + (i == 0));
      }
    });
    var listed = new ArrayList<String>();
    String key = "";
    String id = "";
    boolean more = true;
    while (more) {
      VersionPage page = buckets.versions("b", new Listing.Query("", "", key, max), id);
      for (VersionPage.Entry entry : page.versions()) {
        listed.add(entry.key() + "|" + entry.object().version().id() + "|" + entry.latest());
      }
      assertThat(page.versions().size()).isLessThanOrEqualTo(max);
      key = page.nextKey();
      id = page.nextId();
      more = page.truncated();
    }
    assertThat(listed).isEqualTo(expected);
  }

  /** What is listed nowhere is given up, and nothing else is. */
  private void checkBlobs(Buckets buckets) throws IOException {
    var live = new ArrayList<String>();
    model.values().forEach(all -> all.forEach(kept -> live.add(kept.content())));
    live.removeAll(Collections.singleton(""));
    for (String content : live) {
      assertThat(buckets.uses(stored(content))).as(content).isTrue();
    }
    for (Stored doomed : buckets.doomed(10_000).values()) {
      assertThat(live).doesNotContain(MetadataKeys.text(doomed.manifest().toArray()));
      assertThat(buckets.uses(doomed)).isFalse();
    }
  }
}
