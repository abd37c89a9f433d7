package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dgroundwork.index.pieces=1000000} measures the opening of a large index. */
class PieceIndexTest {
  private static final int PIECES = Integer.getInteger("groundwork.index.pieces", 20_000);
  private static final PieceIndex.Place PLACE =
      new PieceIndex.Place(1, Instant.ofEpochSecond(1000));

  @TempDir private Path folder;

  @Test
  void whatWasWrittenIsThereAgainWithoutReadingAnyFolder() throws Exception {
    Path file = folder.resolve("pieces.log");
    try (PieceIndex index = new PieceIndex(file)) {
      index.disk(new PieceIndex.Known(1, Bytes.wrap(new byte[16]), Path.of("no-such-folder")));
      for (int i = 0; i < PIECES; i++) {
        index.announce(piece(i), PLACE);
        index.show(piece(i), PLACE);
      }
      index.trash(piece(1), PLACE);
      index.remove(piece(2));
      index.force();
    }
    long start = System.nanoTime();
    try (PieceIndex index = new PieceIndex(file)) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.printf(
          "index: %d pieces, %d bytes, opened in %d ms%n", PIECES, Files.size(file), millis);
      assertThat(index.pieces()).hasSize(PIECES - 2);
      assertThat(index.find(piece(0))).contains(PLACE);
      assertThat(index.findTrashed(piece(1))).contains(PLACE);
      assertThat(index.find(piece(2))).isEmpty();
      assertThat(index.disks()).hasSize(1);
    }
  }

  @Test
  void manyChangesOfFewPiecesDoNotMakeItGrowForEver() throws Exception {
    Path file = folder.resolve("pieces.log");
    for (int round = 0; round < 4; round++) {
      try (PieceIndex index = new PieceIndex(file)) {
        for (int i = 0; i < 6_000; i++) {
          index.announce(piece(7), PLACE);
          index.show(piece(7), PLACE);
          index.remove(piece(7));
        }
        index.announce(piece(8), PLACE);
        index.show(piece(8), PLACE);
      }
    }
    try (PieceIndex index = new PieceIndex(file)) {
      assertThat(index.pieces()).containsOnlyKeys(piece(8));
      assertThat(Files.size(file)).isLessThan(1_000);
    }
  }

  @Test
  void aTornRecordAtTheEndIsDropped() throws Exception {
    Path file = folder.resolve("pieces.log");
    try (PieceIndex index = new PieceIndex(file)) {
      for (int i = 0; i < 3; i++) {
        index.announce(piece(i), PLACE);
      }
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
    try (PieceIndex index = new PieceIndex(file)) {
      assertThat(index.pieces()).containsOnlyKeys(piece(0), piece(1));
      assertThat(index.recent()).isEqualTo(List.of(piece(0), piece(1)));
    }
  }

  @FuzzTest
  void recordsAreReadOrRefused(byte[] input) {
    try {
      new PieceIndex.State().restore(Bytes.of(input));
    } catch (Malformed refused) {
      return;
    }
  }

  private static PieceCommitment piece(int number) {
    byte[] root = Sha256.hash(ByteBuffer.allocate(4).putInt(number).array()).bytes().toArray();
    root[31] &= 0x3f;
    return new PieceCommitment(1000, 5, Hash.wrap(root));
  }
}
