package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes as a chunked body is decoded or refused with one of three codes; with signatures,
 * only the bytes that were signed ever reach the end. Jazzer looks for inputs when it is switched
 * on; the mutations run every time.
 */
class ChunkedBodyFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 10_000;
  private static final int SIGNED_ROUNDS = 1_500;
  private static final Set<S3Error> REFUSALS =
      Set.of(S3Error.IncompleteBody, S3Error.InvalidRequest, S3Error.SignatureDoesNotMatch);

  @FuzzTest
  void unsignedBodiesAreDecodedOrRefused(byte[] input) throws IOException {
    checkUnsigned(input);
  }

  @FuzzTest
  void documentsAreReadOrRefused(byte[] input) {
    checkDocument(input);
  }

  /** Whether the input was accepted. */
  private static boolean checkUnsigned(byte[] input) throws IOException {
    var decoder =
        new ChunkedBody(
            new Dribbling(input), new Authenticated.Payload.Chunked(Optional.empty(), true));
    return accepted(decoder, input.length);
  }

  private static boolean accepted(ChunkedBody decoder, int framedLength) throws IOException {
    try {
      assertThat(decoder.readAllBytes().length).isLessThan(framedLength);
      return true;
    } catch (S3Exception refused) {
      assertThat(REFUSALS).contains(refused.error());
      return false;
    }
  }

  private static boolean checkDocument(byte[] input) {
    try {
      assertThat(XmlNode.parse(input, "Delete").name()).isEqualTo("Delete");
      return true;
    } catch (S3Exception refused) {
      assertThat(refused.error()).isEqualTo(S3Error.MalformedXML);
      return false;
    }
  }

  /** Gives a few bytes at a time, as a network does. */
  private static final class Dribbling extends InputStream {
    private final ByteArrayInputStream in;

    Dribbling(byte[] content) {
      in = new ByteArrayInputStream(content);
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] b, int off, int len) {
      return in.read(b, off, Math.min(len, 7));
    }
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] input = original.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(input.length);
      switch (random.nextInt(4)) {
        case 0 -> input[at] = (byte) random.nextInt(256);
        case 1 -> input[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> input = Arrays.copyOf(input, Math.max(1, at));
        default -> {
          int from = random.nextInt(input.length);
          int length = Math.min(random.nextInt(16), input.length - Math.max(from, at));
          System.arraycopy(input, from, input, at, length);
        }
      }
    }
    return input;
  }

  @Test
  void mutatedUnsignedBodiesAreDecodedOrRefused() throws IOException {
    byte[] original =
        "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(checkUnsigned(original)).isTrue();
    var random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      accepted += checkUnsigned(mutated(original, random)) ? 1 : 0;
    }
    assertThat(accepted).as("seed %d", SEED).isBetween(100, ROUNDS - 100);
  }

  @Test
  void noMutationOfASignedBodyGivesOtherBytes() throws IOException {
    byte[] original = SigV4Test.trailerExample();
    byte[] data = new byte[66560];
    Arrays.fill(data, (byte) 'a');
    var random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < SIGNED_ROUNDS; i++) {
      byte[] input = mutated(original, random);
      ChunkedBody decoder = SigV4Test.decoder(input, "streaming-payload-trailer-seed", true);
      try {
        assertThat(Arrays.equals(decoder.readAllBytes(), data)).isTrue();
        assertThat(decoder.trailers()).containsEntry("x-amz-checksum-crc32c", "sOO8/Q==");
      } catch (S3Exception e) {
        assertThat(REFUSALS).contains(e.error());
        refused++;
      }
    }
    assertThat(refused).as("seed %d", SEED).isGreaterThan(SIGNED_ROUNDS / 2);
  }

  @Test
  void mutatedDocumentsAreReadOrRefused() {
    byte[] original =
        "<Delete><Quiet>true</Quiet><Object><Key>a&amp;b</Key></Object></Delete>"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(checkDocument(original)).isTrue();
    var random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < ROUNDS; i++) {
      accepted += checkDocument(mutated(original, random)) ? 1 : 0;
    }
    assertThat(accepted).as("seed %d", SEED).isBetween(100, ROUNDS - 100);
  }
}
