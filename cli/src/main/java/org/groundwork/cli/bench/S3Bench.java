package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.cli.Json;
import org.groundwork.cli.local.ProcessMemory;
import org.groundwork.networks.storage.customer.CustomerSettings;
import org.groundwork.networks.storage.erasure.Shape;

/**
 * The S3 endpoint of a whole deployment, its chain, verifiers and six providers on the same cores,
 * beside a plain S3 server on the same disk, in turns; and beside what hashing alone allows.
 */
public final class S3Bench {
  private static final String BUCKET = "bench-bucket";
  private static final int ROUNDS = 3;
  private static final double MEGABYTE = 1e6;

  private S3Bench() {}

  /**
   * Runs it.
   *
   * @param largeBytes of the objects that are put and read alone
   * @param small how many objects of 4 KiB in a round
   * @param atOnce requests for them that are under way
   * @param jars of the plain server
   */
  public static ObjectNode run(long largeBytes, int small, int atOnce, Path jars) throws Exception {
    try (S3Deployment up = S3Deployment.start();
        PeerServer peer = new PeerServer(jars, up.folder(), BUCKET)) {
      S3Load ours = new S3Load(up.requests(BUCKET), BUCKET, atOnce);
      S3Load theirs = new S3Load(peer.requests(), BUCKET, atOnce);
      Figures figures = new Figures();
      for (int round = 0; round <= ROUNDS; round++) {
        figures.round(round, ours, theirs, largeBytes, small, up);
      }
      return figures.json(largeBytes).put("smallAtOnce", atOnce);
    }
  }

  /** Medians of what was measured in turns; the first round warms up. */
  private static final class Figures {
    private final List<Double> put = new ArrayList<>();
    private final List<Double> get = new ArrayList<>();
    private final List<Double> putSmall = new ArrayList<>();
    private final List<Double> getSmall = new ArrayList<>();
    private final List<Double> peerPut = new ArrayList<>();
    private final List<Double> peerGet = new ArrayList<>();
    private final List<Double> peerPutSmall = new ArrayList<>();
    private final List<Double> peerGetSmall = new ArrayList<>();
    private final List<Double> putLimit = new ArrayList<>();
    private final List<Double> getLimit = new ArrayList<>();
    private long residentBefore;
    private long residentPeak;

    void round(int round, S3Load ours, S3Load theirs, long largeBytes, int small, S3Deployment up)
        throws IOException, InterruptedException, GeneralSecurityException {
      S3Bound bound = new S3Bound();
      String name = "large-" + round;
      String prefix = "small-" + round + "-";
      residentBefore = round == 1 ? ProcessMemory.peakBytes(up.process("s3")) : residentBefore;
      double[] rates = {
        ours.putLarge(name, largeBytes), theirs.putLarge(name, largeBytes),
        ours.getLarge(name, largeBytes), theirs.getLarge(name, largeBytes),
        ours.putSmall(prefix, small), theirs.putSmall(prefix, small),
        ours.getSmall(prefix, small), theirs.getSmall(prefix, small)
      };
      residentPeak = ProcessMemory.peakBytes(up.process("s3"));
      if (round > 0) {
        Shape shape = CustomerSettings.standard().shape();
        putLimit.add(bound.put((double) shape.total() / shape.data()));
        getLimit.add(bound.get());
        List<List<Double>> all =
            List.of(put, peerPut, get, peerGet, putSmall, peerPutSmall, getSmall, peerGetSmall);
        for (int i = 0; i < rates.length; i++) {
          all.get(i).add(rates[i]);
        }
      }
    }

    ObjectNode json(long largeBytes) {
      double rate = median(put) / MEGABYTE;
      double limit = median(putLimit) / MEGABYTE;
      return Json.object()
          .put("rate", rate)
          .put("limit", limit)
          .put("ratio", rate / limit)
          .put("unit", "MB/s put")
          .put("largeBytes", largeBytes)
          .put("peerPut", median(peerPut) / MEGABYTE)
          .put("get", median(get) / MEGABYTE)
          .put("getLimit", median(getLimit) / MEGABYTE)
          .put("peerGet", median(peerGet) / MEGABYTE)
          .put("smallPutsPerSecond", median(putSmall))
          .put("peerSmallPutsPerSecond", median(peerPutSmall))
          .put("smallGetsPerSecond", median(getSmall))
          .put("peerSmallGetsPerSecond", median(peerGetSmall))
          .put("residentPeakMegabytesAfterTheFirstRound", residentBefore / MEGABYTE)
          .put("residentPeakMegabytes", residentPeak / MEGABYTE);
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().toList().get(values.size() / 2);
    }
  }
}
