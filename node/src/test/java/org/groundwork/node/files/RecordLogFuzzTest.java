package org.groundwork.node.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;

/** A log of frames opens with the records before its torn end, or is refused as damaged. */
class RecordLogFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void opensOrRefusesAnything(byte[] data) throws IOException {
    List<Bytes> first = open(data);
    assertThat(open(frames(first))).isEqualTo(first);
  }

  private static byte[] frames(List<Bytes> records) {
    List<ByteBuffer> frames = records.stream().map(Frame::around).toList();
    ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt(ByteBuffer::remaining).sum());
    frames.forEach(all::put);
    return all.array();
  }

  /** The records, or none if the log is damaged. */
  private static List<Bytes> open(byte[] data) throws IOException {
    Path file = Files.createTempFile("fuzz", ".log");
    List<Bytes> records = new ArrayList<>();
    try {
      Files.write(file, data);
      try (FrameReader reader = new FrameReader(file)) {
        for (Optional<Bytes> next = reader.next(); next.isPresent(); next = reader.next()) {
          records.add(next.get());
        }
      }
      RecordLog.open(file, in -> in.raw(in.remaining())).close();
      return records;
    } catch (DamagedFile refused) {
      return List.of();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
