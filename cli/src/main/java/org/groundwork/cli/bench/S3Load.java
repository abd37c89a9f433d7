package org.groundwork.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.groundwork.cli.s3.SignedRequests;
import org.groundwork.settlement.time.Time;

/** What the bench asks of an S3 server; each answer is compared with what was put. */
final class S3Load {
  static final int SMALL_BYTES = 4096;

  private static final int BUFFER = 1 << 20;
  private static final double NANOS = 1e9;

  private final SignedRequests requests;
  private final String bucket;
  private final int atOnce;

  /**
   * @param atOnce requests for small objects that are under way
   */
  S3Load(SignedRequests requests, String bucket, int atOnce) {
    this.requests = requests;
    this.bucket = bucket;
    this.atOnce = atOnce;
  }

  /** Makes the bucket when the server answers. */
  static void awaitBucket(SignedRequests requests, String bucket, Duration patience, Time time)
      throws IOException, InterruptedException {
    Instant deadline = time.instant().plus(patience);
    while (true) {
      try {
        requests.put("/" + bucket, HttpRequest.BodyPublishers.noBody());
        return;
      } catch (IOException e) {
        if (time.instant().isAfter(deadline)) {
          throw e;
        }
        time.pause(Duration.ofMillis(200));
      }
    }
  }

  /** Bytes a second of one long object. */
  double putLarge(String name, long bytes) throws IOException {
    long start = System.nanoTime();
    requests.put(
        path(name),
        HttpRequest.BodyPublishers.fromPublisher(
            HttpRequest.BodyPublishers.ofInputStream(() -> new PatternStream(0, bytes)), bytes));
    return bytes * NANOS / (System.nanoTime() - start);
  }

  /**
   * The same by an upload in parts, so many at once.
   *
   * @param progress told how many bytes are stored
   */
  double putParts(String name, long bytes, long partBytes, LongConsumer progress)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    String begun = requests.post(path(name), "uploads=", "");
    String upload = begun.replaceAll("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    int count = Math.toIntExact((bytes + partBytes - 1) / partBytes);
    AtomicReferenceArray<String> tags = new AtomicReferenceArray<>(count);
    AtomicLong stored = new AtomicLong();
    all(
        count,
        number -> {
          long from = number * partBytes;
          long size = Math.min(partBytes, bytes - from);
          HttpRequest.BodyPublisher body =
              HttpRequest.BodyPublishers.fromPublisher(
                  HttpRequest.BodyPublishers.ofInputStream(
                      () -> new PatternStream(from, from + size)),
                  size);
          tags.set(number, requests.putPart(path(name), upload, number + 1, body));
          progress.accept(stored.addAndGet(size));
        });
    StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < count; i++) {
      document.append("<Part><PartNumber>%d</PartNumber><ETag>".formatted(i + 1));
      document.append(tags.get(i)).append("</ETag></Part>");
    }
    requests.post(
        path(name), "uploadId=" + upload, document.append("</CompleteMultipartUpload>").toString());
    return bytes * NANOS / (System.nanoTime() - start);
  }

  double getLarge(String name, long bytes) throws IOException {
    return getLarge(name, bytes, _ -> {});
  }

  /**
   * The same.
   *
   * @param progress told how many bytes have come
   */
  double getLarge(String name, long bytes, LongConsumer progress) throws IOException {
    CRC32C expected = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    PatternStream same = new PatternStream(0, bytes);
    for (int n = same.read(buffer, 0, BUFFER); n > 0; n = same.read(buffer, 0, BUFFER)) {
      expected.update(buffer, 0, n);
    }
    long start = System.nanoTime();
    CRC32C found = new CRC32C();
    long count = 0;
    try (InputStream in = requests.get(path(name))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        found.update(buffer, 0, n);
        count += n;
        progress.accept(count);
      }
    }
    double rate = bytes * NANOS / (System.nanoTime() - start);
    if (count != bytes || found.getValue() != expected.getValue()) {
      throw new IOException(name + " came back changed");
    }
    return rate;
  }

  /** Objects a second. */
  double putSmall(String prefix, int count) throws IOException, InterruptedException {
    return all(
        count,
        number ->
            requests.put(
                path(prefix + number), HttpRequest.BodyPublishers.ofByteArray(small(number))));
  }

  double getSmall(String prefix, int count) throws IOException, InterruptedException {
    return all(
        count,
        number -> {
          try (InputStream in = requests.get(path(prefix + number))) {
            if (!Arrays.equals(in.readAllBytes(), small(number))) {
              throw new IOException(prefix + number + " came back changed");
            }
          }
        });
  }

  private interface Each {
    void run(int number) throws IOException;
  }

  private double all(int count, Each each) throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> workers = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        workers.add(
            threads.submit(() -> {
              int done = 0;
              for (int number = next.getAndIncrement();
                  number < count;
                  number = next.getAndIncrement()) {
                each.run(number);
                done++;
              }
              return done;
            }));
      }
      for (Future<Integer> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return count * NANOS / (System.nanoTime() - start);
  }

  private byte[] small(int number) {
    return PatternStream.excerpt(number, SMALL_BYTES);
  }

  private String path(String name) {
    return "/" + bucket + "/" + name;
  }
}
