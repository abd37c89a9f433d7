package org.groundwork.settlement.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.JournalEntry.Genesis;
import org.groundwork.settlement.local.JournalEntry.Mined;
import org.groundwork.settlement.local.JournalEntry.Offered;
import org.groundwork.settlement.local.JournalEntry.Refused;
import org.groundwork.settlement.local.JournalEntry.Tick;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainJournalTest {
  private static final List<JournalEntry> ENTRIES =
      List.of(
          new Genesis(31_337, 1_800_000_000),
          new Offered(1_800_000_001, Bytes.of((byte) 1, (byte) 2, (byte) 3)),
          new Mined(1, Hash.ZERO),
          new Tick(1_800_000_002),
          new Refused());

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() throws SettlementException {
    file = folder.resolve("journal");
    try (ChainJournal journal = ChainJournal.open(file)) {
      for (JournalEntry entry : ENTRIES) {
        journal.append(entry, true);
      }
    }
  }

  private List<JournalEntry> read() throws SettlementException {
    try (ChainJournal journal = ChainJournal.open(file)) {
      List<JournalEntry> entries = new ArrayList<>();
      for (Optional<JournalEntry> next = journal.next(); next.isPresent(); next = journal.next()) {
        entries.add(next.get());
      }
      return entries;
    }
  }

  @Test
  void readsWhatWasWritten() throws SettlementException {
    assertThat(read()).isEqualTo(ENTRIES);
  }

  @Test
  void theJournalOfANewerVersionIsRefused() throws IOException {
    ByteBuffer body = ByteBuffer.allocate(29).put((byte) 0).putInt(2).rewind();
    ByteBuffer record = ByteBuffer.allocate(12 + 29).putInt(29).putInt(crc(body));
    record.putInt(crc(record.slice(0, 8))).put(body.rewind());
    Files.write(file, record.array());
    assertThatThrownBy(this::read)
        .isInstanceOf(SettlementException.class)
        .hasMessageContaining("newer version of Groundwork (layout 2, this version knows 1)");
  }

  private static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Test
  void dropsARecordCutShortAtAnyByteAndOnlyThat() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      List<JournalEntry> left = read();
      assertThat(left).isEqualTo(ENTRIES.subList(0, left.size()));
      assertThat(left).hasSizeLessThan(ENTRIES.size());
      try (ChainJournal journal = ChainJournal.open(file)) {
        while (journal.next().isPresent()) {}
        journal.append(new Tick(7), true);
      }
      assertThat(read()).hasSize(left.size() + 1).endsWith(new Tick(7));
    }
  }

  @Test
  void dropsZerosAtTheEnd() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 5_000));
    assertThat(read()).isEqualTo(ENTRIES);
    assertThat(Files.size(file)).isEqualTo(whole.length);
  }

  @Test
  void refusesAnyChangedBit() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, damaged);
      assertThatThrownBy(this::read)
          .isInstanceOfSatisfying(
              SettlementException.class,
              e -> assertThat(e.failure()).isEqualTo(Failure.JOURNAL_CORRUPT));
      assertThat(Files.size(file)).isEqualTo(whole.length);
    }
  }
}
