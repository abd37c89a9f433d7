package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class PacksTest {
  private static final int MANY = 400;
  private static final byte[] ONE = {1};

  @TempDir Path directory;
  private DirectoryStore store;
  private Packs packs;

  @BeforeEach
  void open() throws IOException {
    store = new DirectoryStore(Files.createDirectories(directory.resolve("blobs")));
    packs = new Packs(store, directory.resolve("packs.mv"));
  }

  @AfterEach
  void close() {
    packs.close();
  }

  @Test
  void objectsThatComeTogetherShareBlobsAndAreReadBack() throws Exception {
    List<Stored> stored = putMany();
    assertThat(store.files()).isLessThan(MANY / 2);
    for (int i = 0; i < MANY; i++) {
      assertThat(stored.get(i).length()).isEqualTo(content(i).length);
      assertThat(read(stored.get(i), 0, content(i).length)).isEqualTo(content(i));
    }
    assertThat(read(stored.get(7), 3, 5)).containsExactly(slice(content(7), 3, 8));
    Stored one = stored.get(7);
    assertThatThrownBy(() -> read(one, 1, one.length()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aBlobGoesWithTheLastObjectInItAlsoOverARestart() throws Exception {
    List<Stored> stored = new ArrayList<>(putMany());
    Collections.shuffle(stored, new Random(1));
    Stored last = stored.removeLast();
    for (int i = 0; i < stored.size(); i++) {
      if (i == MANY / 2) {
        close();
        packs = new Packs(store, directory.resolve("packs.mv"));
      }
      packs.delete(stored.get(i));
      packs.delete(stored.get(i / 2));
    }
    assertThat(store.files()).isEqualTo(1);
    assertThat(read(last, 0, last.length())).hasSize((int) last.length());
    store.failure = Optional.of(new ObjectStoreException.NotEnoughProviders(1, 2));
    assertThatThrownBy(() -> packs.delete(last)).isInstanceOf(ObjectStoreException.class);
    store.failure = Optional.empty();
    packs.delete(last);
    assertThat(store.files()).isZero();
  }

  @Test
  void whatIsLongOrOfUnknownLengthOrAloneIsABlobOfItsOwn() throws Exception {
    byte[] large = new byte[Packs.SMALL_BYTES + 1];
    Stored first = packs.put(new ByteArrayInputStream(large), large.length);
    Stored second = packs.put(new ByteArrayInputStream(new byte[5]), ObjectStore.UNKNOWN_LENGTH);
    Stored third = packs.put(new ByteArrayInputStream(new byte[6]), 6);
    Stored longer = packs.put(new ByteArrayInputStream(new byte[9]), 6);
    assertThat(List.of(first, second, third, longer))
        .allMatch(stored -> PackSlice.of(stored).isEmpty());
    assertThat(longer.length()).isEqualTo(9);
    assertThat(store.files()).isEqualTo(4);
  }

  @Test
  void aFailureReachesEveryoneInThePackAndNothingIsKept() throws Exception {
    store.failure = Optional.of(new ObjectStoreException.StorageFull("full"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Stored>> puts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int number = i;
        puts.add(threads.submit(() -> put(number)));
      }
      for (Future<Stored> put : puts) {
        assertThatThrownBy(put::get).hasCauseInstanceOf(ObjectStoreException.StorageFull.class);
      }
    }
    assertThat(store.files()).isZero();
  }

  @Test
  void nobodyWaitsForLongBehindAPackThatIsLate() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    store.before =
        length -> {
          if (length == 1) {
            stalled.countDown();
            goOn.await();
          }
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Stored> late = threads.submit(() -> packs.put(new ByteArrayInputStream(ONE), 1));
      stalled.await();
      assertThat(put(5).length()).isEqualTo(content(5).length);
      assertThat(late.isDone()).isFalse();
      goOn.countDown();
      assertThat(late.get().length()).isEqualTo(1);
    }
  }

  @Test
  void whatTheStreamThrowsComesAsItIs() {
    IOException wrong = new IOException("digest");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw wrong;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw wrong;
          }
        };
    assertThatThrownBy(() -> packs.put(failing, 10)).isSameAs(wrong);
  }

  private List<Stored> putMany() throws Exception {
    List<Stored> stored = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Stored>> puts = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        int number = i;
        puts.add(threads.submit(() -> put(number)));
      }
      for (Future<Stored> put : puts) {
        stored.add(put.get());
      }
    }
    return stored;
  }

  private Stored put(int number) throws IOException, ObjectStoreException {
    byte[] content = content(number);
    return packs.put(new ByteArrayInputStream(content), content.length);
  }

  private byte[] read(Stored stored, long offset, long length)
      throws IOException, ObjectStoreException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    packs.read(stored, offset, length, out);
    return out.toByteArray();
  }

  private static byte[] content(int number) {
    byte[] content = new byte[100 + number];
    new Random(number).nextBytes(content);
    return content;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
