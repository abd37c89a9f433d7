package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.groundwork.networks.storage.erasure.Shape;
import org.junit.jupiter.api.Test;

class BucketShapeTest {
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
