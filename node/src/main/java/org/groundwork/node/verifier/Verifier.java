package org.groundwork.node.verifier;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.groundwork.engine.Networks;
import org.groundwork.engine.Runner;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.files.ResultStore;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.local.Runners;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.engine.store.Store;
import org.groundwork.node.Retention;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.RegistryFeed;
import org.groundwork.node.run.Task;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.wire.Peers;
import org.groundwork.node.wire.SignedPresence;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.protocol.crypto.VerifyPool;

/**
 * One verifier. Its folder:
 *
 * <pre>
 * arrivals/epoch-N.log   which segment came in which slot; which indexes were certified
 * facts/                 what was established about segments; can be made again
 * statements.log         what was signed
 * </pre>
 *
 * <p>Its store, which may be the folder, too:
 *
 * <pre>
 * segments/EPOCH/        by address
 * indexes/               by address
 * carry/EPOCH/           by root, after an epoch
 * results/N-A-F/         what is published of epochs F to N, judged under attempt A
 * </pre>
 */
public final class Verifier implements AutoCloseable {
  private static final Duration JUDGING = Duration.ofMillis(300);
  private static final Duration SETTLING = Duration.ofMillis(300);
  private static final Duration ATTENDING = Duration.ofMillis(500);
  private static final Duration POSTING = Duration.ofMillis(500);
  private static final Duration WATCHING = Duration.ofSeconds(1);
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(5);
  private static final Duration ESTABLISHING = Duration.ofMillis(100);

  private final AccountKey key;
  private final SegmentStore segments;
  private final IndexStore indexes;
  private final CarryStore carries;
  private final ArrivalLogs arrivals;
  private final StatementBook book;
  private final Reception reception;
  private final Publication publication;
  private final Quorum quorum;
  private final Attendance attendance;
  private final PromiseCheck promises;
  private final List<Task> workers;

  /** Opens a verifier's folder; nothing runs before {@link #start}. */
  public Verifier(
      Path folder,
      Store store,
      AccountKey key,
      VerifierSettings settings,
      Retention retention,
      EpochChain chain,
      RegistryFeed registry,
      Networks networks,
      SignatureVerifier verifier,
      VerifyPool verifyPool,
      Peers peers,
      Tasks tasks,
      InstantSource clock,
      MeterRegistry meters)
      throws IOException {
    this.key = key;
    segments = new SegmentStore(store.under("segments/"));
    indexes = new IndexStore(store.under("indexes/"));
    carries = new CarryStore(store.under("carry/"));
    arrivals = new ArrivalLogs(folder.resolve("arrivals"));
    book = new StatementBook(folder.resolve("statements.log"), chain.domain(), key);
    publication = new Publication(new ResultStore(store.under("results/")), indexes);
    FactsMaker maker = new FactsMaker(registry::key, verifyPool);
    FactsStore facts = new FactsStore(folder.resolve("facts"), segments, maker);
    FactsQueue queue = new FactsQueue(facts, segments);
    reception =
        new Reception(
            key, chain, clock, segments, indexes, arrivals, settings.maxBytesPerGateway(), queue);
    AccountId self = key.account();
    Library library = new Library(self, chain, peers, segments, indexes, carries);
    Runner runner = Runners.open(settings.runner(), networks, verifier, settings.threads());
    Judge judge = new Judge(chain, library, indexes, facts, runner, book, publication, meters);
    Turns turns = new Turns(self, clock, settings.turn());
    Poll poll = new Poll(peers, tasks);
    Contradictions contradictions = new Contradictions(chain, clock, meters);
    quorum = new Quorum(self, chain, book, poll, clock, turns, contradictions, meters);
    attendance = new Attendance(key, chain, poll, clock, turns);
    promises = new PromiseCheck(key, chain, library, facts);
    Finality finality = new Finality(chain, clock, turns);
    Housekeeping housekeeping =
        new Housekeeping(retention, chain, segments, facts, carries, arrivals);
    Backstop backstop = new Backstop(self, chain, clock, poll, reception);
    workers =
        List.of(
            tasks.create("facts", ESTABLISHING, queue::step),
            tasks.create("judge " + self, JUDGING, judge::step),
            tasks.create("quorum " + self, SETTLING, quorum::step),
            tasks.create("contradictions " + self, WATCHING, contradictions::step),
            tasks.create("attendance " + self, ATTENDING, attendance::step),
            tasks.create("finality " + self, ATTENDING, finality::step),
            tasks.create("backstop " + self, POSTING, backstop::step),
            tasks.create("housekeeping " + self, HOUSEKEEPING, housekeeping::step));
  }

  public void start() {
    workers.forEach(Task::start);
  }

  public AccountId account() {
    return key.account();
  }

  public Reception reception() {
    return reception;
  }

  public Publication publication() {
    return publication;
  }

  /** The word that it is here, while an epoch is overdue. */
  public Optional<SignedPresence> presence(EpochNumber epoch) {
    return attendance.presence(epoch);
  }

  /** Looks into gateways' promises. */
  public PromiseCheck promises() {
    return promises;
  }

  /** What was signed for an epoch. */
  public Optional<SignedStatement> statement(EpochNumber epoch) {
    return book.statement(epoch);
  }

  /** A segment as it is stored. */
  public Optional<Bytes> segment(Hash hash) throws IOException {
    return segments.compressed(hash);
  }

  public Optional<Segment> readSegment(Hash hash) throws IOException {
    return segments.get(hash);
  }

  /** The segments that hold a report. */
  public List<Hash> holding(DeviceId device, Sequence sequence) throws IOException {
    return segments.holding(device, sequence);
  }

  public Optional<Bytes> index(Hash hash) throws IOException {
    return indexes.encoded(hash);
  }

  public Optional<Bytes> carry(Hash root) throws IOException {
    return carries.encoded(root);
  }

  /** The roots of the carries that are here. */
  public List<Hash> carries() {
    return carries.list();
  }

  /** What keeps the verifier from settling; empty if nothing does. */
  public List<String> troubles() {
    return Stream.concat(workers.stream().map(Task::failure), Stream.of(quorum.waiting()))
        .filter(failure -> !failure.isEmpty())
        .toList();
  }

  @Override
  public void close() throws IOException {
    workers.reversed().forEach(Task::close);
    book.close();
    arrivals.close();
  }
}
