package org.groundwork.engine.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir private Path folder;

  @Test
  void givesBackWhatWasAddedInItsOrderFromMemoryAndFromAFile() {
    for (int records : new int[] {0, 1, 10, 5000}) {
      Random random = new Random(records);
      Spool spool = new Spool(new Scratch(folder));
      List<Bytes> added = new ArrayList<>();
      for (int i = 0; i < records; i++) {
        // some are longer than what is read at a time
        byte[] content = new byte[random.nextInt(i % 1000 == 7 ? 300_000 : 300)];
        random.nextBytes(content);
        added.add(Bytes.wrap(content));
        spool.add(added.getLast());
      }
      spool.finish();
      assertThat(spool).as("%s records", records).containsExactlyElementsOf(added);
      assertThat(new StoredList<>(spool, bytes -> bytes)).isEqualTo(added);
    }
  }
}
