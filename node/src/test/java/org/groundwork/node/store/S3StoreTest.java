package org.groundwork.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.engine.store.Store;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a bucket of a real S3 server, S3Proxy, and against one that fails. */
class S3StoreTest {
  private static final S3Keys KEYS = new S3Keys("an-id", "a/secret+of=the~tests");
  private static final S3Store.Patience SHORT =
      new S3Store.Patience(
          5, Duration.ofMillis(10), Duration.ofMillis(500), Duration.ofSeconds(20));

  private static S3Server server;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(KEYS.access(), KEYS.secret());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static S3Store open(String prefix) {
    return S3Store.open(place(server.endpoint(), prefix), KEYS);
  }

  private static StoreUrl.Bucket place(URI endpoint, String prefix) {
    return new StoreUrl.Bucket(
        S3Server.BUCKET, prefix, Optional.of(endpoint), "us-east-1", Optional.empty());
  }

  @Test
  void doesWhatAFolderDoes(@TempDir java.nio.file.Path folder) throws IOException {
    try (S3Store bucket = open("some/")) {
      for (Store store : new Store[] {bucket, new FolderStore(folder)}) {
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        assertThat(store.get("a/b.c")).isEmpty();
        store.put("a/b.c", Bytes.of((byte) 1));
        store.put("a/b.c", Bytes.wrap(large));
        assertThat(store.get("a/b.c")).contains(Bytes.wrap(large));
        store.put("a/b.c", out -> out.write(7));
        assertThat(store.get("a/b.c")).contains(Bytes.of((byte) 7));
        store.under("a/").put("b.c", out -> out.write(large));
        store.put("a/c.c", Bytes.EMPTY);
        store.put("b", Bytes.of((byte) 2));
        assertThat(store.get("a/b.c")).contains(Bytes.wrap(large));
        assertThat(store.get("a/c.c")).contains(Bytes.EMPTY);
        assertThat(store.list("")).containsExactly("a/b.c", "a/c.c", "b");
        assertThat(store.under("a/").list("")).containsExactly("b.c", "c.c");
        assertThat(store.list("a/b")).containsExactly("a/b.c");
        assertThat(store.under("a/").get("c.c")).isPresent();
        store.delete("a/b.c");
        store.delete("a/b.c");
        assertThat(store.get("a/b.c")).isEmpty();
        assertThat(store.list("a/")).containsExactly("a/c.c");
      }
    }
  }

  @Test
  void listsMoreThanAPageAndNothingOfOthers() throws IOException {
    try (S3Store one = open("one/");
        S3Store other = open("other/")) {
      other.put("x", Bytes.EMPTY);
      for (int i = 0; i < 1005; i++) {
        one.put("k/%04d".formatted(i), Bytes.EMPTY);
      }
      assertThat(one.list("")).hasSize(1005).isSorted().doesNotHaveDuplicates();
      assertThat(other.list("")).containsExactly("x");
    }
  }

  @Test
  void isRefusedWithOtherKeysAndDoesNotShowThem() {
    S3Keys wrong = new S3Keys("an-id", "another-secret");
    try (S3Store store = S3Store.open(place(server.endpoint(), ""), wrong)) {
      assertThatThrownBy(() -> store.put("a", Bytes.EMPTY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("403")
          .hasMessageNotContaining("another-secret");
    }
  }

  @Test
  void anObjectThatWasChangedInTheBucketIsNotTakenForTheSegment() throws IOException {
    try (S3Store store = open("damaged/")) {
      Hash hash = Hash.wrap(new byte[Hash.SIZE]);
      store.put(
          "0000000000/" + hash.toHex().substring(2) + ".segment", Bytes.of((byte) 1, (byte) 2));
      SegmentStore segments = new SegmentStore(store);
      assertThat(segments.has(hash)).isTrue();
      assertThat(segments.get(hash)).isEmpty();
      assertThat(segments.has(hash)).isFalse();
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void triesAgainWhatMayPass() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer failing = http(requests, 3, 0);
    try (S3Store store = S3Store.open(place(uri(failing), ""), KEYS, SHORT)) {
      store.put("a", Bytes.of((byte) 1));
      assertThat(requests).hasValue(4);
    } finally {
      failing.stop(0);
    }
  }

  @Test
  void givesUpAfterAFewTriesAndWaitsNoLongerThanItSays() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer broken = http(requests, Integer.MAX_VALUE, 0);
    try (S3Store store = S3Store.open(place(uri(broken), ""), KEYS, SHORT)) {
      assertThatThrownBy(() -> store.get("a"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("s3://" + S3Server.BUCKET + ": get a");
      assertThat(requests).hasValue(5);
    } finally {
      broken.stop(0);
    }
    HttpServer silent = http(new AtomicInteger(), Integer.MAX_VALUE, 60_000);
    S3Store.Patience once =
        new S3Store.Patience(
            1, Duration.ofMillis(10), Duration.ofMillis(300), Duration.ofSeconds(1));
    try (S3Store store = S3Store.open(place(uri(silent), ""), KEYS, once)) {
      assertThatThrownBy(() -> store.put("a", Bytes.EMPTY)).isInstanceOf(IOException.class);
    } finally {
      silent.stop(0);
    }
  }

  private static URI uri(HttpServer http) {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** Answers so many requests with 503, or not at all for a while, then all with 200. */
  private static HttpServer http(AtomicInteger requests, int failures, int silentMillis)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
    http.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          try {
            boolean woken =
                new CountDownLatch(1)
                    .await(silentMillis, java.util.concurrent.TimeUnit.MILLISECONDS);
            assertThat(woken).isFalse();
          } catch (InterruptedException e) {
            return;
          }
          exchange.sendResponseHeaders(requests.incrementAndGet() <= failures ? 503 : 200, -1);
          exchange.close();
        });
    http.start();
    return http;
  }
}
