package org.groundwork.node.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.engine.segment.SegmentWriter;
import org.groundwork.engine.store.FolderStore;
import org.groundwork.engine.store.Store;
import org.groundwork.node.Retention;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimChain;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments, facts and a carry for each of many epochs, and what is left of them. */
class HousekeepingTest {
  private static final EpochSchedule SCHEDULE = new EpochSchedule(1_000_000, 10, 4, 2);
  private static final Retention RETENTION = new Retention(25, 10);
  private static final AccountKey KEY = Reporter.account("verifier");
  private static final VerifyPool POOL = new VerifyPool(SignatureVerifiers.best(), 1);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(SCHEDULE.genesis());
  private final SimChain chain = new SimChain(SCHEDULE, clock);
  private final Reporter reporter = new Reporter(1);
  private final TreeMap<Long, Segment> segments = new TreeMap<>();

  @BeforeEach
  void join() {
    chain.addVerifier(KEY.account(), 10, "");
  }

  @AfterAll
  static void close() {
    POOL.close();
  }

  /** A verifier's stores, opened anew as after a crash. */
  private final class Stores {
    final SegmentStore segments;
    final CarryStore carries;
    final FactsStore facts;
    final ArrivalLogs arrivals = new ArrivalLogs(folder.resolve("arrivals"));

    Stores(Store store) throws IOException {
      segments = new SegmentStore(store.under("segments/"));
      carries = new CarryStore(store.under("carry/"));
      FactsMaker maker = new FactsMaker(_ -> Optional.empty(), POOL);
      facts = new FactsStore(folder.resolve("facts"), segments, maker);
    }

    void keepHouse() throws IOException {
      new Housekeeping(RETENTION, chain, segments, facts, carries, arrivals).step();
    }
  }

  private Stores open() throws IOException {
    return new Stores(new FolderStore(folder));
  }

  private static CarrySnapshot carry(long epoch) {
    TreeMap<CarryKey, Bytes> entries = new TreeMap<>();
    entries.put(CarryKey.device(Reporter.NETWORK, new DeviceId(epoch + 1)), Bytes.of((byte) 1));
    return new CarrySnapshot(entries);
  }

  /** All files of these epochs, whose results nobody has accepted yet. */
  private void fill(long from, long to) throws IOException {
    Stores stores = open();
    for (long number = from; number <= to; number++) {
      EpochNumber epoch = new EpochNumber(number);
      SegmentWriter writer =
          new SegmentWriter(
              new SegmentHeader(Reporter.DOMAIN.deployment(), KEY.account(), epoch, 0));
      try {
        writer.add(reporter.report(epoch));
      } catch (org.groundwork.protocol.Malformed e) {
        throw new AssertionError(e);
      }
      Segment segment = writer.seal();
      segments.put(number, segment);
      stores.segments.put(segment);
      stores.facts.establish(segment);
      stores.carries.put(epoch, carry(number));
      stores
          .arrivals
          .of(epoch)
          .arrived(segment.hash(), new ArrivalLog.Arrival(KEY.account(), new SlotNumber(0), 1));
    }
    stores.arrivals.close();
  }

  private void accept(long number) throws IOException {
    EpochNumber epoch = new EpochNumber(number);
    clock.set(Math.max(clock.instant().getEpochSecond(), SCHEDULE.commitDeadline(epoch)));
    var plan = chain.plan(epoch).orElseThrow();
    Hash inputs = org.groundwork.engine.Inputs.of(List.of());
    for (int i = 1; i < plan.epochs().size(); i++) {
      inputs = org.groundwork.protocol.crypto.Keccak256.hash(inputs.toArray(), Hash.ZERO.toArray());
    }
    EpochStatement statement =
        new EpochStatement(
            Reporter.DOMAIN.deployment(),
            epoch,
            0,
            plan.own().closeBlock(),
            plan.own().parent(),
            inputs,
            plan.own().rules(),
            carry(number).root(),
            Hash.ZERO,
            List.of());
    TreeMap<org.groundwork.protocol.AccountId, Bytes> signatures = new TreeMap<>();
    signatures.put(KEY.account(), KEY.sign(Reporter.DOMAIN.digest(statement.structHash())));
    chain.submit(statement, signatures);
    assertThat(chain.result(epoch)).isPresent();
  }

