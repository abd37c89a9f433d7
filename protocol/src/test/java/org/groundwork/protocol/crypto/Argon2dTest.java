package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class Argon2dTest {
  @Test
  void tagsAreThoseOfALibrary() {
    Random random = new Random(9106);
    for (int blocks : new int[] {8, 12, 64, 1024}) {
      for (int passes : new int[] {1, 2, 5}) {
        byte[] password = new byte[random.nextInt(100)];
        byte[] salt = new byte[8 + random.nextInt(40)];
        random.nextBytes(password);
        random.nextBytes(salt);
        for (int length : new int[] {4, 32, 64, 65, 96, 200}) {
          assertThat(new Argon2d(blocks, passes).fill(password, salt, length).tag(length))
              .as("%d blocks, %d passes, %d bytes", blocks, passes, length)
              .isEqualTo(library(blocks, passes, password, salt, length));
        }
      }
    }
  }

  @Test
  void aFillerThatWasUsedBeforeFillsTheSame() {
    byte[] salt = "some salt".getBytes(StandardCharsets.US_ASCII);
    Argon2d filler = new Argon2d(16, 3);
    byte[] first = new byte[16 * Argon2d.BLOCK_BYTES];
    filler.fill(new byte[1], salt, 32).read(first);
    byte[] other = new byte[first.length];
    filler.fill(new byte[2], salt, 32).read(other);
    byte[] again = new byte[first.length];
    filler.fill(new byte[1], salt, 32).read(again);
    assertThat(again).isEqualTo(first).isNotEqualTo(other);
    assertThat(Arrays.copyOf(first, 1024)).isNotEqualTo(Arrays.copyOfRange(first, 1024, 2048));
  }

  private static byte[] library(int blocks, int passes, byte[] password, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_d)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withIterations(passes)
            .withMemoryAsKB(blocks)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] tag = new byte[length];
    generator.generateBytes(password, tag);
    return tag;
  }
}
