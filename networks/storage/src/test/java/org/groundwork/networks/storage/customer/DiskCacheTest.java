package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCacheTest {
  private static final int STRIPE = 100_000;
  private static final Random RANDOM = new Random(3);
  private static final byte[] KEY = new byte[StripeCipher.KEY_SIZE];

  @TempDir private Path temporary;
  private Path folder;

  DiskCacheTest() {
    folder = Path.of("");
  }

  private DiskCache open(long bytes) throws IOException {
    folder = temporary.resolve("cache");
    return new DiskCache(folder, bytes);
  }

  private static Hash object(int number) {
    byte[] id = new byte[Hash.SIZE];
    id[0] = (byte) number;
    return Hash.wrap(id);
  }

  private static byte[] keep(DiskCache cache, int object, int stripe) {
    byte[] plain = new byte[STRIPE];
    RANDOM.nextBytes(plain);
    int length = StripeCipher.encryptedSize(STRIPE);
    Shards shards = Shards.allocate(3, (length + 2) / 3);
    new StripeCipher(KEY).encrypt(stripe, plain, STRIPE, shards);
    cache.keep(object(object), stripe, shards, length);
    return plain;
  }

  private static Optional<byte[]> read(DiskCache cache, int object, int stripe) {
    return cache.read(
        object(object),
        stripe,
        encrypted -> new StripeCipher(KEY).decrypt(stripe, encrypted, STRIPE));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void whatWasKeptIsReadAlsoAfterARestart() throws IOException {
    DiskCache cache = open(1 << 20);
    byte[] first = keep(cache, 1, 0);
    byte[] second = keep(cache, 1, 7);
    assertThat(read(cache, 1, 0)).contains(first);
    Files.writeString(folder.resolve("next-99"), "cut off by a crash");
    Files.createDirectories(folder.resolve("lost+found/somebody's"));
    DiskCache again = open(1 << 20);
    assertThat(read(again, 1, 0)).contains(first);
    assertThat(read(again, 1, 7)).contains(second);
    assertThat(read(again, 1, 1)).isEmpty();
    assertThat(read(again, 2, 0)).isEmpty();
    assertThat(files()).hasSize(3);
  }

  @Test
  void noPlaintextIsOnTheDisk() throws IOException {
    byte[] plain = keep(open(1 << 20), 1, 0);
    byte[] file = Files.readAllBytes(files().getFirst());
    assertThat(Bytes.of(file).toHex())
        .doesNotContain(Bytes.of(Arrays.copyOf(plain, 16)).toHex().substring(2));
  }

  @Test
  void whatWasNotReadForLongestGoesFirst() throws IOException {
    DiskCache cache = open(3 * 110_000);
    byte[] first = keep(cache, 1, 0);
    keep(cache, 2, 0);
    keep(cache, 3, 0);
    assertThat(read(cache, 1, 0)).contains(first);
    keep(cache, 4, 0);
    assertThat(files()).hasSize(3);
    assertThat(read(cache, 1, 0)).contains(first);
    assertThat(read(cache, 2, 0)).isEmpty();
    assertThat(read(open(110_000), 4, 0).isPresent() || files().size() == 1).isTrue();
    assertThat(files()).hasSize(1);
    open(0);
    assertThat(files()).isEmpty();
  }

  @Test
  void manySmallStripesCountMoreThanTheirBytes() throws IOException {
    DiskCache cache = open(10 * 64 * 1024);
    for (int stripe = 0; stripe < 100; stripe++) {
      cache.keep(object(1), stripe, Shards.allocate(1, 100), 100);
    }
    assertThat(files()).hasSize(10);
  }

  @Test
  void aReaderWhoIsInterruptedDamagesNothing() throws IOException {
    DiskCache cache = open(1 << 20);
    byte[] plain = keep(cache, 1, 0);
    Thread.currentThread().interrupt();
    assertThat(read(cache, 1, 0)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(read(cache, 1, 0)).contains(plain);
  }

  @Test
  void damagedFilesAreNotRead() throws IOException {
    DiskCache cache = open(1 << 20);
    keep(cache, 1, 0);
    keep(cache, 1, 1);
    keep(cache, 1, 2);
    List<Path> files = files();
    byte[] flipped = Files.readAllBytes(files.get(0));
    flipped[STRIPE / 2] ^= 1;
    Files.write(files.get(0), flipped);
    Files.write(files.get(1), Arrays.copyOf(Files.readAllBytes(files.get(1)), STRIPE / 2));
    Files.delete(files.get(2));
    for (int stripe = 0; stripe < 3; stripe++) {
      assertThat(read(cache, 1, stripe)).isEmpty();
    }
    assertThat(files()).isEmpty();
    byte[] anew = keep(cache, 1, 0);
    assertThat(read(cache, 1, 0)).contains(anew);
  }

  @Test
  void whatIsDeletedIsForgotten() throws IOException {
    DiskCache cache = open(1 << 20);
    keep(cache, 1, 0);
    keep(cache, 1, 1);
    byte[] other = keep(cache, 2, 0);
    cache.forget(
        new Manifest(
            object(1),
            new Shape(3, 6),
            Bytes.EMPTY,
            List.of(
                new StripeRecord(0, STRIPE, List.of()), new StripeRecord(1, STRIPE, List.of()))));
    assertThat(read(cache, 1, 0)).isEmpty();
    assertThat(read(cache, 1, 1)).isEmpty();
    assertThat(read(cache, 2, 0)).contains(other);
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatIsLargerThanTheCacheIsNotKept() throws IOException {
    DiskCache cache = open(90_000);
    keep(cache, 1, 0);
    assertThat(files()).isEmpty();
  }
}