  private void finalise() {
    clock.set(clock.instant().getEpochSecond() + 60);
    while (chain.isFinalityDue()) {
      chain.finalise();
    }
  }

  private List<Long> segmentsLeft() throws IOException {
    Stores stores = open();
    return segments.entrySet().stream()
        .filter(entry -> stores.segments.has(entry.getValue().hash()))
        .map(java.util.Map.Entry::getKey)
        .toList();
  }

  private List<Long> carriesLeft(long to) throws IOException {
    Stores stores = open();
    return LongStream.rangeClosed(0, to)
        .filter(epoch -> stores.carries.has(carry(epoch).root()))
        .boxed()
        .toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void deletesWhatIsFinalForLongEnoughAndKeepsSnapshots() throws IOException {
    fill(0, 41);
    for (int epoch = 0; epoch <= 39; epoch++) {
      accept(epoch);
    }
    open().keepHouse();
    assertThat(segmentsLeft()).as("nothing is final").isEqualTo(range(0, 41));
    finalise();
    open().keepHouse();
    // 39 is final: 14 has been for 25 epochs. What follows it needs its carry and no more.
    assertThat(segmentsLeft()).isEqualTo(range(15, 41));
    assertThat(carriesLeft(41))
        .isEqualTo(
            LongStream.concat(LongStream.of(0, 10), LongStream.rangeClosed(14, 41))
                .boxed()
                .toList());
    assertThat(files("facts")).isEqualTo(27);
    assertThat(files("arrivals")).isEqualTo(27);
  }

  @Test
  void keepsSkippedEpochsAsLongAsTheResultThatCoversThem() throws IOException {
    fill(0, 40);
    for (int epoch = 0; epoch <= 40; epoch++) {
      if (epoch >= 11 && epoch <= 13) {
        clock.set(
            Math.max(clock.instant().getEpochSecond(), chain.skippableAt(new EpochNumber(epoch))));
        chain.skip(new EpochNumber(epoch));
        chain.addVerifier(KEY.account(), 1000, "");
      } else {
        accept(epoch);
      }
      if (epoch == 38) {
        finalise();
        open().keepHouse();
        // 13 is old enough, but was judged with 14, which is not.
        assertThat(segmentsLeft()).isEqualTo(range(11, 40));
      }
    }
    finalise();
    open().keepHouse();
    assertThat(segmentsLeft()).isEqualTo(range(16, 40));
  }

  @Test
  void goesOnWhereItWasKilled() throws IOException {
    fill(0, 41);
    for (int epoch = 0; epoch <= 39; epoch++) {
      accept(epoch);
    }
    finalise();
    int crashes = 0;
    boolean done = false;
    while (!done) {
      Stores stores = new Stores(new Dying(new FolderStore(folder), 3));
      try {
        stores.keepHouse();
        done = true;
      } catch (IOException e) {
        assertThat(e).hasMessage("killed");
        crashes++;
        assertThat(segmentsLeft()).containsAll(range(15, 41));
        assertThat(carriesLeft(41)).containsAll(range(14, 41)).contains(0L, 10L);
      }
    }
    assertThat(crashes).isGreaterThan(5);
    assertThat(segmentsLeft()).isEqualTo(range(15, 41));
    assertThat(files("facts")).isEqualTo(27);
  }

  @Test
  void refusesToKeepLessThanVerifiersNeedWhoWereAway() {
    assertThatThrownBy(() -> new Retention(24, 1)).hasMessageContaining("25 epochs at least");
    assertThatThrownBy(() -> new Retention(30, 31)).hasMessageContaining("Snapshots are every");
  }

  private long files(String name) throws IOException {
    try (var all = Files.walk(folder.resolve(name))) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  /** A store whose process is killed at some deletion. */
  private static final class Dying implements Store {
    private final Store store;
    private int left;

    Dying(Store store, int deletions) {
      this.store = store;
      left = deletions;
    }

    @Override
    public void put(String key, Bytes content) throws IOException {
      store.put(key, content);
    }

    @Override
    public Optional<Bytes> get(String key) throws IOException {
      return store.get(key);
    }

    @Override
    public void delete(String key) throws IOException {
      if (left-- == 0) {
        throw new IOException("killed");
      }
      store.delete(key);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
      return store.list(prefix);
    }
  }
}
