package org.groundwork.networks.sensing.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.SignedScopeDeal;

/** What customers send is read in one way, or refused. */
class DataFuzzTest {
  @FuzzTest(maxDuration = "30s")
  void purchasesAreReadCanonically(byte[] data) {
    try {
      SignedScopeDeal deal = Purchases.decode(Bytes.of(data));
      CanonicalWriter out = new CanonicalWriter();
      deal.write(out);
      assertThat(out.toBytes()).isEqualTo(Bytes.of(data));
    } catch (Malformed e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @FuzzTest(maxDuration = "30s")
  void productPurchasesAreReadCanonically(byte[] data) {
    try {
      ProductDeal deal = Purchases.decodeProduct(Bytes.of(data));
      CanonicalWriter out = new CanonicalWriter();
      deal.write(out);
      assertThat(out.toBytes()).isEqualTo(Bytes.of(data));
    } catch (Malformed e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @FuzzTest(maxDuration = "30s")
  void tokensAreReadCanonically(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    try {
      assertThat(DataToken.decode(text).text()).isEqualTo(text);
    } catch (Malformed e) {
      assertThat(e).hasMessageNotContaining("null");
    }
  }

  @FuzzTest(maxDuration = "30s")
  void framesAreReadOrRefused(byte[] data) {
    try (ByteArrayInputStream in = new ByteArrayInputStream(data)) {
      while (in.available() > 0) {
        assertThat(Frames.read(in::read).content().size()).isLessThanOrEqualTo(125);
      }
    } catch (IOException | Frames.Refused e) {
      assertThat(e).isNotInstanceOf(RuntimeException.class);
    }
  }
}
