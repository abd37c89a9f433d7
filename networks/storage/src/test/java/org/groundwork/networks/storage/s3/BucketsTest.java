package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final long SEED = 20_261_121;

  @TempDir Path directory;

  private static ObjectRecord object(String etag) {
    return new ObjectRecord(List.of(), etag, NOW, new TreeMap<>(), new TreeMap<>());
  }

  private static Stored stored(String name) {
    return new Stored(Bytes.wrap(name.getBytes(StandardCharsets.UTF_8)), 100);
  }

  private static void put(Buckets buckets, String key, String blob) throws S3Exception {
    buckets.put("b", key, object(blob), List.of(stored(blob)), Buckets.Condition.NONE);
  }

  private static List<String> doomed(Buckets buckets) throws S3Exception {
    return buckets.doomed(1000).values().stream()
        .map(s -> new String(s.manifest().toArray(), StandardCharsets.UTF_8))
        .sorted()
        .toList();
  }

  private Buckets open() throws IOException {
    return Buckets.open(directory.resolve("m.mv"));
  }

  @Test
  void bytesAreGivenUpWithTheLastThatUsesThem() throws IOException {
    try (Buckets buckets = open()) {
      Simply.createBucket(buckets, "b", NOW);
      put(buckets, "k", "one");
      Simply.copy(buckets, "b", "k", "copy");
      put(buckets, "k", "two");
      assertThat(doomed(buckets)).isEmpty();
      assertThat(buckets.uses(stored("one"))).isTrue();
      Simply.delete(buckets, "b", List.of("copy"));
      assertThat(doomed(buckets)).containsExactly("one");
      assertThat(buckets.uses(stored("one"))).isFalse();
      Simply.copy(buckets, "b", "k", "k");
      assertThat(doomed(buckets)).containsExactly("one");
    }
    try (Buckets buckets = open()) {
      assertThat(doomed(buckets)).containsExactly("one");
      buckets.forget(buckets.doomed(10).keySet());
      assertThat(doomed(buckets)).isEmpty();
    }
  }

  @Test
  void bytesOfARefusedWriteAreGivenUp() throws IOException {
    try (Buckets buckets = open()) {
      assertThatThrownBy(() -> put(buckets, "k", "nobucket"))
          .hasMessage(S3Error.NoSuchBucket.message());
      Simply.createBucket(buckets, "b", NOW);
      var part = new UploadRecord.Part(1, List.of(), "e", NOW, new TreeMap<>());
      assertThatThrownBy(
              () -> buckets.putPart("b", "k", "0".repeat(32), part, List.of(stored("late"))))
          .hasMessage(S3Error.NoSuchUpload.message());
      assertThat(doomed(buckets)).containsExactly("late", "nobucket");
    }
  }

  @Test
  void bytesThatAreBeingReadStay() throws IOException {
    try (Buckets buckets = open()) {
      Simply.createBucket(buckets, "b", NOW);
      put(buckets, "k", "one");
      ObjectReading first = buckets.read("b", "k", Optional.empty());
      try (ObjectReading second = buckets.read("b", "k", Optional.empty())) {
        Simply.delete(buckets, "b", List.of("k"));
        assertThat(doomed(buckets)).isEmpty();
        closeTwice(first);
        assertThat(doomed(buckets)).isEmpty();
        assertThat(second.stored()).containsExactly(stored("one"));
      }
      assertThat(doomed(buckets)).containsExactly("one");
    }
  }

  @SuppressWarnings("try")
  private static void closeTwice(ObjectReading reading) {
    reading.close();
    reading.close();
  }

  @Test
  void anUploadGivesUpWhatItDoesNotUse() throws IOException {
    try (Buckets buckets = open()) {
      Simply.createBucket(buckets, "b", NOW);
      String id = "1".repeat(32);
      buckets.createUpload("b", "k", id, new UploadRecord(NOW, new TreeMap<>(), "", false));
      for (int i = 1; i <= 3; i++) {
        var part = new UploadRecord.Part(i, List.of(), "e" + i, NOW, new TreeMap<>());
        buckets.putPart("b", "k", id, part, List.of(stored("p" + i)));
      }
      var again = new UploadRecord.Part(1, List.of(), "e1", NOW, new TreeMap<>());
      buckets.putPart("b", "k", id, again, List.of(stored("p1again")));
      assertThat(doomed(buckets)).containsExactly("p1");
      buckets.completeUpload(
          "b",
          "k",
          id,
          Buckets.Condition.NONE,
          (upload, parts) ->
              new ObjectRecord(
                  parts.values().stream()
                      .filter(p -> p.number() != 2)
                      .flatMap(p -> p.blobs().stream())
                      .toList(),
                  "e-2",
                  NOW,
                  new TreeMap<>(),
                  new TreeMap<>()));
      assertThat(doomed(buckets)).containsExactly("p1", "p2");
      assertThat(buckets.get("b", "k", Optional.empty()).size()).isEqualTo(200);
      buckets.createUpload("b", "z", id, new UploadRecord(NOW, new TreeMap<>(), "", false));
      buckets.putPart("b", "z", id, again, List.of(stored("aborted")));
      Simply.delete(buckets, "b", List.of("k"));
      buckets.deleteBucket("b");
      assertThat(doomed(buckets)).containsExactly("aborted", "p1", "p1again", "p2", "p3");
    }
  }

  @Test
  void writersShareCommitsAndLoseNothing() throws Exception {
    try (Buckets buckets = open()) {
      Simply.createBucket(buckets, "b", NOW);
      var threads = new ArrayList<Thread>();
      for (int t = 0; t < 8; t++) {
        String name = "writer" + t;
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = 0; i < 40; i++) {
                    try {
                      put(buckets, name + "/" + i, name + "-" + i);
                    } catch (S3Exception e) {
                      throw new IllegalStateException(e);
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    try (Buckets buckets = open()) {
      assertThat(buckets.list("b", new Listing.Query("", "", "", 1000)).objects()).hasSize(320);
    }
  }

  private record Model(TreeSet<String> keys) {
    /** All entries of a listing, told in the simplest way. */
    List<String> entries(String prefix, String delimiter, String after) {
      var entries = new TreeSet<String>(MetadataKeys::compare);
      for (String key : keys) {
        if (key.startsWith(prefix)) {
          int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
          entries.add(at < 0 ? key : key.substring(0, at + delimiter.length()) + "<rolled>");
        }
      }
      return entries.stream()
          .filter(e -> MetadataKeys.compare(e.replace("<rolled>", ""), after) > 0)
          .filter(e -> !e.endsWith("<rolled>") || !after.startsWith(e.replace("<rolled>", "")))
          .toList();
    }
  }

  @Test
  void listingsEqualASimpleModel() throws IOException {
    var random = new Random(SEED);
    String[] letters = {"a", "b", "/", "//", "é", "\uffee", "\ud83d\ude00", "\u0001", "0"};
    try (Buckets buckets = open()) {
      Simply.createBucket(buckets, "b", NOW);
      Simply.createBucket(buckets, "a", NOW);
      Simply.createBucket(buckets, "b.c", NOW);
      for (String other : List.of("a", "b.c")) {
        buckets.put(other, "other/key", object("o"), List.of(), Buckets.Condition.NONE);
      }
      var model = new Model(new TreeSet<>(MetadataKeys::compare));
      for (int round = 0; round < 400; round++) {
        if (round < 120) {
          String key = text(random, letters, 1 + random.nextInt(5));
          put(buckets, key, "blob" + round);
          model.keys().add(key);
        }
        String prefix = text(random, letters, random.nextInt(3));
        String delimiter = random.nextBoolean() ? "" : letters[random.nextInt(letters.length)];
        String after = random.nextBoolean() ? "" : text(random, letters, random.nextInt(4));
        int max = 1 + random.nextInt(5);
        assertThat(all(buckets, prefix, delimiter, after, max))
            .as("seed %d round %d: %s %s %s", SEED, round, prefix, delimiter, after)
            .isEqualTo(model.entries(prefix, delimiter, after));
      }
    }
  }

  private static String text(Random random, String[] letters, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  private static List<String> all(
      Buckets buckets, String prefix, String delimiter, String after, int max) throws S3Exception {
    var entries = new TreeSet<String>(MetadataKeys::compare);
    var result = new ArrayList<String>();
    String from = after;
    while (true) {
      Listing page = buckets.list("b", new Listing.Query(prefix, delimiter, from, max));
      assertThat(page.objects().size() + page.commonPrefixes().size())
          .isLessThanOrEqualTo(max)
          .isGreaterThanOrEqualTo(page.truncated() ? max : 0);
      page.objects().forEach(entry -> entries.add(entry.key()));
      page.commonPrefixes().forEach(common -> entries.add(common + "<rolled>"));
      result.addAll(entries);
      entries.clear();
      if (!page.truncated()) {
        return result;
      }
      from = page.last();
    }
  }

  /** Runs in a process of its own: writes without end and says what was acknowledged. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      Buckets buckets = Buckets.open(Path.of(arguments[0]));
      int from = Integer.parseInt(arguments[1]);
      for (int i = from; i < from + 100_000; i++) {
        put(buckets, "key" + i % 50, "blob" + i);
        System.out.println(i);
        System.out.flush();
      }
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesTheDeathOfTheProcess() throws Exception {
    Path file = directory.resolve("m.mv");
    try (Buckets buckets = Buckets.open(file)) {
      Simply.createBucket(buckets, "b", NOW);
    }
    int next = 0;
    var random = new Random(SEED);
    for (int round = 0; round < 5; round++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Writer.class.getName(),
                  file.toString(),
                  Integer.toString(next))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      int acknowledged = readSome(process, 60 + random.nextInt(200));
      try (Buckets buckets = Buckets.open(file)) {
        assertThat(acknowledged).isGreaterThanOrEqualTo(next);
        int last = checkState(buckets, next, acknowledged);
        next = last + 1;
      }
    }
  }

  private static int readSome(Process process, int lines) throws Exception {
    int last = -1;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int i = 0; i < lines; i++) {
        last = Integer.parseInt(Optional.ofNullable(out.readLine()).orElseThrow());
      }
      // SIGKILL; Process.destroyForcibly would close the pipe as well.
      process.toHandle().destroyForcibly();
      // What was still in the pipe was acknowledged too.
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = Integer.parseInt(line);
      }
    }
    process.waitFor();
    return last;
  }

  /** At most one write more than was heard of; nothing lost, nothing leaked. */
  private static int checkState(Buckets buckets, int from, int acknowledged) throws IOException {
    int last = acknowledged;
    if (buckets
        .get("b", "key" + (acknowledged + 1) % 50, Optional.empty())
        .etag()
        .equals("blob" + (last + 1))) {
      last++;
    }
    for (int i = Math.max(0, last - 49); i <= last; i++) {
      assertThat(buckets.get("b", "key" + i % 50, Optional.empty()).etag()).isEqualTo("blob" + i);
      assertThat(buckets.uses(stored("blob" + i))).isTrue();
    }
    var given = new ArrayList<String>();
    for (int i = 0; i <= last - 50; i++) {
      given.add("blob" + i);
    }
    assertThat(buckets.doomed(1_000_000).values().stream().map(s -> s.manifest()).distinct())
        .as("from %d", from)
        .containsExactlyInAnyOrderElementsOf(
            given.stream().map(name -> stored(name).manifest()).toList());
    return last;
  }

  @Test
  void aFileCopiedAtAnyMomentHoldsWhatWasAcknowledged() throws Exception {
    Path file = directory.resolve("live.mv");
    try (Buckets buckets = Buckets.open(file)) {
      Simply.createBucket(buckets, "b", NOW);
      for (int i = 0; i < 60; i++) {
        put(buckets, "key" + i, "blob" + i);
        if (i % 10 == 9) {
          Path copy = directory.resolve("copy" + i);
          Files.copy(file, copy);
          try (Buckets reopened = Buckets.open(copy)) {
            assertThat(reopened.get("b", "key" + i, Optional.empty()).etag()).isEqualTo("blob" + i);
          }
        }
      }
    }
  }
}
