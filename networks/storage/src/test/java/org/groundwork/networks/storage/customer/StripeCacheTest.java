package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for what never comes would do so for ever. */
@Timeout(60)
class StripeCacheTest {
  private static final int LENGTH = 1000;
  private static final int COST = LENGTH + StripeCache.OVERHEAD;

  private final AtomicInteger loads = new AtomicInteger();

  private static Hash object(int number) {
    byte[] id = new byte[Hash.SIZE];
    id[0] = (byte) number;
    return Hash.wrap(id);
  }

  private byte[] load() {
    loads.incrementAndGet();
    return new byte[LENGTH];
  }

  private int loadsOf(StripeCache cache, int object, int stripe)
      throws IOException, ObjectStoreException {
    int before = loads.get();
    cache.get(object(object), stripe, this::load);
    return loads.get() - before;
  }

  private static Manifest manifest(int object, int stripes) {
    List<StripeRecord> records =
        IntStream.range(0, stripes)
            .mapToObj(index -> new StripeRecord(index, LENGTH, List.of()))
            .toList();
    return new Manifest(object(object), new Shape(3, 6), Bytes.of(), records);
  }

  @Test
  void whatIsPutIsThereAndMakesRoomAsOthers() throws IOException, ObjectStoreException {
    StripeCache cache = new StripeCache(2 * COST);
    for (int i = 0; i < 3; i++) {
      cache.put(object(1), 0, new byte[LENGTH]);
    }
    cache.put(object(1), 1, new byte[LENGTH]);
    assertThat(loadsOf(cache, 1, 0)).isZero();
    cache.put(object(1), 2, new byte[LENGTH]);
    assertThat(loadsOf(cache, 1, 0)).isZero();
    assertThat(loadsOf(cache, 1, 2)).isZero();
    assertThat(loadsOf(cache, 1, 1)).isEqualTo(1);
  }

  @Test
  void whatWasUsedLongestAgoMakesRoom() throws IOException, ObjectStoreException {
    StripeCache cache = new StripeCache(3 * COST);
    for (int stripe = 0; stripe < 3; stripe++) {
      assertThat(loadsOf(cache, 1, stripe)).isEqualTo(1);
    }
    assertThat(loadsOf(cache, 1, 0)).isZero();
    assertThat(loadsOf(cache, 2, 0)).isEqualTo(1);
    assertThat(loadsOf(cache, 1, 0)).isZero();
    assertThat(loadsOf(cache, 1, 2)).isZero();
    assertThat(loadsOf(cache, 1, 1)).isEqualTo(1);
  }

  @Test
  void shortStripesTakeRoomAsWell() throws IOException, ObjectStoreException {
    StripeCache cache = new StripeCache(10 * StripeCache.OVERHEAD);
    for (int stripe = 0; stripe < 11; stripe++) {
      cache.get(object(1), stripe, () -> new byte[0]);
    }
    assertThat(loadsOf(cache, 1, 10)).isZero();
    assertThat(loadsOf(cache, 1, 0)).isEqualTo(1);
  }

  @Test
  void whatIsForgottenGivesItsRoomBack() throws IOException, ObjectStoreException {
    StripeCache cache = new StripeCache(3 * COST);
    for (int time = 0; time < 5; time++) {
      assertThat(loadsOf(cache, 1, 0)).isEqualTo(1);
      assertThat(loadsOf(cache, 1, 1)).isEqualTo(1);
      cache.forget(manifest(1, 3));
    }
    for (int stripe = 0; stripe < 3; stripe++) {
      loadsOf(cache, 2, stripe);
    }
    for (int stripe = 0; stripe < 3; stripe++) {
      assertThat(loadsOf(cache, 2, stripe)).isZero();
    }
  }

  @Test
  void whatIsForgottenWhileItComesIsNotKept() throws IOException, ObjectStoreException {
    StripeCache cache = new StripeCache(2 * COST);
    cache.get(
        object(1),
        0,
        () -> {
          cache.forget(manifest(1, 1));
          return load();
        });
    assertThat(loadsOf(cache, 1, 0)).isEqualTo(1);
    assertThat(loadsOf(cache, 1, 1)).isEqualTo(1);
    assertThat(loadsOf(cache, 1, 0)).isZero();
  }

  @Test
  void whatFailedIsTriedAgain() throws IOException, ObjectStoreException {
    StripeCache cache = new StripeCache(COST);
    assertThatThrownBy(() ->
            cache.get(
                object(1),
                0,
                () -> {
                  throw new IOException("gone");
                }))
        .hasMessage("gone");
    assertThatThrownBy(() ->
            cache.get(
                object(1),
                0,
                () -> {
                  throw new OutOfMemoryError("no room");
                }))
        .hasMessage("no room");
    assertThat(loadsOf(cache, 1, 0)).isEqualTo(1);
    assertThat(loadsOf(cache, 1, 0)).isZero();
  }

  @Test
  void manyAtOnceLoadOnce() throws Exception {
    StripeCache cache = new StripeCache(COST);
    CountDownLatch allAsked = new CountDownLatch(8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> asked = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asked.add(
            threads.submit(() -> {
              allAsked.countDown();
              return cache.get(
                  object(1),
                  0,
                  () -> {
                    awaitAll(allAsked);
                    return load();
                  });
            }));
      }
      byte[] first = asked.getFirst().get();
      for (Future<byte[]> each : asked) {
        assertThat(each.get()).isSameAs(first);
      }
    }
    assertThat(loads).hasValue(1);
  }

  private static void awaitAll(CountDownLatch allAsked) throws IOException {
    try {
      allAsked.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
