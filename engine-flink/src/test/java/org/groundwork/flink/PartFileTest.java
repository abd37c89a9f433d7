package org.groundwork.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {
  @TempDir Path folder;

  @Test
  void isThereWholeOrNotAtAll() throws IOException {
    Path path = folder.resolve("a.part");
    try (PartFile.Writer out = new PartFile.Writer(path)) {
      out.add(Bytes.EMPTY, bytes(1));
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void refusesEveryDamagedByteAndEveryCut() throws IOException {
    Path path = write("a.part", 1, 200, 3);
    byte[] good = Files.readAllBytes(path);
    assertThat(read(path)).containsExactly(bytes(1), bytes(200), bytes(3));
    for (int i = 0; i < good.length; i++) {
      byte[] damaged = good.clone();
      damaged[i] ^= 0x10;
      Files.write(path, damaged);
      assertThatThrownBy(() -> read(path)).as("byte %s", i).isInstanceOf(Exception.class);
      Files.write(path, Bytes.wrap(good).slice(0, i).toArray());
      assertThatThrownBy(() -> read(path)).as("cut at %s", i).isInstanceOf(Exception.class);
    }
  }

  @Test
  void partsAreReadAsOneAscendingByUnsignedKey() throws IOException {
    List<Path> parts =
        List.of(write("a.part", 1, 5, 5, 200), write("b.part"), write("c.part", 2, 127, 255));
    MergedParts<Bytes> merged = new MergedParts<>(parts, value -> value);
    for (int time = 0; time < 2; time++) {
      assertThat(merged)
          .containsExactly(
              bytes(1), bytes(2), bytes(5), bytes(5), bytes(127), bytes(200), bytes(255));
    }
  }

  private Path write(String name, int... keys) throws IOException {
    Path path = folder.resolve(name);
    try (PartFile.Writer out = new PartFile.Writer(path)) {
      for (int key : keys) {
        out.add(bytes(key), bytes(key));
      }
      out.finish();
    }
    return path;
  }

  private static List<Bytes> read(Path path) {
    List<Bytes> all = new ArrayList<>();
    new MergedParts<>(List.of(path), value -> value).forEach(all::add);
    return all;
  }

  private static Bytes bytes(int value) {
    return Bytes.of((byte) value);
  }
}
