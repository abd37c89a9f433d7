package org.groundwork.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.RandomScene;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
  private static final Scene SCENE = RandomScene.of(new Random(3));
  private static final PublishedResult RESULT = SCENE.run().published();
  private static final List<SegmentIndex> INDEXES =
      List.copyOf(SCENE.files(new Cut(0, 1)).indexes().values());
  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws Malformed {
    for (int seed = 0; seed < 5; seed++) {
      PublishedResult result = RandomScene.of(new Random(seed)).run().published();
      assertThat(ResultFiles.decode(ResultFiles.encode(result, List.of()))).isEqualTo(result);
    }
    PublishedResult empty = new Scene().run().published();
    assertThat(ResultFiles.decode(ResultFiles.encode(empty, List.of()))).isEqualTo(empty);
  }

  @Test
  void refusesAResultWithAnyFileMissingOrAdded() {
    SortedMap<String, Bytes> files = ResultFiles.encode(RESULT, INDEXES);
    for (String path : files.keySet()) {
      SortedMap<String, Bytes> fewer = new TreeMap<>(files);
      fewer.remove(path);
      assertThatThrownBy(() -> ResultFiles.decode(fewer)).as(path).isInstanceOf(Malformed.class);
    }
    files.put("more.json", Bytes.EMPTY);
    assertThatThrownBy(() -> ResultFiles.decode(files)).isInstanceOf(Malformed.class);
  }

  @Test
  void refusesEveryFileThatWasChanged() {
    SortedMap<String, Bytes> files = ResultFiles.encode(RESULT, INDEXES);
    Random random = new Random(1);
    for (String path : files.keySet()) {
      for (int i = 0; i < 20; i++) {
        byte[] content = files.get(path).toArray();
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        SortedMap<String, Bytes> changed = new TreeMap<>(files);
        changed.put(path, Bytes.wrap(content));
        assertThatThrownBy(() -> ResultFiles.decode(changed))
            .as(path)
            .isInstanceOf(Malformed.class);
      }
    }
  }

  @Test
  void refusesJsonInAnotherLayoutOrWithMoreInIt() {
    Bytes manifest =
        ResultFiles.encode(RESULT, INDEXES).getOrDefault(ResultFiles.MANIFEST, Bytes.EMPTY);
    String text = new String(manifest.toArray(), StandardCharsets.UTF_8);
    for (String other :
        List.of(
            text.replace("\n", ""),
            text + " ",
            text.replaceFirst("\\{", "{ \"more\" : 1,"),
            text.replace("\"attempt\" : 0", "\"attempt\" : 4294967296"))) {
      Bytes changed = Bytes.wrap(other.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> Manifest.decode(changed)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void writesMoneyAsADumpThatOpenZeppelinLoads() {
    String money = text(ResultFiles.encode(RESULT, INDEXES), ResultFiles.MONEY);
    assertThat(money)
        .startsWith("{\n  \"format\" : \"standard-v1\",\n  \"leafEncoding\" : [\n    \"uint8\",")
        .contains("\"tree\" : [\n    \"" + RESULT.statement().moneyRoot() + "\"")
        .contains("\"treeIndex\" : ");
  }

  private ResultStore open() throws IOException {
    return new ResultStore(new FolderStore(folder));
  }

  @Test
  void publishesAFolderForEachEpoch() throws IOException {
    ResultStore results = open();
    results.write(RESULT, INDEXES);
    results.write(RESULT, INDEXES);
    assertThat(folder.resolve("7-0-7/manifest.json")).exists();
    ResultStore reopened = open();
    assertThat(reopened.read(new EpochNumber(7), 0)).contains(RESULT);
    assertThat(reopened.read(new EpochNumber(8), 0)).isEmpty();
    assertThat(reopened.newest())
        .isEqualTo(Map.of(new EpochNumber(7), new ResultStore.Held(0, new EpochNumber(7))));
    assertThat(reopened.file(new EpochNumber(7), 0, "money.json")).isPresent();
    assertThat(reopened.file(new EpochNumber(7), 0, "../../etc/passwd")).isEmpty();
    assertThat(reopened.file(new EpochNumber(7), 0, "../7-0-7/money.json")).isEmpty();
  }

  @Test
  void leavesAResultAloneThatIsThereAlready() throws IOException {
    ResultStore results = open();
    results.write(RESULT, INDEXES);
    Path money = folder.resolve("7-0-7/money.json");
    Object before = Files.readAttributes(money, BasicFileAttributes.class).fileKey();
    results.write(RESULT, INDEXES);
    assertThat(Files.readAttributes(money, BasicFileAttributes.class).fileKey()).isEqualTo(before);
    Files.writeString(money, "{}");
    results.write(RESULT, INDEXES);
    assertThat(results.read(new EpochNumber(7), 0)).contains(RESULT);
  }

  @Test
  void findsResultsWhoseFoldersDoNotNameTheirFirstEpoch() throws IOException {
    open().write(RESULT, INDEXES);
    Files.move(folder.resolve("7-0-7"), folder.resolve("7-0"));
    ResultStore results = open();
    assertThat(results.newest())
        .isEqualTo(Map.of(new EpochNumber(7), new ResultStore.Held(0, new EpochNumber(7))));
    assertThat(results.read(new EpochNumber(7), 0)).contains(RESULT);
  }

  @Test
  void removesWhatACrashLeftUnfinished() throws IOException {
    open().write(RESULT, INDEXES);
    Files.delete(folder.resolve("7-0-7/manifest.json"));
    Files.createDirectories(folder.resolve("9-0.unfinished/verdicts"));
    Files.writeString(folder.resolve("9-0.unfinished/manifest.json"), "{");
    ResultStore results = open();
    assertThat(results.newest()).isEmpty();
    assertThat(new FolderStore(folder).list("")).isEmpty();
    results.write(RESULT, INDEXES);
    assertThat(results.read(new EpochNumber(7), 0)).contains(RESULT);
  }

  @Test
  void noticesDamageOnDisk() throws IOException {
    ResultStore results = open();
    results.write(RESULT, INDEXES);
    Files.writeString(folder.resolve("7-0-7/devices.json"), "[ ]\n");
    assertThatThrownBy(() -> results.read(new EpochNumber(7), 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  private static String text(SortedMap<String, Bytes> files, String path) {
    Bytes content = files.getOrDefault(path, Bytes.EMPTY);
    return new String(content.toArray(), StandardCharsets.UTF_8);
  }
}
