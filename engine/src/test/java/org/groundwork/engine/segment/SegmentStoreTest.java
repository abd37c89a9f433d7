package org.groundwork.engine.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.groundwork.engine.Samples;
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
  void noticesDamageOnDisk() throws IOException {
    store.put(segment);
    byte[] content = Files.readAllBytes(store.path(segment.hash()));
    content[content.length / 2] ^= 1;
    Files.write(store.path(segment.hash()), content);
    assertThatThrownBy(() -> store.get(segment.hash()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void removesWhatACrashLeftUnfinished() throws IOException {
    store.put(segment);
    Path leftOver = store.path(segment.hash()).resolveSibling("abc.segment-123.tmp");
    Files.write(leftOver, new byte[] {1});
    assertThat(new SegmentStore(folder).list()).containsExactly(segment.hash());
    assertThat(leftOver).doesNotExist();
  }
}
