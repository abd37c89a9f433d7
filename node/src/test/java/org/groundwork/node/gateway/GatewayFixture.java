package org.groundwork.node.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.MapRegistry;
import org.groundwork.node.testing.Reporter;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;

/** The inner parts of a gateway on a clock that a test moves: epochs of four slots of 10 s. */
public final class GatewayFixture implements AutoCloseable {
  public static final long GENESIS = 1_000_000;
  public static final EpochSchedule SCHEDULE = new EpochSchedule(GENESIS, 10, 4, 2);
  static final AccountKey KEY = Reporter.account("gateway");

  public final MapRegistry registry = new MapRegistry();
  final SegmentStore store;
  final SealedLog sealed;
  final Intake intake;
  final Sealer sealer;
  public final Admission admission;
  private final VerifyPool pool = new VerifyPool(SignatureVerifiers.best(), 1);

  public GatewayFixture(Path folder, ManualClock clock, GatewayLimits limits, GrowingFile.Disk disk)
      throws IOException {
    this(folder, SCHEDULE, clock, limits, disk);
  }

  public GatewayFixture(
      Path folder,
      EpochSchedule schedule,
      InstantSource clock,
      GatewayLimits limits,
      GrowingFile.Disk disk)
      throws IOException {
    store = new SegmentStore(folder.resolve("segments"));
    sealed = new SealedLog(folder.resolve("sealed.log"), schedule);
    Journal journal = Journal.open(folder.resolve("journal"), disk);
    intake =
        new Intake(
            journal,
            Reporter.DOMAIN,
            schedule,
            KEY,
            clock,
            limits,
            sealed.through(),
            () -> pool.waitingCallers() > 0,
            Tasks.THREADS);
    sealer =
        new Sealer(
            Reporter.DOMAIN.deployment(), KEY.account(), schedule, clock, intake, store, sealed);
    admission =
        new Admission(
            Reporter.DOMAIN, registry, intake, pool, limits, clock, new SimpleMeterRegistry());
    intake.start();
  }

  GatewayFixture(Path folder, ManualClock clock) throws IOException {
    this(folder, clock, GatewayLimits.DEFAULT, GrowingFile.REAL);
  }

  /** Answers what comes from one address. */
  List<Answer> admit(List<Report> reports) throws InterruptedException {
    return admission.admit(admission.sender("here"), reports);
  }

  public void register(Reporter reporter) {
    registry.put(reporter.device());
  }

  @Override
  public void close() throws IOException {
    intake.close();
    sealed.close();
    pool.close();
  }
}
