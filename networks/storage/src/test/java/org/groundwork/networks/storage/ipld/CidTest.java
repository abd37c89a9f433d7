package org.groundwork.networks.storage.ipld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

class CidTest {
  private static final byte[] HELLO = "hello world".getBytes(StandardCharsets.UTF_8);

  @Test
  void textIsReadInEveryBaseAndWrittenInTheUsualOne() throws Malformed {
    String text = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
    Cid cid = Cid.parse(text);
    assertThat(cid).isEqualTo(Cid.of(1, Cid.RAW, HELLO)).hasToString(text);
    assertThat(Cid.parse("z" + Base58.encode(cid.encode()))).isEqualTo(cid);
    assertThat(cid.matches(HELLO)).isTrue();
    assertThat(cid.matches(new byte[] {1})).isFalse();
  }

  @Test
  void versionZeroAndItsVersionOneNameTheSameHash() throws Malformed {
    Cid zero = Cid.parse("QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH");
    assertThat(zero.version()).isZero();
    assertThat(zero.asVersionOne())
        .hasToString("bafybeif7ztnhq65lumvvtr4ekcwd2ifwgm3awq4zfr3srh462rwyinlb4y");
    assertThat(Cid.parse(zero.asVersionOne().toString()).hash()).isEqualTo(zero.hash());
  }

  @Test
  void anIdentityHashIsItsContent() throws Malformed {
    assertThat(Cid.parse("bafkqaaa").hash().digest().size()).isZero();
    assertThat(Cid.parse("bafkqaaa").matches(new byte[0])).isTrue();
  }

  @Test
  void whatIsNoCidIsRefused() {
    for (String text :
        List.of(
            "",
            "b",
            "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5",
            "BAFKREIFZJUT3TE2NHYEKKLSS27NH3K72YSCO7Y32KOAO5EEI66WOF36N5E",
            "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQ0",
            "zQmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH",
            "b".repeat(300))) {
      assertThatThrownBy(() -> Cid.parse(text)).as(text).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void murmurHashesAreThoseOfTheReference() {
    // smhasher, MurmurHash3_x64_128 with seed 0, first 64 bits.
    assertThat(Murmur3.hash64(new byte[0])).isZero();
    assertThat(Murmur3.hash64("hello".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(0xcbd8a7b341bd9b02L);
  }
}
