package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.groundwork.cli.Json;
import org.groundwork.cli.local.ProcessMemory;
import org.groundwork.networks.storage.customer.CustomerSettings;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.settlement.time.Time;

/**
 * The S3 endpoint of a whole deployment, its chain, verifiers and six providers on the same cores,
 * beside a plain S3 server on the same disk, in turns; and beside what hashing alone allows.
 */
public final class S3Bench {
  private static final String BUCKET = "bench-bucket";
  private static final int ROUNDS = 5;
  private static final int REREADS = 4;

  /** Before that, compilers of seven processes take a good part of two cores. */
  private static final Duration WARM_UP = Duration.ofMinutes(6);

  /** How long connections are kept for their next request; longer than between two rounds. */
  private static final String KEPT_SECONDS = "60";

  private static final double MEGABYTE = 1e6;

  private S3Bench() {}

  /**
   * Runs it.
   *
   * @param largeBytes of the objects that are put and read alone
   * @param small how many objects of 4 KiB in a round
   * @param atOnce requests for them that are under way
   * @param jars of the plain server
   * @param progress told each rate when it was measured
   */
  public static ObjectNode run(
      long largeBytes, int small, int atOnce, Path jars, Consumer<String> progress)
      throws IOException, InterruptedException, GeneralSecurityException {
    // Of the JDK's plain client, which keeps no more than five open otherwise, and for five
    // seconds.
    System.setProperty("http.maxConnections", Integer.toString(atOnce));
    System.setProperty("http.keepAlive.time.server", KEPT_SECONDS);
    return S3Deployment.during(up -> run(up, largeBytes, small, atOnce, jars, progress));
  }

  private static ObjectNode run(
      S3Deployment up, long largeBytes, int small, int atOnce, Path jars, Consumer<String> progress)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (PeerServer peer = new PeerServer(jars, up.folder(), BUCKET)) {
      S3Load ours = new S3Load(up.requests(BUCKET), BUCKET, atOnce);
      S3Load theirs = new S3Load(peer.requests(), BUCKET, atOnce);
      Figures figures = new Figures(progress);
      Instant warm = Time.system().instant().plus(WARM_UP);
      int warmUps = 0;
      for (; warmUps == 0 || Time.system().instant().isBefore(warm); warmUps++) {
        figures.round(warmUps, up, ours, theirs, largeBytes, small);
      }
      figures.begin(up);
      for (int round = warmUps; round < warmUps + ROUNDS; round++) {
        figures.round(round, up, ours, theirs, largeBytes, small);
      }
      figures.end(up);
      return figures.json(largeBytes).put("smallAtOnce", atOnce);
    }
  }

  /**
   * Medians of what was measured in turns. A machine's speed changes from one minute to the next:
   * the limit of a put is measured before it and after it.
   */
  private static final class Figures {
    private final Consumer<String> progress;
    private final SortedMap<String, List<Double>> rates = new TreeMap<>();
    private long residentBefore;
    private long residentPeak;

    Figures(Consumer<String> progress) {
      this.progress = progress;
    }

    /** Forgets what warmed up. */
    void begin(S3Deployment up) throws IOException {
      rates.clear();
      residentBefore = ProcessMemory.peakBytes(up.process("s3"));
    }

    void end(S3Deployment up) throws IOException {
      residentPeak = ProcessMemory.peakBytes(up.process("s3"));
    }

    /**
     * What was put in the round before is not in the endpoint's memory any more, and was not read
     * from anywhere else yet: it comes from the providers.
     */
    void round(int number, S3Deployment up, S3Load ours, S3Load theirs, long largeBytes, int small)
        throws IOException, InterruptedException, GeneralSecurityException {
      String name = "round-" + number;
      String before = "round-" + (number - 1);
      Shape shape = CustomerSettings.standard().shape();
      double expansion = (double) shape.total() / shape.data();
      progress.accept(name + ": large objects, MB/s");
      S3Bound first = new S3Bound();
      double put = ours.putLarge(name, largeBytes);
      S3Bound then = new S3Bound();
      double limit = (first.put(expansion) + then.put(expansion)) / 2;
      add("put", put / MEGABYTE);
      add("putLimit", limit / MEGABYTE);
      add("getLimit", (first.get() + then.get()) / 2 / MEGABYTE);
      add("ratio", put / limit);
      add("peerPut", theirs.putLarge(name, largeBytes) / MEGABYTE);
      add("get", ours.getLarge(name, largeBytes) / MEGABYTE);
      add("peerGet", theirs.getLarge(name, largeBytes) / MEGABYTE);
      add("getAgain", again(ours, name, largeBytes) / MEGABYTE);
      add("peerGetAgain", again(theirs, name, largeBytes) / MEGABYTE);
      if (number > 0) {
        add("getFromProviders", fromProviders(up, ours, before, largeBytes) / MEGABYTE);
        add("smallGetsFromProvidersPerSecond", ours.getSmall(before + "-", small));
      }
      progress.accept(name + ": objects of 4 KiB");
      add("smallPutsPerSecond", ours.putSmall(name + "-", small));
      add("peerSmallPutsPerSecond", theirs.putSmall(name + "-", small));
      add("smallGetsPerSecond", ours.getSmall(name + "-", small));
      add("peerSmallGetsPerSecond", theirs.getSmall(name + "-", small));
      add("smallGetsAgainPerSecond", ours.getSmall(name + "-", small));
      add("peerSmallGetsAgainPerSecond", theirs.getSmall(name + "-", small));
    }

    private static double fromProviders(S3Deployment up, S3Load ours, String name, long bytes)
        throws IOException {
      long before = up.readByProviders();
      double rate = ours.getLarge(name, bytes);
      if (up.readByProviders() - before < bytes) {
        throw new IOException(
            "the endpoint's memory holds two large objects; choose longer ones by --large");
      }
      return rate;
    }

    /** Bytes a second of what was read before: one read is over too soon to tell. */
    private static double again(S3Load load, String name, long bytes) throws IOException {
      double seconds = 0;
      for (int i = 0; i < REREADS; i++) {
        seconds += bytes / load.getLarge(name, bytes);
      }
      return REREADS * bytes / seconds;
    }

    private void add(String what, double rate) {
      rates.computeIfAbsent(what, _ -> new ArrayList<>()).add(rate);
      progress.accept("  %s %.2f".formatted(what, rate));
    }

    ObjectNode json(long largeBytes) {
      ObjectNode json =
          Json.object()
              .put("rate", median("put"))
              .put("limit", median("putLimit"))
              .put("ratio", median("ratio"))
              .put("unit", "MB/s put")
              .put("largeBytes", largeBytes);
      rates.keySet().forEach(what -> json.put(what, median(what)));
      return json.put("residentPeakMegabytesAfterTheWarmUp", residentBefore / MEGABYTE)
          .put("residentPeakMegabytes", residentPeak / MEGABYTE);
    }

    private double median(String what) {
      List<Double> sorted = rates.getOrDefault(what, List.of()).stream().sorted().toList();
      return sorted.get(sorted.size() / 2);
    }
  }
}
