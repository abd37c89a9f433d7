package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {
  private static final byte[] DIGITS = "123456789".getBytes(StandardCharsets.US_ASCII);

  private static byte[] compute(ChecksumAlgorithm algorithm, byte[] data, int from, int to) {
    ChecksumAlgorithm.Digest digest = algorithm.start();
    digest.update(data, from, to - from);
    return digest.finish();
  }

  private static String hex(ChecksumAlgorithm algorithm) {
    return HexFormat.of().formatHex(compute(algorithm, DIGITS, 0, DIGITS.length));
  }

  /** The check values of the catalogue of CRCs and of the hash standards. */
  @Test
  void everyAlgorithmGivesItsCheckValue() {
    assertThat(hex(ChecksumAlgorithm.CRC32)).isEqualTo("cbf43926");
    assertThat(hex(ChecksumAlgorithm.CRC32C)).isEqualTo("e3069283");
    assertThat(hex(ChecksumAlgorithm.CRC64NVME)).isEqualTo("ae8b14860a799888");
    assertThat(hex(ChecksumAlgorithm.SHA1)).isEqualTo("f7c3bc1d808e04732adf679965ccc34ca7ae3441");
    assertThat(hex(ChecksumAlgorithm.SHA256))
        .isEqualTo("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225");
  }

  @Test
  void eightBytesAStepEqualOne() {
    var random = new Random(7);
    byte[] data = new byte[1000];
    random.nextBytes(data);
    for (int length = 0; length < 100; length++) {
      var fast = new Crc64Nvme();
      var slow = new Crc64Nvme();
      fast.update(data, length, length * 3);
      for (int i = length; i < length * 4; i++) {
        slow.update(data[i]);
      }
      assertThat(fast.getValue()).isEqualTo(slow.getValue());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
  void joinedPartsEqualTheWhole(ChecksumAlgorithm algorithm) {
    CrcJoin join = algorithm.joining().orElseThrow();
    var random = new Random(8);
    byte[] data = new byte[5000];
    random.nextBytes(data);
    for (int round = 0; round < 50; round++) {
      int a = random.nextInt(data.length);
      int b = a + random.nextInt(data.length - a);
      long joined = ChecksumAlgorithm.fromBigEndian(compute(algorithm, data, 0, a));
      joined =
          join.join(joined, ChecksumAlgorithm.fromBigEndian(compute(algorithm, data, a, b)), b - a);
      joined =
          join.join(
              joined,
              ChecksumAlgorithm.fromBigEndian(compute(algorithm, data, b, data.length)),
              data.length - b);
      assertThat(joined)
          .isEqualTo(ChecksumAlgorithm.fromBigEndian(compute(algorithm, data, 0, data.length)));
    }
  }
}
