package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.groundwork.cli.Json;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.audit.Audit;
import org.groundwork.engine.audit.PublicFiles;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentReader;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyBench;
import org.groundwork.protocol.crypto.VerifyPool;

/**
 * Recomputing an epoch from public files: segments are decompressed, parsed and hashed, every
 * signature is verified, the epoch is judged and its statement compared. The limit is that of
 * {@link VerifyBench}: the signature library alone on all cores.
 */
public final class AuditBench {
  /** Audits before the measured ones: after fewer the compiler is still at work. */
  private static final int WARM_UP = 4;

  private static final int ROUNDS = 7;
  private static final int REPORTS_PER_DEVICE = 24;

  private AuditBench() {}

  public static ObjectNode run(int devices) throws Exception {
    SyntheticEpoch epoch = new SyntheticEpoch(devices, REPORTS_PER_DEVICE * (long) devices, true);
    InMemory files = new InMemory(epoch);
    ResultPlan plan = epoch.plan(files.index);
    int cores = Runtime.getRuntime().availableProcessors();
    SignatureVerifier verifier = SignatureVerifiers.best();
    double[] rates = new double[ROUNDS];
    double[] limits = new double[ROUNDS];
    double[] cpu = new double[ROUNDS];
    try (VerifyPool pool = new VerifyPool(verifier, cores)) {
      LocalRunner runner = new LocalRunner(SyntheticEpoch.networks(), verifier, cores);
      Audit audit = new Audit(SyntheticEpoch.networks(), runner, pool);
      VerifyBench.Limit limit = new VerifyBench.Limit();
      EpochStatement accepted = audit(audit, plan, files, Optional.empty()).statement();
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        double alone = limit.measure().perSecond();
        Meter meter = new Meter();
        audit(audit, plan, files, Optional.of(accepted));
        meter.stop();
        if (round >= 0) {
          limits[round] = alone;
          rates[round] = epoch.reports() / meter.seconds();
          cpu[round] = meter.cpuSeconds();
        }
      }
    }
    double rate = MerkleBench.median(rates);
    double limit = MerkleBench.median(limits);
    return Json.object()
        .put("rate", rate)
        .put("limit", limit)
        .put("ratio", rate / limit)
        .put("unit", "reports/s")
        .put("reports", epoch.reports())
        .put("cpuSecondsPerMillion", MerkleBench.median(cpu) * 1e6 / epoch.reports())
        .put("segmentBytesPerMillion", files.size() * 1e6 / epoch.reports());
  }

  private static EpochResult audit(
      Audit audit, ResultPlan plan, InMemory files, Optional<EpochStatement> accepted)
      throws IOException {
    EpochResult result = audit.recompute(plan, files.carry.root(), files);
    if (accepted.isPresent() && !accepted.get().equals(result.statement())) {
      throw new IllegalStateException("two audits of one epoch differ");
    }
    return result;
  }

  /** Public files as they are sent. */
  private static final class InMemory implements PublicFiles {
    private final Map<Hash, Bytes> segments = new ConcurrentHashMap<>();
    private final CarrySnapshot carry;
    private final SegmentIndex index;

    InMemory(SyntheticEpoch epoch) throws IOException {
      carry = epoch.carry();
      index = epoch.segments(segment -> segments.put(segment.hash(), segment.compress()));
    }

    long size() {
      return segments.values().stream().mapToLong(Bytes::size).sum();
    }

    @Override
    public Optional<SegmentIndex> index(Hash hash) {
      return Optional.of(index);
    }

    @Override
    public Optional<Segment> segment(Hash hash) throws IOException {
      try {
        Bytes compressed = segments.get(hash);
        return compressed == null
            ? Optional.empty()
            : Optional.of(SegmentReader.read(hash, compressed));
      } catch (Malformed e) {
        throw new IOException(e);
      }
    }

    @Override
    public Optional<CarrySnapshot> carry(Hash root) {
      return Optional.of(carry);
    }

    @Override
    public Optional<PublishedResult> result(EpochNumber epoch, Hash resultHash) {
      return Optional.empty();
    }
  }
}
