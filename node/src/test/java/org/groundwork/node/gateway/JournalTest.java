package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.node.files.DamagedFile;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.testing.FaultyDisk;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SlotNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final SlotNumber SLOT = new SlotNumber(7);
  private static final EpochNumber EPOCH = new EpochNumber(1);

  @TempDir Path folder;
  private final Reporter reporter = new Reporter(1);

  @Test
  void readsWhatWasAppendedSlotBySlotInOrder() throws IOException {
    List<Report> first = reports(3);
    List<Report> second = reports(1);
    List<Report> other = reports(2);
    try (Journal journal = open()) {
      journal.append(SLOT, first);
      journal.append(SLOT.plus(1), other);
      journal.append(SLOT, second);
    }
    try (Journal journal = open()) {
      assertThat(journal.slots()).containsExactly(SLOT, SLOT.plus(1));
      assertThat(read(journal, SLOT)).containsExactly(first, second);
      assertThat(read(journal, SLOT.plus(1))).containsExactly(other);
    }
  }

  @Test
  void dropsATornTailWhereverItTears() throws IOException {
    List<Report> first = reports(2);
    List<Report> second = reports(2);
    try (Journal journal = open()) {
      journal.append(SLOT, first);
    }
    int kept = (int) Files.size(onlyFile());
    try (Journal journal = open()) {
      journal.append(SLOT, second);
    }
    Path next = files().getLast();
    byte[] whole = Files.readAllBytes(next);
    for (int length = 0; length < whole.length; length++) {
      Files.write(next, Arrays.copyOf(whole, length));
      try (Journal journal = open()) {
        assertThat(read(journal, SLOT)).containsExactly(first);
      }
      assertThat(Files.size(next)).isZero();
    }
    assertThat(Files.size(files().getFirst())).isEqualTo(kept);
  }

  @Test
  void saysWhereAFileIsDamagedInsteadOfDroppingWhatFollows() throws IOException {
    try (Journal journal = open()) {
      journal.append(SLOT, reports(2));
      journal.append(SLOT, reports(2));
      journal.append(SLOT, reports(2));
    }
    byte[] whole = Files.readAllBytes(onlyFile());
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      // Anywhere in the first two of three equal entries.
      damaged[random.nextInt(2 * whole.length / 3)] ^= (byte) (1 << random.nextInt(8));
      Files.write(onlyFile(), damaged);
      assertThatThrownBy(this::open).isInstanceOf(DamagedFile.class).hasMessageContaining("byte");
    }
  }

  @Test
  void aFullDiskRefusesTheCommitAndKeepsWhatWasThere() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    List<Report> first = reports(2);
    List<Report> refused = reports(3);
    List<Report> later = reports(2);
    try (Journal journal = Journal.open(folder, disk)) {
      journal.append(SLOT, first);
      for (int room = 0; room < 300; room += 37) {
        disk.leaveRoom(room);
        assertThatThrownBy(() -> journal.append(SLOT, refused))
            .hasMessage("No space left on device");
        assertThat(read(journal, SLOT)).containsExactly(first);
      }
      disk.leaveRoom(Long.MAX_VALUE);
      journal.append(SLOT, later);
    }
    try (Journal journal = open()) {
      assertThat(read(journal, SLOT)).containsExactly(first, later);
    }
  }

  @Test
  void goesOnInANewFileWhenAFailedWriteCannotBeCutOff() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    List<Report> first = reports(2);
    List<Report> later = reports(2);
    try (Journal journal = Journal.open(folder, disk)) {
      journal.append(SLOT, first);
      disk.failTruncate(true);
      disk.leaveRoom(100);
      assertThatThrownBy(() -> journal.append(SLOT, reports(2))).isInstanceOf(IOException.class);
      disk.leaveRoom(Long.MAX_VALUE);
      journal.append(SLOT, later);
      assertThat(read(journal, SLOT)).containsExactly(first, later);
    }
    try (Journal journal = open()) {
      assertThat(read(journal, SLOT)).containsExactly(first, later);
    }
  }

  @Test
  void aCommitThatCannotBeForcedIsNotThere() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    List<Report> first = reports(1);
    try (Journal journal = Journal.open(folder, disk)) {
      journal.append(SLOT, first);
      disk.failForce(true);
      assertThatThrownBy(() -> journal.append(SLOT, reports(1))).isInstanceOf(IOException.class);
      assertThat(read(journal, SLOT)).containsExactly(first);
    }
  }

  @Test
  void deletesASlot() throws IOException {
    try (Journal journal = open()) {
      journal.append(SLOT, reports(1));
      journal.append(SLOT.plus(1), reports(1));
      journal.delete(SLOT);
      assertThat(journal.slots()).containsExactly(SLOT.plus(1));
      journal.delete(SLOT.plus(1));
      List<Report> again = reports(1);
      journal.append(SLOT.plus(1), again);
      assertThat(read(journal, SLOT.plus(1))).containsExactly(again);
    }
  }

  private Journal open() throws IOException {
    return Journal.open(folder, GrowingFile.REAL);
  }

  static List<List<Report>> read(Journal journal, SlotNumber slot) throws IOException {
    List<List<Report>> commits = new ArrayList<>();
    journal.read(slot, commits::add);
    return commits;
  }

  private List<Report> reports(int count) {
    return Stream.generate(() -> reporter.report(EPOCH)).limit(count).toList();
  }

  private Path onlyFile() throws IOException {
    assertThat(files()).hasSize(1);
    return files().getFirst();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
