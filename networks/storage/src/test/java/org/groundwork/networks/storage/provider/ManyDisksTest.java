package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyDisksTest {
  private static final int BYTES = 4000;
  private static final long EACH = PieceStore.size(CommP.of(new byte[BYTES]));

  private final Random random = new Random(5);
  private Instant now = Instant.EPOCH;
  private final InstantSource clock = () -> now;
  @TempDir Path folder;
  private Path first;
  private Path second;

  @SuppressWarnings("NullAway.Init")
  ManyDisksTest() {}

  @BeforeEach
  void mount() throws IOException {
    first = Files.createDirectory(folder.resolve("first"));
    second = Files.createDirectory(folder.resolve("second"));
  }

  @Test
  void piecesGoWhereTheShareOfFreeRoomIsGreatest() throws Exception {
    try (PieceStore store = store(100, disk(first, 10), disk(second, 30))) {
      fill(store, 20);
      assertThat(store.count(at(store, first))).isEqualTo(5);
      assertThat(store.count(at(store, second))).isEqualTo(15);
      assertThat(store.freeBytes()).isEqualTo(20 * EACH);
    }
  }

  @Test
  void neitherADiskNorTheProviderTakesMoreThanItsLimit() throws Exception {
    try (PieceStore store = store(100, disk(first, 2), disk(second, 3))) {
      fill(store, 5);
      assertThatThrownBy(() -> add(store)).isInstanceOf(PieceStore.Full.class);
    }
    try (PieceStore store = store(6, disk(first, 50), disk(second, 50))) {
      fill(store, 1);
      assertThatThrownBy(() -> add(store))
          .isInstanceOf(PieceStore.Full.class)
          .hasMessageContaining("0 of " + 6 * EACH);
    }
  }

  @Test
  void aDiskThatIsGoneTakesItsOwnPiecesWithItAndNoOthers() throws Exception {
    List<PieceCommitment> pieces;
    try (PieceStore store = store(100, disk(first, 10), disk(second, 10))) {
      pieces = fill(store, 10);
    }
    Path away = folder.resolve("away");
    Files.move(second, away);
    Files.createDirectory(second); // What an unmounted disk leaves.
    try (PieceStore store = store(100, disk(first, 10), disk(second, 10))) {
      assertThat(at(store, second).condition()).isEqualTo(Disk.Condition.GONE);
      assertThat(store.count(at(store, second))).isEqualTo(5);
      int readable = 0;
      for (PieceCommitment piece : pieces) {
        assertThat(store.holds(piece)).isTrue();
        readable += isReadable(store, piece) ? 1 : 0;
        store.markDamaged(piece, "for the test");
      }
      assertThat(readable).isEqualTo(5);
      assertThat(store.damaged()).as("what is gone is not damaged").hasSize(5);
      add(store);
      assertThat(store.count(at(store, first))).isEqualTo(6);

      Files.delete(second);
      Files.move(away, second);
      store.step();
      assertThat(at(store, second).condition()).isEqualTo(Disk.Condition.ONLINE);
      for (PieceCommitment piece : pieces) {
        assertThat(isReadable(store, piece)).isTrue();
      }
    }
  }

  @Test
  void anEmptyMountPointIsNotTakenForANewDisk() {
    assertThatThrownBy(() -> store(100, disk(folder.resolve("missing"), 10)).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mount its disk");
  }

  @Test
  void aDrainedDiskIsEmptyAndNothingIsLost() throws Exception {
    try (PieceStore store = store(100, disk(first, 20), disk(second, 20));
        Drain drain = new Drain(store, Long.MAX_VALUE / 2)) {
      List<PieceCommitment> pieces = fill(store, 10);
      DrainMark.set(first);
      store.step();
      drain.step();
      assertThat(store.count(at(store, first))).isZero();
      assertThat(at(store, first).used()).isZero();
      assertThat(files(first.resolve("pieces"))).isEmpty();
      assertThat(drain.moved()).isEqualTo(5);
      assertThat(store.usedBytes()).isEqualTo(10 * EACH);
      scrub(store, pieces);
      add(store);
      assertThat(store.count(at(store, first))).isZero();
    }
    try (PieceStore store = store(100, disk(second, 20))) {
      assertThat(store.size()).isEqualTo(11);
    }
  }

  @Test
  void aDiskThatTakesNoWritesIsServedGivesUpPiecesAndIsDrainedByAMarkElsewhere() throws Exception {
    try (PieceStore store = store(100, disk(first, 20), disk(second, 20));
        Drain drain = new Drain(store, Long.MAX_VALUE / 2)) {
      List<PieceCommitment> pieces = fill(store, 10);
      Files.delete(first.resolve("trash"));
      Files.createFile(first.resolve("trash"));
      store.step();
      assertThat(at(store, first).condition()).isEqualTo(Disk.Condition.READ_ONLY);
      scrub(store, pieces);
      PieceCommitment unneeded = store.on(at(store, first)).getFirst();
      store.delete(unneeded);
      assertThat(store.holds(unneeded)).isFalse();
      assertThat(store.restore(unneeded)).isTrue();
      store.delete(unneeded);

      DrainMark.set(first, folder.resolve("own"));
      store.step();
      drain.step();
      assertThat(store.count(at(store, first))).isZero();
      assertThat(store.count(at(store, second))).isEqualTo(9);
      assertThat(DrainMark.clear(first, Optional.of(folder.resolve("own")))).isTrue();
      Files.delete(first.resolve("trash"));
      now = now.plus(Duration.ofHours(24));
      store.step();
      assertThat(at(store, first).isDraining()).isFalse();
      store.step();
      assertThat(store.restore(unneeded)).as("its time in the trash is over").isFalse();
    }
  }

  @Test
  void aPieceThatNobodyNeedsIsInTheTrashForItsTime() throws Exception {
    try (PieceStore store = store(100, disk(first, 10))) {
      PieceCommitment kept = add(store);
      PieceCommitment gone = add(store);
      store.delete(kept);
      store.delete(gone);
      assertThat(store.usedBytes()).isZero();
      assertThat(at(store, first).trashed()).isEqualTo(2 * EACH);
      assertThat(store.restore(kept)).isTrue();
      assertThat(isReadable(store, kept)).isTrue();
      now = now.plus(Duration.ofHours(24));
      store.step();
      assertThat(store.restore(gone)).isFalse();
      assertThat(files(first.resolve("trash"))).isEmpty();
      scrub(store, List.of(kept));
    }
    try (PieceStore store = store(100, disk(first, 10))) {
      assertThat(store.size()).isEqualTo(1);
      assertThat(at(store, first).trashed()).isZero();
    }
  }

  @Test
  void trashGivesWayToPiecesThatNeedItsRoom() throws Exception {
    try (PieceStore store = store(100, disk(first, 3))) {
      List<PieceCommitment> pieces = fill(store, 3);
      for (PieceCommitment piece : pieces) {
        now = now.plusSeconds(1);
        store.delete(piece);
      }
      fill(store, 2);
      assertThat(store.restore(pieces.get(0))).as("the oldest went first").isFalse();
      assertThat(store.restore(pieces.get(2))).isTrue();
      assertThat(at(store, first).used()).isEqualTo(3 * EACH);
    }
  }

  @Test
  void fsckNamesWhatIsWrongAndPutsRightWhatItCan() throws Exception {
    List<PieceCommitment> pieces;
    try (PieceStore store = store(100, disk(first, 50))) {
      pieces = fill(store, 5);
    }
    assertThat(Fsck.look(folder.resolve("own")).isClean()).isTrue();
    Path there = first.resolve("pieces");
    Files.delete(there.resolve(pieces.get(0) + ".data"));
    Files.write(there.resolve(pieces.get(1) + ".tree"), new byte[5]);
    Files.write(there.resolve(pieces.get(2) + ".data"), bytes());
    byte[] unknown = bytes();
    PieceCommitment orphan = CommP.of(unknown);
    Files.write(there.resolve(orphan + ".data"), unknown);
    PieceCommitment half = CommP.of(bytes());
    Files.write(there.resolve(half + ".data"), new byte[3]);
    Files.write(there.resolve(half + ".tree"), new byte[3]);

    Fsck.Report found = Fsck.look(folder.resolve("own"));
    assertThat(found.intact()).isEqualTo(3);
    assertThat(found.findings()).hasSize(6);
    assertThat(found.repaired()).isZero();

    Fsck.Report repaired = Fsck.repair(folder.resolve("own"), config(100, disk(first, 50)), clock);
    assertThat(repaired.isClean()).as("a damaged piece cannot be made again").isFalse();
    Fsck.Report after = Fsck.look(folder.resolve("own"));
    assertThat(after.findings()).containsOnlyKeys(pieces.get(2).pieceCidV2());
    assertThat(after.pieces()).isEqualTo(5);
    try (PieceStore store = store(100, disk(first, 50))) {
      scrub(store, List.of(pieces.get(1), pieces.get(3), pieces.get(4), orphan));
      assertThat(store.holds(pieces.get(0))).isFalse();
      assertThat(store.usedBytes()).isEqualTo(5 * EACH);
    }
  }

  private void scrub(PieceStore store, List<PieceCommitment> pieces) throws Exception {
    Scrubber scrubber = new Scrubber(store, Long.MAX_VALUE / 2, Duration.ofDays(1));
    for (PieceCommitment piece : pieces) {
      assertThat(store.holds(piece)).isTrue();
      scrubber.scrub(piece);
    }
    assertThat(store.damaged()).isEmpty();
  }

  private static boolean isReadable(PieceStore store, PieceCommitment piece) {
    try (OpenPiece open = store.open(piece)) {
      return open.prove(0).proof().height() == piece.height();
    } catch (IOException e) {
      return false;
    }
  }

  private List<PieceCommitment> fill(PieceStore store, int count) throws Exception {
    List<PieceCommitment> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(add(store));
    }
    return pieces;
  }

  private PieceCommitment add(PieceStore store) throws Exception {
    byte[] content = bytes();
    PieceCommitment piece = CommP.of(content);
    store.receive(piece, () -> new ByteArrayInputStream(content));
    return piece;
  }

  private byte[] bytes() {
    byte[] content = new byte[BYTES];
    random.nextBytes(content);
    return content;
  }

  private static DiskConfig disk(Path where, long pieces) {
    return new DiskConfig(where, pieces * EACH);
  }

  private ProviderConfig config(long pieces, DiskConfig... disks) {
    StoreConfig config = StoreConfig.DEFAULT.on(List.of(disks)).keepingTrash(Duration.ofHours(24));
    return ProviderConfig.of(
            org.groundwork.networks.storage.rules.StorageParameters.DEFAULT, pieces * EACH)
        .with(config);
  }

  private PieceStore store(long pieces, DiskConfig... disks) throws IOException {
    ProviderConfig config = config(pieces, disks);
    return new PieceStore(
        folder.resolve("own"), config.room().capacityBytes(), 0, config.store(), clock);
  }

  private static Disk at(PieceStore store, Path where) {
    return store.disks().stream()
        .filter(disk -> disk.folder().equals(where.toAbsolutePath().normalize()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files(Path where) throws IOException {
    try (var files = Files.list(where)) {
      return files.toList();
    }
  }
}
