package org.groundwork.networks.storage.arweave;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

/** Whatever comes is read or refused; what is canonical is written again byte for byte. */
class ArweaveFuzzTest {
  private static final long SEED = 20_261_122;
  private static final int ROUNDS = 3_000;

  @FuzzTest
  void itemsAreReadCanonically(byte[] input) {
    item(input);
  }

  @FuzzTest
  void tagsAreReadOrRefused(byte[] input) {
    tags(input);
  }

  @FuzzTest
  void bundlesAreReadOrRefused(byte[] input) {
    bundle(input);
  }

  @FuzzTest
  void documentsAreReadOrRefused(byte[] input) {
    document(input);
  }

  @FuzzTest
  void recordsAreReadCanonically(byte[] input) {
    itemRecord(input);
  }

  @Test
  void mutationsOfGoodInputsAreReadOrRefused() throws IOException, Malformed {
    byte[] item = Ans104.file("item-16-sig7-hello-ct.bin");
    mutate(item, ArweaveFuzzTest::item);
    mutate(
        AvroTags.encode(List.of(new Tag("a", "b"), new Tag("c", "d"))).toArray(),
        ArweaveFuzzTest::tags);
    mutate(Ans104.file("bundle-nested.bin"), ArweaveFuzzTest::bundle);
    mutate(PathManifestTest.TEXT.getBytes(StandardCharsets.UTF_8), ArweaveFuzzTest::document);
    mutate(
        new ItemRecord(
                1,
                2,
                3,
                Hash.ZERO,
                0,
                item.length,
                Hash.ZERO,
                Credits.of(5),
                ItemHeader.decode(item))
            .encode(),
        ArweaveFuzzTest::itemRecord);
  }

  private static boolean item(byte[] input) {
    try {
      ItemHeader header = ItemHeader.decode(input);
      assertThat(header.encode()).isEqualTo(Arrays.copyOf(input, header.size()));
      byte[] digest = Ans104.digest(header, input);
      return ItemSignatures.verify(header, digest);
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean tags(byte[] input) {
    try {
      List<Tag> tags = AvroTags.decode(Bytes.of(input));
      assertThat(tags).hasSizeLessThanOrEqualTo(AvroTags.MAX_TAGS);
      assertThat(AvroTags.decode(AvroTags.encode(tags))).isEqualTo(tags);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean bundle(byte[] input) {
    try {
      BundleTable table = BundleTable.decode(input);
      for (BundleTable.Entry entry : table.entries()) {
        assertThat(entry.offset() + entry.size()).isLessThanOrEqualTo(input.length);
      }
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean document(byte[] input) {
    try {
      Map<?, ?> json = Json.read(input);
      assertThat(json).isNotNull();
    } catch (ItemRejected refused) {
      assertThat(refused.status()).isEqualTo(400);
    }
    try {
      return !PathManifest.decode(input).paths().isEmpty();
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean itemRecord(byte[] input) {
    try {
      ItemRecord item = ItemRecord.decode(input);
      assertThat(item.encode()).isEqualTo(input);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  /** Feeds a good input and many near it. */
  private static void mutate(byte[] good, Predicate<byte[]> check) {
    assertThat(check.test(good)).isTrue();
    Random random = new Random(SEED);
    int accepted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = Arrays.copyOf(good, good.length - random.nextInt(2));
      for (int change = random.nextInt(3); change >= 0; change--) {
        input[random.nextInt(input.length)] = (byte) random.nextInt();
      }
      accepted += check.test(input) ? 1 : 0;
    }
    assertThat(accepted).isLessThan(ROUNDS);
  }
}
