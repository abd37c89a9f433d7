package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.EpochNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pieces and deals that a provider of the version before kept are there. Made by {@link
 * PreviousProvider}.
 */
class ProviderUpgradeTest {
  private static final String BEFORE = "provider-0";

  @TempDir private Path folder;

  @Test
  void piecesAndDealsOfThePreviousVersionAreThere() throws Exception {
    copy();
    PieceStore store = new PieceStore(folder, 1 << 20, 0, PreviousProvider.CLOCK);
    assertThat(store.pieces()).hasSize(2);
    assertThat(store.damaged()).isEmpty();
    for (int i = 0; i < 2; i++) {
      byte[] content = PreviousProvider.content(i);
      PieceCommitment piece = CommP.of(content);
      try (OpenPiece open = store.open(piece)) {
        ByteBuffer read = ByteBuffer.allocate(content.length);
        open.read(0, read);
        assertThat(read.array()).isEqualTo(content);
        ByteBuffer tree = ByteBuffer.allocate(Math.toIntExact(open.treeSize()));
        open.readTree(tree);
        CommP made = new CommP(CommP.Keep.TREE);
        made.update(content, 0, content.length);
        assertThat(tree.array()).isEqualTo(made.finishTree().nodes().toArray());
      }
    }
    try (DealBook book = new DealBook(folder.resolve("deals.log"))) {
      List<DealBook.Entry> entries = book.entries();
      assertThat(entries)
          .extracting(DealBook.Entry::signed)
          .containsExactly(PreviousProvider.deal(0), PreviousProvider.deal(1));
      assertThat(entries.get(0).promise()).contains(PreviousProvider.promise());
      assertThat(entries.get(0).opened()).contains(new EpochNumber(4));
      assertThat(entries.get(0).ended()).contains(new EpochNumber(5));
      assertThat(entries.get(1).promise()).isEmpty();
    }
  }

  private void copy() throws Exception {
    Path saved =
        Path.of(Objects.requireNonNull(ProviderUpgradeTest.class.getResource(BEFORE)).toURI());
    try (Stream<Path> files = Files.walk(saved)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(saved.relativize(file).toString());
        Files.createDirectories(target.resolveSibling(""));
        Files.copy(file, target);
      }
    }
  }
}
