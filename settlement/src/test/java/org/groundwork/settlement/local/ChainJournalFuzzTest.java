package org.groundwork.settlement.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.groundwork.settlement.SettlementException;

/** The local chain's journal is read up to a torn end, or refused. */
class ChainJournalFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void opensOrRefusesAnything(byte[] data) throws IOException {
    Path file = Files.createTempFile("fuzz", ".journal");
    try {
      Files.write(file, data);
      try (ChainJournal journal = ChainJournal.open(file)) {
        while (journal.next().isPresent()) {
          assertThat(Files.size(file)).isLessThanOrEqualTo(data.length);
        }
      } catch (SettlementException refused) {
        assertThat(Files.readAllBytes(file)).isEqualTo(data);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
