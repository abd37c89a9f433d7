package org.groundwork.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.groundwork.protocol.Malformed;

/** A file of facts is read or refused, whatever a disk made of it. */
class FactsFileFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    read(data);
    CRC32C crc = new CRC32C();
    crc.update(data);
    read(ByteBuffer.allocate(data.length + 4).put(data).putInt((int) crc.getValue()).array());
  }

  private static void read(byte[] data) {
    SegmentFacts facts;
    try {
      facts = FactsFile.decode(MemorySegment.ofArray(data));
    } catch (Malformed refused) {
      return;
    }
    assertThat(facts.count()).isNotNegative();
  }
}
