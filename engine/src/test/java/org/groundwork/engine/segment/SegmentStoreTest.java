package org.groundwork.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.engine.Samples;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentStoreTest {
  private final Segment segment = Samples.segment(0, Samples.report(1, 1, "\1a"));
  private final Segment other = Samples.segment(1, Samples.report(1, 2, "\1b"));
  @TempDir Path folder;
  private SegmentStore store;

  @BeforeEach
  void open() throws IOException {
    store = new SegmentStore(folder);
  }

  @Test
  void keepsSegmentsUnderTheirAddresses() throws IOException {
    store.put(segment);
    store.put(other);
    store.put(segment);
    SegmentStore reopened = new SegmentStore(folder);
    assertThat(reopened.list()).containsExactlyInAnyOrder(segment.hash(), other.hash()).isSorted();
    assertThat(reopened.get(segment.hash()).orElseThrow().canonical())
        .isEqualTo(segment.canonical());
    assertThat(reopened.has(Hash.ZERO)).isFalse();
    assertThat(reopened.get(Hash.ZERO)).isEmpty();
  }

  @Test
  void keepsNothingOfABadDelivery() throws IOException {
    byte[] sent = other.compress().toArray();
    assertThatThrownBy(() -> store.receive(segment.hash(), new ByteArrayInputStream(sent)))
        .isInstanceOf(Malformed.class);
    assertThat(store.list()).isEmpty();
  }

  @Test
  void keepsAGoodDelivery() throws IOException, Malformed {
    byte[] sent = segment.compress().toArray();
    assertThat(store.receive(segment.hash(), new ByteArrayInputStream(sent)).count()).isOne();
    assertThat(store.has(segment.hash())).isTrue();
  }

  @Test
  void aDamagedSegmentIsGoneAndCanBeFetchedAgain() throws IOException, Malformed {
    store.put(segment);
    Path file = file(segment);
    for (byte[] damaged : damages(Files.readAllBytes(file))) {
      Files.write(file, damaged);
      assertThat(store.get(segment.hash())).isEmpty();
      assertThat(store.has(segment.hash())).isFalse();
      store.receive(segment.hash(), new ByteArrayInputStream(segment.compress().toArray()));
      assertThat(store.get(segment.hash())).isPresent();
    }
  }

  private static List<byte[]> damages(byte[] content) {
    byte[] flipped = content.clone();
    flipped[content.length / 2] ^= 1;
    return List.of(flipped, Arrays.copyOf(content, content.length - 1), new byte[0]);
  }

  @Test
  void knowsWhichSegmentsAreOfEarlierEpochs() throws IOException {
    store.put(segment);
    EpochNumber epoch = segment.header().epoch();
    assertThat(store.listBefore(epoch)).isEmpty();
    assertThat(store.listBefore(epoch.next())).containsExactly(segment.hash());
    store.delete(segment.hash());
    assertThat(store.get(segment.hash())).isEmpty();
    assertThat(new SegmentStore(folder).list()).isEmpty();
  }

  @Test
  void findsSegmentsWhereTheyWereKeptOnce() throws IOException {
    store.put(segment);
    String digits = segment.hash().toHex().substring(2);
    Path old = folder.resolve(digits.substring(0, 2)).resolve(digits + ".segment");
    Files.createDirectories(old.getParent());
    Files.move(file(segment), old);
    SegmentStore reopened = new SegmentStore(folder);
    assertThat(reopened.get(segment.hash())).isPresent();
    assertThat(old).doesNotExist();
    assertThat(reopened.listBefore(segment.header().epoch().next())).hasSize(1);
  }

  @Test
  void removesWhatACrashLeftUnfinished() throws IOException {
    store.put(segment);
    Path leftOver = file(segment).resolveSibling("abc.segment-123.tmp");
    Files.write(leftOver, new byte[] {1});
    assertThat(new SegmentStore(folder).list()).containsExactly(segment.hash());
    assertThat(leftOver).doesNotExist();
  }

  private Path file(Segment kept) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      String digits = kept.hash().toHex().substring(2);
      return all.filter(path -> path.toString().contains(digits)).findFirst().orElseThrow();
    }
  }
}
