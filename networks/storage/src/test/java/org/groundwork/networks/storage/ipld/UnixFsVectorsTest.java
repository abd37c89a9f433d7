package org.groundwork.networks.storage.ipld;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixFsVectorsTest {
  @TempDir private Path folder;

  /** The blocks of a DAG in memory. */
  private static final class Collecting implements BlockSink, BlockSource {
    final Map<Cid, byte[]> blocks = new TreeMap<>();

    @Override
    public void leaf(Cid cid, byte[] block, long offset, int length) {
      blocks.put(cid, block);
    }

    @Override
    public void node(Cid cid, byte[] block) {
      blocks.put(cid, block);
    }

    @Override
    public Optional<byte[]> get(Cid cid) {
      return Optional.ofNullable(blocks.get(cid));
    }
  }

  private static Profile profile(JsonNode vector) {
    return Profile.named(vector.get("profile").textValue()).orElseThrow();
  }

  @Test
  void everyPayloadHasTheCidThatOthersGiveIt() throws IOException, Malformed {
    int checked = 0;
    for (JsonNode vector : Vectors.json("unixfs/unixfs-cids.json")) {
      if (vector.get("payload").isObject()) {
        continue;
      }
      byte[] payload = Vectors.payload(vector.get("payload").textValue());
      Collecting blocks = new Collecting();
      FileImporter.Dag dag =
          FileImporter.run(profile(vector), new ByteArrayInputStream(payload), blocks);
      assertThat(dag.cid()).as(vector.toString()).hasToString(vector.get("cid").textValue());
      assertThat(dag.fileBytes()).isEqualTo(payload.length);
      assertThat(blocks.blocks).hasSize(vector.get("blocks").intValue());
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      new Unpacking(blocks).write(dag.cid(), back);
      assertThat(Bytes.wrap(back.toByteArray())).isEqualTo(Bytes.wrap(payload));
      checked++;
    }
    assertThat(checked).isEqualTo(35);
  }

  @Test
  void everyFolderHasTheCidThatOthersGiveIt() throws IOException, Malformed {
    int checked = 0;
    for (JsonNode vector : Vectors.json("unixfs/unixfs-cids.json")) {
      if (!vector.get("payload").isObject()) {
        continue;
      }
      Path root = folder.resolve("root-" + checked);
      List<String> names = new ArrayList<>();
      for (Map.Entry<String, JsonNode> file : vector.get("payload").properties()) {
        Path path = root.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, Vectors.payload(file.getValue().textValue()));
        names.add(file.getKey());
      }
      Collecting blocks = new Collecting();
      FileImporter.Dag dag = FolderImporter.run(profile(vector), root, blocks);
      assertThat(dag.cid()).as(vector.toString()).hasToString(vector.get("cid").textValue());
      List<String> found = new ArrayList<>();
      new Unpacking(blocks).files(dag.cid(), (path, _, _) -> found.add(path));
      assertThat(found).containsExactlyElementsOf(names);
      checked++;
    }
    assertThat(checked).isEqualTo(3);
  }

  @Test
  void theCarsOfOthersHoldTheSameBlocks() throws IOException {
    int checked = 0;
    for (JsonNode vector : Vectors.json("unixfs/unixfs-cids.json")) {
      String name = "unixfs/" + vector.path("car").asText();
      if (UnixFsVectorsTest.class.getResource(name) == null || !vector.has("car")) {
        continue;
      }
      Collecting ours = new Collecting();
      byte[] payload = Vectors.payload(vector.get("payload").textValue());
      FileImporter.run(profile(vector), new ByteArrayInputStream(payload), ours);
      CarReader car = new CarReader(new ByteArrayInputStream(Vectors.file(name)));
      assertThat(car.header().roots())
          .extracting(Cid::toString)
          .containsExactly(vector.get("cid").textValue());
      int blocks = 0;
      for (Optional<CarReader.Block> block = car.next(); block.isPresent(); block = car.next()) {
        assertThat(ours.blocks).containsKey(block.get().cid());
        blocks++;
      }
      assertThat(blocks).isEqualTo(ours.blocks.size());
      checked++;
    }
    assertThat(checked).isEqualTo(5);
  }
}
