package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway's folder may be lost: keys and network are enough. */
class RebuildTest {
  private final MemoryNetwork network = new MemoryNetwork().with(8);
  private final Random random = new Random(9);
  private final Names names = new Names();
  @TempDir private Path folder;

  /** Names of objects, as an S3 endpoint has them. */
  private static final class Names implements MetadataSource {
    final TreeMap<Bytes, Bytes> entries = new TreeMap<>();
    long version;

    void put(int number, Stored stored) {
      entries.put(Bytes.of((byte) (number >> 8), (byte) number), stored.manifest());
      version++;
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public void writeTo(Sink sink) throws IOException {
      for (Map.Entry<Bytes, Bytes> entry : entries.entrySet()) {
        sink.entry("names", entry.getKey(), entry.getValue());
      }
    }
  }

  @Test
  void everyObjectReadsEqualAfterTheFolderIsGone() throws Exception {
    Map<Bytes, byte[]> contents = new TreeMap<>();
    try (MemoryCustomer customer = new MemoryCustomer(network, folder.resolve("first"))) {
      for (int i = 0; i < 17; i++) {
        Stored stored = put(customer, i, contents);
        if (i % 5 == 0) {
          assertThat(customer.get().saveMetadata(names)).isTrue();
          assertThat(customer.get().saveMetadata(names)).isFalse();
        }
        if (i == 13) {
          customer.get().delete(stored);
          contents.remove(stored.manifest());
        }
      }
      assertThat(customer.get().saveMetadata(names)).isTrue();
    }
    // Any three of the eight may be gone as well.
    List.copyOf(network.nodes.values()).subList(2, 5).forEach(node -> node.down = true);
    try (MemoryCustomer rebuilt = new MemoryCustomer(network, folder.resolve("second"))) {
      Names restored = new Names();
      rebuilt
          .get()
          .restoreMetadata((space, key, value) -> {
            assertThat(space).isEqualTo("names");
            restored.entries.put(key, value);
          });
      assertThat(restored.entries).isEqualTo(names.entries);
      for (Map.Entry<Bytes, byte[]> each : contents.entrySet()) {
        assertThat(rebuilt.read(new Stored(each.getKey(), each.getValue().length)))
            .isEqualTo(each.getValue());
      }
      assertThat(rebuilt.get().repair(false).unrecoverable()).isZero();
      assertThat(rebuilt.get().saveMetadata(restored)).isTrue();
    }
  }

  @Test
  void aSnapshotStoresWhatChangedAndGivesUpWhatItReplaced() throws Exception {
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Map<Bytes, byte[]> contents = new TreeMap<>();
      for (int i = 0; i < 4; i++) {
        put(customer, i, contents);
      }
      // 2,000 names make some 30 chunks.
      for (int i = 1000; i < 3000; i++) {
        names.put(i, new Stored(Bytes.of((byte) i), 1));
      }
      customer.get().saveMetadata(names);
      long placed = customer.get().progress().placedPieces();
      int deals = deals();
      names.put(2000, new Stored(Bytes.of((byte) 77), 1));
      assertThat(customer.get().saveMetadata(names)).isTrue();
      // One chunk and the directory, six pieces each.
      assertThat(customer.get().progress().placedPieces() - placed).isEqualTo(12);
      assertThat(deals()).isEqualTo(deals);
      customer.restart();
      assertThat(customer.get().saveMetadata(names)).isFalse();
      assertThat(deals()).isEqualTo(deals);
    }
  }

  @Test
  void withoutTheMasterKeyOrAnyRootThereIsNothing() throws Exception {
    try (MemoryCustomer customer = new MemoryCustomer(network, folder.resolve("first"))) {
      customer.get().saveMetadata(names);
    }
    network.nodes.values().forEach(node -> node.roots.clear());
    try (MemoryCustomer rebuilt = new MemoryCustomer(network, folder.resolve("second"))) {
      assertThatThrownBy(() -> rebuilt.get().restoreMetadata((_, _, _) -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no provider has a snapshot");
    }
  }

  private Stored put(MemoryCustomer customer, int number, Map<Bytes, byte[]> contents)
      throws Exception {
    byte[] content = new byte[1 + random.nextInt(100_000)];
    random.nextBytes(content);
    Stored stored = customer.put(content);
    contents.put(stored.manifest(), content);
    names.put(number, stored);
    return stored;
  }

  private int deals() {
    return network.nodes.values().stream().mapToInt(node -> node.deals.size()).sum();
  }
}
