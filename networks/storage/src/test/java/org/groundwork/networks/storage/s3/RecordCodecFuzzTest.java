package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.function.Function;

/** A record of the metadata store is read as it was written, or refused as damaged. */
class RecordCodecFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void recordsAreReadOrRefused(byte[] input) {
    check(input, RecordCodec::object, RecordCodec::encode);
    check(input, RecordCodec::upload, RecordCodec::encode);
    check(input, RecordCodec::part, RecordCodec::encode);
    check(input, RecordCodec::counted, RecordCodec::encode);
    check(input, RecordCodec::bucket, RecordCodec::encode);
  }

  private static <T> void check(byte[] input, Function<byte[], T> read, Function<T, byte[]> write) {
    T record;
    try {
      record = read.apply(input);
    } catch (IllegalStateException refused) {
      return;
    }
    assertThat(read.apply(write.apply(record))).isEqualTo(record);
  }
}
