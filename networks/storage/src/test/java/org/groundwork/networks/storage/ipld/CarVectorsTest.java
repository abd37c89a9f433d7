package org.groundwork.networks.storage.ipld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarVectorsTest {
  @TempDir private Path folder;

  private static CarReader open(byte[] content) throws IOException {
    return new CarReader(new ByteArrayInputStream(content));
  }

  private static List<CarReader.Block> blocks(CarReader car) throws IOException {
    List<CarReader.Block> blocks = new ArrayList<>();
    for (Optional<CarReader.Block> block = car.next(); block.isPresent(); block = car.next()) {
      blocks.add(block.get());
    }
    return blocks;
  }

  @Test
  void everyCarIsReadAndWrittenAgain() throws IOException {
    int checked = 0;
    for (JsonNode vector : Vectors.json("car/index.json")) {
      if (!vector.has("roots")) {
        continue;
      }
      byte[] content = Vectors.file("car/" + vector.get("file").textValue());
      CarReader car = open(content);
      List<CarReader.Block> blocks = blocks(car);
      assertSame(vector, car, blocks);
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      CarWriter writer = new CarWriter(again, car.header().roots());
      for (CarReader.Block block : blocks) {
        writer.block(block.cid(), block.content().unsafeArray());
      }
      assertThat(Bytes.wrap(again.toByteArray())).isEqualTo(Bytes.wrap(content));
      checked++;
    }
    assertThat(checked).isEqualTo(19);
  }

  private static void assertSame(JsonNode vector, CarReader car, List<CarReader.Block> blocks) {
    String name = vector.get("file").textValue();
    List<String> roots = new ArrayList<>();
    vector.get("roots").forEach(root -> roots.add(root.textValue()));
    assertThat(car.header().roots()).as(name).extracting(Cid::toString).isEqualTo(roots);
    assertThat(blocks).as(name).hasSize(vector.get("blockCount").intValue());
    int i = 0;
    for (JsonNode expected : vector.get("blocks")) {
      CarReader.Block block = blocks.get(i++);
      assertThat(block.cid()).hasToString(expected.get("cid").textValue());
      assertThat(block.cid().codec()).isEqualTo(Long.decode(expected.get("codec").textValue()));
      assertThat(block.content().size()).isEqualTo(expected.get("size").intValue());
    }
  }

  @Test
  void aCarOfVersionTwoHoldsTheSame() throws IOException {
    int checked = 0;
    for (JsonNode vector : Vectors.json("car/index.json")) {
      if (!vector.has("carv2Wrapped")) {
        continue;
      }
      CarReader car = open(Vectors.file("car/" + vector.at("/carv2Wrapped/file").textValue()));
      assertThat(car.version()).isEqualTo(2);
      assertSame(vector, car, blocks(car));
      checked++;
    }
    assertThat(checked).isEqualTo(4);
  }

  @Test
  void whatVersionTwoPutsBeforeAPayloadIsReadAgain() throws IOException {
    byte[] payload = Vectors.file("car/fixtures__dir_listing__fixtures.car");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(CarWriter.versionTwoPrefix(payload.length));
    out.writeBytes(payload);
    out.writeBytes(new byte[100]);
    CarReader car = open(out.toByteArray());
    assertThat(car.version()).isEqualTo(2);
    assertThat(blocks(car)).isEqualTo(movedBy(51, blocks(open(payload))));
  }

  private static List<CarReader.Block> movedBy(long bytes, List<CarReader.Block> blocks) {
    return blocks.stream()
        .map(block -> new CarReader.Block(block.cid(), block.content(), block.offset() + bytes))
        .toList();
  }

  @Test
  void damagedFilesAreRefusedWithThePlace() throws IOException {
    Map<String, String> messages =
        Map.of(
            "bad-block-bitflip.car", "is not the content of its CID baf",
            "bad-truncated.car", "the file ends at 1922, inside of the block at",
            "bad-header-length.car", "the header names",
            "bad-empty-file.car", "the file is empty: no header");
    int checked = 0;
    for (JsonNode vector : Vectors.json("car/malformed.json")) {
      String name = vector.get("file").textValue();
      byte[] content = Vectors.file("car/" + name);
      assertThatThrownBy(() -> blocks(open(content)))
          .as(name)
          .isInstanceOf(CarException.class)
          .hasMessageContaining(messages.get(name));
      checked++;
    }
    assertThat(checked).isEqualTo(4);
  }

  @Test
  void aFileOnDiskGivesItsBlocksInAnyOrder() throws IOException {
    Path file = folder.resolve("some.car");
    byte[] content = Vectors.file("car/fixtures__dir_listing__fixtures.car");
    Files.write(file, content);
    List<CarReader.Block> blocks = blocks(open(content));
    try (CarFile car = new CarFile(file)) {
      assertThat(car.blocks()).isEqualTo(blocks.size());
      for (CarReader.Block block : blocks.reversed()) {
        assertThat(Bytes.wrap(car.require(block.cid()))).isEqualTo(block.content());
      }
      Cid missing = Cid.of(1, Cid.RAW, new byte[] {1});
      assertThatThrownBy(() -> car.require(missing))
          .isInstanceOf(MissingBlockException.class)
          .hasMessageContaining(missing.toString());
    }
  }

  @Test
  void theRootIsPutInWhenItIsKnown() throws IOException {
    byte[] block = {1, 2, 3};
    Cid placeholder = Cid.of(1, Cid.RAW, new byte[0]);
    Cid root = Cid.of(1, Cid.RAW, block);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CarWriter(out, List.of(placeholder)).block(root, block);
    Path file = folder.resolve("root.car");
    Files.write(file, out.toByteArray());
    CarWriter.replaceRoot(file, 0, root);
    try (CarFile car = new CarFile(file)) {
      assertThat(car.roots()).containsExactly(root);
    }
  }
}
