package org.groundwork.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** What a gateway answers on a stream is read, or refused with the one exception. */
class StreamAnswerFuzzTest {
  private static final int MOST = 3;

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    Bytes message = Bytes.of(data);
    for (int count = 0; count <= MOST; count++) {
      try {
        assertThat(StreamAnswer.decode(message, count)).hasSize(count);
        assertThat(count == 0 || StreamAnswer.first(message) != null).isTrue();
      } catch (Malformed refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }
}
