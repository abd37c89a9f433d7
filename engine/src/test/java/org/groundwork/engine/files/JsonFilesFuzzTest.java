package org.groundwork.engine.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** The JSON files of a result are read in the one encoding in which they are written. */
class JsonFilesFuzzTest {
  private interface Codec {
    Bytes recode(Bytes content) throws Malformed;
  }

  private static final List<Codec> CODECS =
      List.of(
          content -> ChargesJson.encode(ChargesJson.decode(content)),
          content -> DevicesJson.encode(DevicesJson.decode(content)),
          content -> EconomyJson.encode(EconomyJson.decode(content)),
          content -> MoneyJson.encode(MoneyJson.decode(content)),
          content -> StatementJson.decode(content).encode());

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    Bytes content = Bytes.of(data);
    for (Codec codec : CODECS) {
      Bytes again;
      try {
        again = codec.recode(content);
      } catch (Malformed refused) {
        continue;
      }
      assertThat(again).isEqualTo(content);
    }
  }
}
