package org.groundwork.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.engine.Samples;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentIndexTest {
  private static final SegmentIndex INDEX =
      new SegmentIndex(
          Samples.DOMAIN.deployment(),
          Samples.EPOCH,
          Samples.GATEWAY,
          Stream.of(entry("one", "v1", "v2"), entry("two"), entry("three", "v3"))
              .sorted((a, b) -> a.segment().compareTo(b.segment()))
              .toList());

  @Test
  void readsBackWhatItWrote() throws Malformed {
    assertThat(SegmentIndex.decode(INDEX.encode())).isEqualTo(INDEX);
  }

  @Test
  void refusesTrailingBytesAndEveryTruncation() {
    Bytes whole = INDEX.encode();
    Bytes longer = new CanonicalWriter().raw(whole).u8(0).toBytes();
    assertThatThrownBy(() -> SegmentIndex.decode(longer)).isInstanceOf(Malformed.class);
    for (int size = 0; size < whole.size(); size++) {
      Bytes part = whole.slice(0, size);
      assertThatThrownBy(() -> SegmentIndex.decode(part)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void refusesEntriesAndSignaturesOutOfOrder() {
    List<IndexEntry> reversed = INDEX.entries().reversed();
    assertThatThrownBy(
            () -> new SegmentIndex(INDEX.deployment(), INDEX.epoch(), INDEX.gateway(), reversed))
        .isInstanceOf(IllegalArgumentException.class);
    List<SlotSignature> two = signatures("one", "v1", "v2");
    assertThatThrownBy(() -> new IndexEntry(Hash.ZERO, 1, 1, two.reversed()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new IndexEntry(Hash.ZERO, 1, 1, List.of(two.getFirst(), two.getFirst())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsIndexesAndLetsGoOfDamagedOnes(@TempDir Path folder) throws IOException {
    IndexStore store = new IndexStore(folder);
    Hash hash = store.put(INDEX);
    assertThat(store.get(hash)).contains(INDEX);
    assertThat(store.list()).containsExactly(hash);
    assertThat(store.get(Hash.ZERO)).isEmpty();
    Path file =
        folder.resolve(hash.toHex().substring(2, 4)).resolve(hash.toHex().substring(2) + ".index");
    byte[] content = Files.readAllBytes(file);
    content[content.length - 1] ^= 1;
    Files.write(file, content);
    assertThat(store.get(hash)).isEmpty();
    assertThat(store.has(hash)).isFalse();
  }

  private static IndexEntry entry(String segment, String... verifiers) {
    return new IndexEntry(Samples.hash(segment), 100, 1, signatures(segment, verifiers));
  }

  private static List<SlotSignature> signatures(String segment, String... verifiers) {
    return Stream.of(verifiers)
        .map(name ->
            SlotSignature.sign(
                Samples.DOMAIN,
                Samples.EPOCH,
                Samples.GATEWAY,
                Samples.hash(segment),
                new SlotNumber(420),
                Samples.key(name)))
        .sorted((a, b) -> a.verifier().compareTo(b.verifier()))
        .toList();
  }
}
