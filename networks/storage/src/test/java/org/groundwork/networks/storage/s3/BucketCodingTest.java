package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.wire.Passes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketCodingTest {
  @TempDir Path directory;

  @Test
  void aShapeIsReadAsItIsWritten() throws Exception {
    for (String text : List.of("1+1", "3+3", "10+6", "29+51", "64+64")) {
      Shape shape = BucketShape.parse(text);
      assertThat(BucketShape.text(shape)).isEqualTo(text);
      assertThat(BucketShape.decode(BucketShape.encode(shape))).isEqualTo(shape);
    }
    assertThat(BucketShape.parse("10+6")).isEqualTo(new Shape(10, 16));
  }

  @Test
  void aPackingIsReadAsItIsWritten() throws Exception {
    for (int count : List.of(1, 16, Passes.MAX)) {
      Passes packing = BucketPacking.parse(Integer.toString(count));
      assertThat(packing).isEqualTo(new Passes(count));
      assertThat(BucketPacking.text(packing)).isEqualTo(Integer.toString(count));
      assertThat(BucketPacking.decode(BucketPacking.encode(packing))).isEqualTo(packing);
    }
  }

  @Test
  void noOtherPackingIsTaken() {
    for (String text : List.of("", "0", "-1", "01", "1025", "10000", "1.5", "yes", " 16", "16+1")) {
      assertThatThrownBy(() -> BucketPacking.parse(text))
          .as(text)
          .isInstanceOf(S3Exception.class)
          .hasMessageContaining("from 1 to 1024");
    }
  }

  @Test
  void aBucketSaysBothAndForgetsThemWhenItGoes() throws Exception {
    Coding both = new Coding(Optional.of(new Shape(1, 3)), Optional.of(new Passes(7)));
    BucketRecord record = BucketRecord.of(Instant.EPOCH, "a", Acl.of("a"));
    Path file = directory.resolve("buckets.mv");
    try (Buckets buckets = Buckets.open(file)) {
      buckets.createBucket("both", record, both);
      buckets.createBucket("none", record);
    }
    try (Buckets buckets = Buckets.open(file)) {
      assertThat(buckets.coding("both")).isEqualTo(both);
      assertThat(buckets.coding("none")).isEqualTo(Coding.USUAL);
      buckets.deleteBucket("both");
      buckets.createBucket("both", record);
      assertThat(buckets.coding("both")).isEqualTo(Coding.USUAL);
    }
  }

  @Test
  void anythingElseIsRefused() {
    for (String text :
        List.of("", "3", "3+", "+3", "0+3", "3+0", "-1+4", "3 + 3", "100+29", "9999+1", "3/6")) {
      assertThatThrownBy(() -> BucketShape.parse(text))
          .as(text)
          .isInstanceOf(S3Exception.class)
          .hasMessageContaining("10+6");
    }
  }
}
