package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The parts of a request that clients write are read, or refused with a code of S3's. */
class RequestFuzzTest {
  private static final long SIZE = 1000;

  @FuzzTest(maxDuration = "60s")
  void partsAreReadOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    attempt(() -> {
      for (ByteRange range : ByteRange.parse(text, SIZE).stream().toList()) {
        assertThat(range.from()).isBetween(0L, SIZE - 1);
        assertThat(range.length()).isBetween(1L, SIZE - range.from());
      }
    });
    attempt(() -> assertThat(ByteRange.ofCopy(text, SIZE).from()).isBetween(0L, SIZE - 1));
    attempt(() -> {
      String path = Percent.decodePath(text);
      assertThat(Percent.decodePath(Percent.encodePath(path))).isEqualTo(path);
    });
    attempt(() -> assertThat(Percent.decodeQuery(text)).isNotNull());
    attempt(() -> S3Request.requirePrintable(text));
  }

  private interface Attempt {
    void run() throws S3Exception;
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (S3Exception refused) {
      assertThat(refused.error()).isNotNull();
    }
  }
}
