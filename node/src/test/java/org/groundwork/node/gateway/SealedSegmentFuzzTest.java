package org.groundwork.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/** A line of the gateway's list of sealed segments is read as it was written, or refused. */
class SealedSegmentFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    CanonicalReader in = new CanonicalReader(Bytes.of(data));
    SealedSegment segment;
    try {
      segment = SealedSegment.read(in);
      in.end();
    } catch (Malformed refused) {
      return;
    }
    CanonicalWriter out = new CanonicalWriter();
    segment.write(out);
    assertThat(out.toBytes()).isEqualTo(Bytes.of(data));
  }
}
