package org.groundwork.node.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.engine.store.Store;
import org.groundwork.node.Retention;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.node.files.GrowingFile;
import org.groundwork.node.run.Task;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.wire.Peers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.VerifyPool;

/**
 * One gateway: admits reports, seals slots, brings the segments to the verifiers. Its folder:
 *
 * <pre>
 * journal/SLOT-PART.journal   what was promised, until its epoch is closed
 * sealed.log                  which slots are sealed, and into which segments
 * dispatch/epoch-N.log        slot signatures, indexes, what is posted
 * </pre>
 *
 * <p>Its store, which may be the folder, too:
 *
 * <pre>
 * segments/EPOCH/             by address
 * indexes/                    by address
 * </pre>
 */
public final class Gateway implements AutoCloseable {
  private static final Duration SEALING = Duration.ofMillis(50);
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(5);
  private static final Duration DISPATCH = Duration.ofMillis(200);

  private final AccountKey key;
  private final SegmentStore segments;
  private final IndexStore indexes;
  private final SealedLog sealed;
  private final Intake intake;
  private final Sealer sealer;
  private final Admission admission;
  private final Distribution distribution;
  private final Task sealing;
  private final Task dispatching;
  private final Task housekeeping;

  /** Opens a gateway's folder; nothing runs before {@link #start}. */
  public Gateway(
      Path folder,
      Store store,
      AccountKey key,
      GatewayLimits limits,
      Retention retention,
      EpochChain chain,
      RegistryFeed devices,
      VerifyPool verifyPool,
      Peers peers,
      Tasks tasks,
      InstantSource clock,
      MeterRegistry meters)
      throws IOException {
    this.key = key;
    segments = new SegmentStore(store.under("segments/"));
    indexes = new IndexStore(store.under("indexes/"));
    sealed = new SealedLog(folder.resolve("sealed.log"), chain.schedule());
    Journal journal = Journal.open(folder.resolve("journal"), GrowingFile.REAL);
    intake =
        new Intake(
            journal,
            chain.domain(),
            chain.schedule(),
            key,
            clock,
            limits,
            sealed.through(),
            () -> verifyPool.waitingCallers() > 0,
            tasks);
    sealer =
        new Sealer(
            chain.domain().deployment(),
            key.account(),
            chain.schedule(),
            clock,
            intake,
            segments,
            sealed);
    admission = new Admission(chain.domain(), devices, intake, verifyPool, limits, clock, meters);
    DispatchLogs logs = new DispatchLogs(folder.resolve("dispatch"));
    distribution =
        new Distribution(key, chain, clock, peers, tasks, segments, indexes, sealed, logs);
    sealing = tasks.create("sealer", SEALING, this::seal);
    dispatching = tasks.create("distribution", DISPATCH, distribution::step);
    housekeeping =
        tasks.create("housekeeping", HOUSEKEEPING, () -> keepHouse(retention, chain, logs));
  }

  public void start() {
    intake.start();
    sealing.start();
    dispatching.start();
    housekeeping.start();
  }

  public AccountId account() {
    return key.account();
  }

  /** One answer for each report, in order, to a caller in this process. */
  public List<Answer> admit(List<Report> reports) throws InterruptedException {
    return admission.admit(admission.sender(""), reports);
  }

  /** Where reports are decided. */
  public Admission admission() {
    return admission;
  }

  /** A sealed segment as it is stored. */
  public Optional<Bytes> segment(Hash hash) throws IOException {
    return segments.compressed(hash);
  }

  /** The segments that were sealed in an epoch so far. */
  public List<Hash> sealedIn(EpochNumber epoch) {
    return sealed.segments(epoch).stream().map(SealedSegment::segment).toList();
  }

  /** The sealed segments that hold a report. */
  public List<Hash> holding(DeviceId device, Sequence sequence) throws IOException {
    return segments.holding(device, sequence);
  }

  public Optional<Bytes> index(Hash hash) throws IOException {
    return indexes.encoded(hash);
  }

  /** The last slot whose reports are in segments; -1 for none. */
  public long sealedThrough() {
    return sealed.through();
  }

  /** What keeps the gateway from working; empty if nothing does. */
  public List<String> troubles() {
    return List.of(sealing.failure(), dispatching.failure(), housekeeping.failure()).stream()
        .filter(failure -> !failure.isEmpty())
        .toList();
  }

  @Override
  public void close() throws IOException {
    housekeeping.close();
    dispatching.close();
    distribution.close();
    sealing.close();
    intake.close();
    sealed.close();
  }

  /** Deletes the segments and notes of epochs that nobody needs any more. */
  private boolean keepHouse(Retention retention, EpochChain chain, DispatchLogs logs)
      throws IOException {
    Optional<AcceptedResult> expired = retention.expired(chain);
    if (expired.isPresent()) {
      EpochNumber from = expired.get().epoch().next();
      for (Hash segment : segments.listBefore(from)) {
        segments.delete(segment);
      }
      logs.forgetBefore(from);
    }
    return false;
  }

  private boolean seal() throws IOException {
    if (!sealer.sealDue().isEmpty()) {
      distribution.wake();
      dispatching.wake();
    }
    return false;
  }
}
