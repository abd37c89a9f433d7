package org.groundwork.node.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.node.wire.ReportStreamClient;
import org.groundwork.node.wire.StreamAnswer;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.settlement.time.Time;
import org.jspecify.annotations.Nullable;

/** The program of the sending process: streams that were opened before, reports signed before. */
final class StreamSender {
  private static final int STREAMS = 8;

  /** Reports of a message where speed counts, and where delay counts. */
  private static final int FULL_MESSAGE = 50;

  private static final int SMALL_MESSAGE = 10;
  private static final int MESSAGES_UNDER_WAY = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofMillis(1);

  /** Of so many answers one is decoded and its promises are verified, after the measured time. */
  private static final int SAMPLED = 64;

  private static final int HASH_AT = 1 + AccountId.SIZE + 8;
  private static final int STEPS_AT = HASH_AT + Hash.SIZE + 8;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Workload devices;
  private final List<ReportStreamClient> streams = new ArrayList<>();
  private final LongSupplier nanoClock = System::nanoTime;
  private final OperatingSystemMXBean processor =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final AtomicInteger refused = new AtomicInteger();
  private final Queue<Bytes> sampled = new ConcurrentLinkedQueue<>();
  private List<Report> reports = List.of();

  private record Message(Bytes content, List<Hash> hashes) {}

  private StreamSender(URI gateway, int devices) throws IOException {
    this.devices = new Workload(devices);
    HttpClient http = NodeClient.http();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(ReportStreamClient.open(http, gateway, PATIENCE));
    }
  }

  public static void main(String[] arguments) throws Exception {
    StreamSender sender =
        new StreamSender(URI.create(arguments[0]), Integer.parseInt(arguments[1]));
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(sender.answer(line.split(" ", -1)));
    }
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "sign" -> {
        reports =
            devices.reports(
                EpochNumber.FIRST, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        yield "signed";
      }
      case "send" -> send();
      case "pace" -> pace(Double.parseDouble(words[1]));
      default -> "unknown";
    };
  }

  private List<Message> messages(int size) {
    List<Message> messages = new ArrayList<>();
    for (int from = 0; from < reports.size(); from += size) {
      List<Report> some = reports.subList(from, Math.min(from + size, reports.size()));
      CanonicalWriter content = new CanonicalWriter();
      some.forEach(report -> content.raw(report.encode()));
      List<Hash> hashes =
          some.stream().map(each -> Sha256.hash(each.body().unsafeArray())).toList();
      messages.add(new Message(content.toBytes(), hashes));
    }
    return messages;
  }

  private String send() throws Exception {
    List<Message> messages = messages(FULL_MESSAGE);
    long processorBefore = processor.getProcessCpuTime();
    long start = nanoClock.getAsLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      int first = i;
      threads.add(Thread.ofVirtual().start(() -> sendEach(messages, first)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long nanos = nanoClock.getAsLong() - start;
    long used = processor.getProcessCpuTime() - processorBefore;
    check();
    return "sent " + nanos + " " + used;
  }

  private void sendEach(List<Message> messages, int first) {
    Deque<CompletableFuture<Bytes>> underWay = new ArrayDeque<>();
    try {
      for (int i = first; i < messages.size(); i += STREAMS) {
        Message message = messages.get(i);
        if (underWay.size() == MESSAGES_UNDER_WAY) {
          underWay.remove().join();
        }
        underWay.add(
            streams
                .get(first)
                .send(message.content)
                .whenComplete((answer, failure) -> inspect(message, answer, failure)));
      }
      underWay.forEach(CompletableFuture::join);
    } catch (IOException | CompletionException e) {
      refused.incrementAndGet();
    }
  }

  private String pace(double load) throws Exception {
    List<Message> messages = messages(SMALL_MESSAGE);
    long[] delays = new long[messages.size()];
    List<CompletableFuture<Bytes>> answers = new ArrayList<>();
    double nanosPerMessage = SMALL_MESSAGE * NANOS_PER_SECOND / load;
    long start = nanoClock.getAsLong();
    for (int i = 0; i < messages.size(); i++) {
      long due = start + (long) (i * nanosPerMessage);
      while (nanoClock.getAsLong() < due) {
        Time.system().pause(TICK);
      }
      int index = i;
      Message message = messages.get(i);
      answers.add(
          streams
              .get(i % STREAMS)
              .send(message.content)
              .whenComplete((answer, failure) -> {
                delays[index] = nanoClock.getAsLong() - due;
                inspect(message, answer, failure);
              }));
    }
    answers.forEach(CompletableFuture::join);
    check();
    Arrays.sort(delays);
    return String.format(
        Locale.ROOT,
        "paced %.2f %.2f %.2f",
        delays[delays.length / 2] / NANOS_PER_MILLI,
        delays[(int) (delays.length * 0.99)] / NANOS_PER_MILLI,
        delays[delays.length - 1] / NANOS_PER_MILLI);
  }

  /** Whether each report is promised, at little cost; a sample is looked at closely later. */
  private void inspect(Message message, @Nullable Bytes answer, @Nullable Throwable failure) {
    if (answer == null || failure != null) {
      refused.incrementAndGet();
      return;
    }
    byte[] content = answer.unsafeArray();
    int at = 0;
    for (Hash hash : message.hashes) {
      boolean promised =
          content.length > at + STEPS_AT
              && content[at] == StreamAnswer.PROMISED
              && Arrays.equals(
                  content,
                  at + HASH_AT,
                  at + HASH_AT + Hash.SIZE,
                  hash.bytes().unsafeArray(),
                  0,
                  Hash.SIZE);
      if (!promised) {
        refused.incrementAndGet();
        return;
      }
      at += STEPS_AT + 1 + (content[at + STEPS_AT] & 0xFF) * Hash.SIZE + 4 + AccountSignatures.SIZE;
    }
    if (message.hashes.getFirst().bytes().get(0) % SAMPLED == 0) {
      sampled.add(answer);
    }
  }

  private void check() throws Malformed {
    if (refused.get() > 0) {
      throw new IllegalStateException(refused + " messages of good reports were refused");
    }
    for (Bytes answer = sampled.poll(); answer != null; answer = sampled.poll()) {
      Promise promise =
          switch (StreamAnswer.first(answer)) {
            case StreamAnswer.Promised(Promise kept) -> kept;
            case StreamAnswer.Refused(String code, long _) -> throw new Malformed(code);
          };
      if (!promise.isGenuine(Workload.DOMAIN)
          || !promise.gateway().equals(Workload.GATEWAY.account())) {
        throw new Malformed("a promise that is worth nothing");
      }
    }
  }
}
