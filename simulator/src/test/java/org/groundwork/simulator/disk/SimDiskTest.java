package org.groundwork.simulator.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.groundwork.engine.store.HashFolder;
import org.groundwork.node.files.RecordLog;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Test;

/** What a crash leaves; and that what the system calls durable is. */
class SimDiskTest {
  /** Of what was not forced, nothing survives. */
  private static final Chance NOTHING = _ -> 0;

  /** All of it does. */
  private static final Chance EVERYTHING = bound -> bound - 1;

  private final SimDisk disk = new SimDisk(NOTHING, false);

  @Test
  void whatWasNotForcedIsLost() throws IOException {
    write(disk.root().resolve("file"), true, true);
    append(disk.root().resolve("file"));
    disk.crash();
    assertThat(Files.readAllBytes(disk.root().resolve("file"))).containsExactly(1, 2, 3);
  }

  @Test
  void whatWasNotForcedMaySurvive() throws IOException {
    SimDisk lucky = new SimDisk(EVERYTHING, false);
    write(lucky.root().resolve("file"), false, false);
    lucky.crash();
    assertThat(Files.readAllBytes(lucky.root().resolve("file"))).containsExactly(1, 2, 3);
  }

  @Test
  void aFileWhoseFolderWasNotForcedHasNoName() throws IOException {
    write(disk.root().resolve("file"), true, false);
    disk.crash();
    assertThat(Files.exists(disk.root().resolve("file"))).isFalse();
  }

  @Test
  void aRenameThatWasNotForcedIsUndone() throws IOException {
    write(disk.root().resolve("old"), true, true);
    Files.move(
        disk.root().resolve("old"),
        disk.root().resolve("new"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    disk.crash();
    assertThat(Files.exists(disk.root().resolve("old"))).isTrue();
    assertThat(Files.exists(disk.root().resolve("new"))).isFalse();
  }

  @Test
  void aProcessDiesAtItsChangeAndReadsNothingAnyMore() throws IOException {
    Path file = disk.root().resolve("file");
    write(file, true, true);
    disk.crashAfter(0);
    assertThatThrownBy(() -> append(file)).isInstanceOf(Crashed.class);
    disk.crash();
    assertThatThrownBy(() -> Files.readAllBytes(file)).isInstanceOf(Crashed.class);
    assertThat(Files.readAllBytes(disk.root().resolve("file"))).containsExactly(1, 2, 3);
  }

  @Test
  void aDiskThatForgetsLosesWhatWasForced() throws IOException {
    SimDisk forgetful = new SimDisk(NOTHING, true);
    write(forgetful.root().resolve("file"), true, true);
    forgetful.crash();
    assertThat(Files.exists(forgetful.root().resolve("file"))).isFalse();
  }

  @Test
  void whatAHashFolderTookIsThereAfterACrash() throws IOException {
    Bytes content = Bytes.of((byte) 7);
    var name = Sha256.hash(content.toArray());
    new HashFolder(disk.root().resolve("a/b"), ".thing").put(name, content);
    disk.crash();
    assertThat(new HashFolder(disk.root().resolve("a/b"), ".thing").get(name)).contains(content);
  }

  @Test
  void whatARecordLogTookIsThereAfterACrash() throws IOException {
    Bytes record = new CanonicalWriter().u64(7).toBytes();
    RecordLog.open(disk.root().resolve("a/log"), _ -> {}).append(record);
    disk.crash();
    long[] read = new long[1];
    RecordLog.open(disk.root().resolve("a/log"), in -> read[0] = in.u64());
    assertThat(read).containsExactly(7);
  }

  @Test
  void foldersListWhatIsInThem() throws IOException {
    Files.createDirectories(disk.root().resolve("a/b"));
    write(disk.root().resolve("a/file"), false, false);
    try (var children = Files.list(disk.root().resolve("a"))) {
      assertThat(children.map(Path::toString).toList()).isEqualTo(List.of("/a/b", "/a/file"));
    }
  }

  private static void write(Path file, boolean force, boolean forceName) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      if (force) {
        channel.force(true);
      }
    }
    if (forceName) {
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  private static void append(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {4}), 3);
    }
  }
}
