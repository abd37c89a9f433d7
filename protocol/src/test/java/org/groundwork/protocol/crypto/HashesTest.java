package org.groundwork.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashesTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    "abc, 0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
    "testing, 0x5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02",
    "'Transfer(address,address,uint256)',"
        + "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
  })
  void knowsTheVectorsOfKeccak256(String message, String digest) {
    assertThat(Keccak256.hash(message.getBytes(US_ASCII)).toHex()).isEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, 0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + "0x248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  })
  void knowsTheVectorsOfSha256(String message, String digest) {
    assertThat(Sha256.hash(message.getBytes(US_ASCII)).toHex()).isEqualTo(digest);
  }

  @Test
  void hashesPartsAsTheirConcatenation() {
    byte[] whole = new byte[300];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (byte) (i * 7);
    }
    for (int cut = 0; cut <= whole.length; cut++) {
      byte[] head = Arrays.copyOf(whole, cut);
      byte[] tail = Arrays.copyOfRange(whole, cut, whole.length);
      assertThat(Keccak256.hash(head, tail)).isEqualTo(Keccak256.hash(whole));
      assertThat(Sha256.hash(head, tail)).isEqualTo(Sha256.hash(whole));
    }
  }

  @Test
  void hashesNothingAsNoBytes() {
    assertThat(Keccak256.hash()).isEqualTo(Keccak256.hash(new byte[0]));
    assertThat(Sha256.hash()).isEqualTo(Sha256.hash(new byte[0]));
  }

  @Test
  void serveManyThreads() {
    byte[] message = "abc".getBytes(US_ASCII);
    assertThat(
            IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> i % 2 == 0 ? Sha256.hash(message) : Keccak256.hash(message))
                .distinct())
        .hasSize(2);
  }
}
