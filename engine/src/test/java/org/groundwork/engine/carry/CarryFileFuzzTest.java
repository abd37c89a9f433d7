package org.groundwork.engine.carry;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.groundwork.protocol.Malformed;

/** A file of carry is read or refused, whatever a peer sends for it. */
class CarryFileFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    CarrySnapshot carry;
    try {
      carry = CarryFile.read(new ByteArrayInputStream(data));
    } catch (Malformed | IOException refused) {
      return;
    }
    assertThat(carry.entries()).doesNotContainKey(null);
  }
}
