package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceStoreTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private final Random random = new Random(8);
  @TempDir Path folder;

  // NullAway does not know that JUnit fills a @TempDir.
  @SuppressWarnings("NullAway.Init")
  PieceStoreTest() {}

  @Test
  void whatWasStoredIsThereAfterARestart() throws Exception {
    PieceStore store = new PieceStore(folder, 1 << 20, 0, CLOCK);
    byte[] content = bytes(10_000);
    PieceCommitment piece = CommP.of(content);
    assertThat(store.receive(piece, () -> new ByteArrayInputStream(content))).isTrue();
    Files.writeString(folder.resolve("incoming/7.data"), "torn");
    Files.writeString(folder.resolve("pieces/notes.data"), "not a piece");
    PieceStore again = new PieceStore(folder, 1 << 20, 0, CLOCK);
    assertThat(again.pieces()).containsExactly(piece);
    assertThat(again.usedBytes()).isEqualTo(store.usedBytes());
    assertThat(files("incoming")).isZero();
    try (OpenPiece open = again.open(piece)) {
      ByteBuffer all = ByteBuffer.allocate(10_000);
      open.read(0, all);
      assertThat(all.array()).isEqualTo(content);
    }
    again.delete(piece);
    assertThat(again.usedBytes()).isZero();
    assertThat(files("pieces")).isEqualTo(1);
  }

  @Test
  void aFileThatWasCutOffIsDamaged() throws Exception {
    PieceStore store = new PieceStore(folder, 1 << 20, 0, CLOCK);
    byte[] content = bytes(10_000);
    PieceCommitment piece = CommP.of(content);
    store.receive(piece, () -> new ByteArrayInputStream(content));
    Files.write(folder.resolve("pieces/" + piece.pieceCidV2() + ".data"), bytes(99));
    assertThat(new PieceStore(folder, 1 << 20, 0, CLOCK).damaged())
        .containsOnlyKeys(piece.pieceCidV2());
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    PieceStore store = new PieceStore(folder, 1 << 20, 0, CLOCK);
    PieceCommitment piece = CommP.of(bytes(300_000));
    InputStream broken =
        new FilterInputStream(new ByteArrayInputStream(bytes(200_000))) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read < 0) {
              throw new IOException("connection reset");
            }
            return read;
          }
        };
    assertThatThrownBy(() -> store.receive(piece, () -> broken)).hasMessage("connection reset");
    assertNothingLeft(store);
  }

  @Test
  void aDiskThatFillsUpMidwayIsSaidAndLeavesNothing() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
        .as("tmpfs can be mounted")
        .isZero();
    try (PieceStore store = new PieceStore(disk, 1 << 30, 0, CLOCK)) {
      byte[] content = bytes(1_500_000);
      InputStream filling =
          new FilterInputStream(new ByteArrayInputStream(content)) {
            private boolean filled;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
              if (!filled) {
                filled = true;
                Files.write(disk.resolve("other"), new byte[1_000_000]);
              }
              return super.read(into, offset, length);
            }
          };
      PieceCommitment piece = CommP.of(content);
      assertThatThrownBy(() -> store.receive(piece, () -> filling))
          .isInstanceOf(PieceStore.Full.class)
          .hasMessage("The disk is full.");
      assertThat(store.holds(piece)).isFalse();
      assertThat(store.usedBytes()).isZero();
      assertThat(count(disk.resolve("incoming"))).isZero();
      assertThatThrownBy(() -> store.receive(piece, () -> new ByteArrayInputStream(content)))
          .isInstanceOf(PieceStore.Full.class)
          .hasMessageContaining("bytes left");
      Files.delete(disk.resolve("other"));
      assertThat(store.receive(piece, () -> new ByteArrayInputStream(content))).isTrue();
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  /** A process that stores pieces is killed; every piece that it acknowledged is there whole. */
  @Test
  void nothingAcknowledgedIsLostWhenTheProcessIsKilled() throws Exception {
    for (int round = 0; round < 4; round++) {
      Path root = folder.resolve("round-" + round);
      Path told = folder.resolve("told-" + round);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StoringProcess.class.getName(),
                  root.toString(),
                  Integer.toString(round))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(told.toFile())
              .start();
      long kill = 500L + random.nextInt(3000);
      Sim.await("some pieces", () -> told.toFile().length() >= kill);
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      String whole = Files.readString(told);
      assertAcknowledged(root, whole.substring(0, whole.lastIndexOf('\n')).lines().toList());
    }
  }

  private static void assertAcknowledged(Path root, List<String> acknowledged) throws Exception {
    assertThat(acknowledged).hasSizeGreaterThan(3);
    PieceStore store = new PieceStore(root, 1L << 30, 0, CLOCK);
    Scrubber scrubber = new Scrubber(store, Long.MAX_VALUE / 2, Duration.ofDays(1));
    for (String cid : acknowledged) {
      PieceCommitment piece = PieceCommitment.parse(cid);
      assertThat(store.holds(piece)).isTrue();
      scrubber.scrub(piece);
    }
    assertThat(store.damaged()).isEmpty();
  }

  private void assertNothingLeft(PieceStore store) throws IOException {
    assertThat(store.usedBytes()).isZero();
    assertThat(store.pieces()).isEmpty();
    assertThat(files("incoming")).isZero();
    assertThat(files("pieces")).isZero();
  }

  private long files(String where) throws IOException {
    return count(folder.resolve(where));
  }

  private static long count(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files.count();
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  private byte[] bytes(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }
}
