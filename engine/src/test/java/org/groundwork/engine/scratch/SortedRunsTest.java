package org.groundwork.engine.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.engine.scratch.SortedRuns.Entry;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedRunsTest {
  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::key).thenComparing(Entry::value);

  /** From everything in one buffer to many runs on disk. */
  private static final int[] BUFFERS = {1 << 20, 4096, 100};

  @TempDir private Path folder;

  @Test
  void comeOutInTheOrderOfKeysAndValuesWhateverTheBuffer() {
    for (int buffer : BUFFERS) {
      for (int seed = 0; seed < 20; seed++) {
        List<Entry> entries = entries(new Random(seed));
        SortedRuns runs = sorted(entries, buffer);
        entries.sort(ORDER);
        assertThat(list(runs.all())).as("buffer %s, seed %s", buffer, seed).isEqualTo(entries);
      }
    }
  }

  @Test
  void fallIntoRangesWithNothingLostOrTwice() {
    for (int buffer : BUFFERS) {
      Random random = new Random(buffer);
      List<Entry> entries = entries(random);
      SortedRuns runs = sorted(entries, buffer);
      List<Bytes> cuts = new ArrayList<>(runs.cuts(7));
      cuts.add(key(random));
      cuts.sort(null);
      List<Entry> joined = new ArrayList<>();
      Bytes from = Bytes.EMPTY;
      for (Bytes cut : cuts) {
        if (from.compareTo(cut) < 0) {
          joined.addAll(list(runs.range(from, cut)));
          from = cut;
        }
      }
      joined.addAll(list(runs.range(from, Bytes.EMPTY)));
      entries.sort(ORDER);
      assertThat(joined).as("buffer %s", buffer).isEqualTo(entries);
    }
  }

  @Test
  void leaveNoFileBehindEvenWhileTheyAreRead() throws IOException {
    List<Entry> entries = entries(new Random(1));
    SortedRuns runs = sorted(entries, 100);
    Iterator<Entry> reading = runs.all();
    assertThat(reading.hasNext()).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
    assertThat(list(reading)).hasSameSizeAs(entries);
  }

  private SortedRuns sorted(List<Entry> entries, int buffer) {
    SortedRuns runs = new SortedRuns(new Scratch(folder), buffer);
    int half = entries.size() / 2;
    for (List<Entry> part :
        List.of(entries.subList(0, half), entries.subList(half, entries.size()))) {
      try (SortedRuns.Writer writer = runs.writer();
          SortedRuns.Writer other = runs.writer()) {
        for (int i = 0; i < part.size(); i++) {
          (i % 3 == 0 ? other : writer).add(part.get(i).key(), part.get(i).value());
        }
      }
    }
    return runs.finish();
  }

  private static List<Entry> entries(Random random) {
    List<Entry> entries = new ArrayList<>();
    int count = random.nextInt(2000);
    for (int i = 0; i < count; i++) {
      entries.add(new Entry(key(random), bytes(random, random.nextInt(200))));
    }
    return entries;
  }

  /** Short, so that keys repeat and begin like others. */
  private static Bytes key(Random random) {
    return bytes(random, 1 + random.nextInt(3));
  }

  private static Bytes bytes(Random random, int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return Bytes.wrap(content);
  }

  private static List<Entry> list(Iterator<Entry> entries) {
    List<Entry> list = new ArrayList<>();
    entries.forEachRemaining(list::add);
    return list;
  }
}
