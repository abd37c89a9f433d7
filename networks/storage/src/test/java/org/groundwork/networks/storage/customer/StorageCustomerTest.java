package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.provider.ProviderConfig;
import org.groundwork.networks.storage.provider.Sim;
import org.groundwork.networks.storage.rules.StorageReason;
import org.groundwork.networks.storage.s3.Coding;
import org.groundwork.networks.storage.s3.ObjectStore;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.networks.storage.wire.ByteSource;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PackedProver;
import org.groundwork.networks.storage.wire.Packing;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Fault;
import org.groundwork.rules.Score;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer and six real providers, over HTTP and on real disks. */
class StorageCustomerTest {
  private static final int STRIPE = 4 * StripeCipher.FRAME;
  private static final CustomerSettings SETTINGS =
      new CustomerSettings(
          new Shape(3, 6), 4, 4, 50, 4, Duration.ofSeconds(5), Duration.ofMillis(300), 0);
  private static final byte[] MASTER = new byte[32];

  private final Sim sim = new Sim();
  private final Random random = new Random(11);
  private final List<Sim.Node> nodes = new ArrayList<>();
  @TempDir Path folder;
  private Payer payer;
  private StorageCustomer customer;

  // NullAway does not know what JUnit and @BeforeEach fill.
  @SuppressWarnings("NullAway.Init")
  StorageCustomerTest() {}

  @BeforeEach
  void start() throws IOException {
    payer =
        new Payer(
            folder.resolve("payer"),
            sim.domain(),
            AccountKey.generate(new SecureRandom()),
            new SecureRandom());
    for (int i = 0; i < 6; i++) {
      add(config -> config);
    }
    customer = customer(SETTINGS, MASTER);
  }

  @AfterEach
  void stop() throws IOException {
    customer.close();
    payer.close();
    sim.close();
  }

  @Test
  void whatIsPutIsReadWholeAndInRanges() throws Exception {
    for (int size : new int[] {0, 1, 100, 65_536, STRIPE - 1, STRIPE, STRIPE + 1, 700_000}) {
      byte[] content = bytes(size);
      Stored stored = put(content, random.nextBoolean() ? size : ObjectStore.UNKNOWN_LENGTH);
      assertThat(stored.length()).isEqualTo(size);
      assertThat(read(stored)).isEqualTo(content);
      for (int i = 0; i < 5; i++) {
        int from = random.nextInt(size + 1);
        int to = from + random.nextInt(size - from + 1);
        assertThat(read(stored, from, to - from)).isEqualTo(Arrays.copyOfRange(content, from, to));
      }
      assertThatThrownBy(() -> read(stored, 1, size)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void providersHoldOnePieceEachAndSeeNoPlaintext() throws Exception {
    byte[] content = "the same secret line\n".repeat(9000).getBytes(StandardCharsets.UTF_8);
    put(content, content.length);
    for (Sim.Node node : nodes) {
      List<Path> data = data(node);
      assertThat(data).hasSize(1);
      String text = Files.readString(data.getFirst(), StandardCharsets.ISO_8859_1);
      assertThat(text).doesNotContain("secret");
    }
  }

  @Test
  void asManyProvidersMayDieAsTheCodeCanLoseAndNotOneMore() throws Exception {
    byte[] content = bytes(600_000);
    Stored stored = put(content, content.length);
    for (int i = 0; i < 3; i++) {
      sim.stop(nodes.get(i));
    }
    assertThat(read(stored)).isEqualTo(content);
    sim.stop(nodes.get(3));
    assertThatThrownBy(() -> read(fresh(), stored))
        .asInstanceOf(type(ObjectStoreException.NotEnoughProviders.class))
        .satisfies(e -> {
          assertThat(e.alive()).isEqualTo(2);
          assertThat(e.needed()).isEqualTo(3);
        });
    sim.start(nodes.get(3));
    sim.nextSlot();
    assertThat(read(fresh(), stored)).isEqualTo(content);
  }

  @Test
  void damagedPiecesAreSeenAndReplacedByOthers() throws Exception {
    byte[] content = bytes(600_000);
    Stored stored = put(content, content.length);
    for (int i = 0; i < 3; i++) {
      flip(nodes.get(i));
    }
    assertThat(read(stored)).isEqualTo(content);
    flip(nodes.get(3));
    assertThatThrownBy(() -> read(fresh(), stored))
        .isInstanceOf(ObjectStoreException.Corrupted.class);
  }

  @Test
  void anotherMasterKeyReadsNothing() throws Exception {
    byte[] content = bytes(1000);
    Stored stored = put(content, content.length);
    byte[] other = MASTER.clone();
    other[3] = 1;
    customer.close();
    customer = customer(SETTINGS, other);
    assertThatThrownBy(() -> read(stored)).isInstanceOf(ObjectStoreException.Corrupted.class);
  }

  @Test
  void aProviderThatHangsDelaysNothingForLong() throws Exception {
    byte[] content = bytes(600_000);
    Stored stored = put(content, content.length);
    List<ServerSocket> silent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      silent.add(hang(nodes.get(i)));
    }
    long start = System.nanoTime();
    assertThat(read(fresh(), stored)).isEqualTo(content);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    for (ServerSocket socket : silent) {
      socket.close();
    }
  }

  @Test
  void anUploadSurvivesDeadProvidersAndRepairMakesUpForThem() throws Exception {
    sim.stop(nodes.get(0));
    sim.stop(nodes.get(1));
    byte[] content = bytes(300_000);
    Stored stored = put(content, content.length);
    assertThat(read(stored)).isEqualTo(content);
    sim.start(nodes.get(0));
    sim.start(nodes.get(1));
    sim.nextSlot();
    RepairReport report = customer.repair(false);
    assertThat(report.lost()).isEqualTo(4);
    assertThat(report.repaired()).isEqualTo(4);
    for (Sim.Node node : nodes) {
      assertThat(data(node)).hasSize(2);
    }
    assertThat(customer.repair(true).lost()).isZero();
  }

  @Test
  void withTooFewProvidersNothingIsKept() throws Exception {
    for (int i = 0; i < 3; i++) {
      sim.stop(nodes.get(i));
    }
    assertThatThrownBy(() -> put(bytes(1000), 1000))
        .asInstanceOf(type(ObjectStoreException.NotEnoughProviders.class))
        .satisfies(e -> assertThat(e.needed()).isEqualTo(4));
    for (int i = 3; i < 6; i++) {
      assertThat(sim.reports(nodes.get(i), 4)).isEqualTo(sim.reports(nodes.get(i), 1));
    }
  }

  @Test
  void fullProvidersAreToldApartFromDeadOnes() throws Exception {
    for (Sim.Node node : nodes) {
      restart(node, config -> capacity(config, 1000));
    }
    assertThatThrownBy(() -> put(bytes(300_000), 300_000))
        .isInstanceOf(ObjectStoreException.StorageFull.class);
  }

  @Test
  void withoutCreditsThereIsNoStorage() throws Exception {
    Payer poor =
        new Payer(
            folder.resolve("poor"),
            sim.domain(),
            AccountKey.generate(new SecureRandom()),
            new SecureRandom());
    for (Sim.Node node : nodes) {
      sim.reserve(poor.account(), node, 10);
    }
    try (StorageCustomer other = customer(folder.resolve("other"), SETTINGS, MASTER, poor)) {
      assertThatThrownBy(() -> other.put(new ByteArrayInputStream(bytes(300_000)), 300_000))
          .isInstanceOf(ObjectStoreException.ReservationExhausted.class);
    }
    poor.close();
  }

  @Test
  void whatTheStreamThrowsComesThroughAndNothingIsKept() {
    IOException wrong = new IOException("the signature does not match");
    InputStream data =
        new FilterInputStream(new ByteArrayInputStream(bytes(STRIPE + 1000))) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            if (read < 0) {
              throw wrong;
            }
            return read;
          }
        };
    assertThatThrownBy(() -> customer.put(data, STRIPE + 1000)).isSameAs(wrong);
    for (Sim.Node node : nodes) {
      assertThat(sim.reports(node, 1)).isEqualTo(1);
      assertThat(sim.reports(node, 4)).isEqualTo(1);
    }
  }

  @Test
  void everyProviderIsPaidForWhatItProvedAndForReading() throws Exception {
    byte[] content = bytes(300_000);
    Stored stored = put(content, content.length);
    sim.nextEpoch();
    read(fresh(), stored);
    Sim.Outcome outcome = sim.nextEpoch();
    for (Sim.Node node : nodes) {
      assertThat(outcome.of(node).faults()).isEmpty();
      assertThat(proven(outcome, node)).isEqualTo(10);
    }
    assertThat(outcome.scores().stream().map(Score::entitlement))
        .filteredOn(Entitlement.Paid.class::isInstance)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void afterLossAndDamageRepairRestoresWhatTheCodeCanLose() throws Exception {
    byte[] content = bytes(500_000);
    Stored stored = put(content, content.length);
    sim.nextEpoch();
    sim.stop(nodes.get(0));
    sim.stop(nodes.get(1));
    flip(nodes.get(2));
    Sim.Outcome damaged = sim.nextEpoch();
    assertThat(damaged.of(nodes.get(2)).faults())
        .extracting(Fault::reason)
        .contains(StorageReason.PROOF_WRONG);
    assertThat(damaged.of(nodes.get(0)).faults())
        .extracting(Fault::reason)
        .contains(StorageReason.NO_ANSWER);
    assertThat(damaged.of(nodes.get(3)).faults()).isEmpty();

    RepairReport report = customer.repair(true);
    assertThat(report.lost()).isEqualTo(6);
    assertThat(report.repaired()).isEqualTo(6);
    assertThat(report.unrecoverable()).isZero();
    assertThat(read(fresh(), stored)).isEqualTo(content);
    sim.nextEpoch();
    Sim.Outcome healed = sim.nextEpoch();
    for (int i = 2; i < 6; i++) {
      assertThat(healed.of(nodes.get(i)).faults()).isEmpty();
    }
    assertThat(customer.repair(true).lost()).isZero();
  }

  @Test
  void moreLossThanTheCodeBearsIsSaid() throws Exception {
    put(bytes(1000), 1000);
    for (int i = 0; i < 4; i++) {
      sim.stop(nodes.get(i));
    }
    RepairReport report = customer.repair(false);
    assertThat(report.unrecoverable()).isEqualTo(1);
    assertThat(report.repaired()).isZero();
  }

  @Test
  void deletedObjectsCostNothingFromTheNextEpochOnAndAreGone() throws Exception {
    for (Sim.Node node : nodes) {
      restart(
          node,
          config -> config.with(new ProviderConfig.Waits(Duration.ZERO, Duration.ofSeconds(20))));
    }
    byte[] content = bytes(300_000);
    Stored stored = put(content, content.length);
    sim.nextEpoch();
    customer.delete(stored);
    customer.delete(stored);
    sim.nextEpoch();
    Sim.Outcome after = sim.nextEpoch();
    assertThat(after.scores()).isEmpty();
    for (Sim.Node node : nodes) {
      assertThat(after.of(node).faults()).isEmpty();
      assertThat(data(node)).isEmpty();
    }
    assertThatThrownBy(() -> read(stored)).isInstanceOf(ObjectStoreException.class);
  }

  @Test
  void aProviderThatWasAwayHearsOfADeletionLater() throws Exception {
    Stored stored = put(bytes(1000), 1000);
    sim.stop(nodes.get(0));
    customer.delete(stored);
    assertThat(sim.reports(nodes.get(1), 4)).isEqualTo(1);
    fresh();
    sim.start(nodes.get(0));
    assertThat(sim.reports(nodes.get(0), 4)).isZero();
    customer.repair(false);
    assertThat(sim.reports(nodes.get(0), 4)).isEqualTo(1);
    customer.repair(false);
    assertThat(sim.reports(nodes.get(1), 4)).isEqualTo(1);
  }

  @Test
  void repairSaysWhenProvidersAreTooFewForOnePieceEach() throws Exception {
    byte[] content = bytes(1000);
    Stored stored = put(content, 1000);
    sim.stop(nodes.get(0));
    sim.stop(nodes.get(1));
    assertThat(customer.repair(false)).isEqualTo(new RepairReport(6, 2, 2, 0, 2));
    sim.stop(nodes.get(2));
    assertThat(read(fresh(), stored)).isEqualTo(content);
  }

  @Test
  void piecesOfSuspectsAreVerified() throws Exception {
    put(bytes(1000), 1000);
    flip(nodes.get(4));
    assertThat(customer.repair(Set.of(nodes.get(3).id)).lost()).isZero();
    RepairReport report = customer.repair(Set.of(nodes.get(4).id));
    assertThat(report.lost()).isEqualTo(1);
    assertThat(report.repaired()).isEqualTo(1);
    assertThat(customer.repair(true).lost()).isZero();
  }

  @Test
  void rangesOfOneStripeAreFetchedOnce() throws Exception {
    byte[] content = bytes(200_000);
    Stored stored = put(content, content.length);
    for (int from = 0; from < 200_000; from += 20_000) {
      assertThat(read(stored, from, 20_000))
          .isEqualTo(Arrays.copyOfRange(content, from, from + 20_000));
    }
    assertThat(customer.progress().fetchedPieces()).isEqualTo(3);
    assertThat(customer.progress().readBytes()).isEqualTo(200_000);
  }

  @Test
  void whatWasStoredIsReadFromMemoryUnlessNothingIsToBeKept() throws Exception {
    byte[] content = bytes(600_000);
    Stored unkept = put(content, content.length);
    assertThat(read(unkept)).isEqualTo(content);
    assertThat(customer.progress().fetchedPieces()).isPositive();
    caching();
    Stored kept = put(content, content.length);
    Stored longerThanSaid = put(content, 1000);
    for (Stored each : List.of(kept, longerThanSaid)) {
      assertThat(read(each)).isEqualTo(content);
      assertThat(read(each, 599_999, 1)).containsExactly(content[599_999]);
    }
    assertThat(customer.progress().fetchedPieces()).isZero();
  }

  private void caching() throws Exception {
    customer.close();
    customer = customer(SETTINGS.withCacheBytes(1 << 20), MASTER);
  }

  @Test
  void whatWasReadIsReadAgainFromThisDiskWithoutPay() throws Exception {
    byte[] content = bytes(600_000);
    Stored stored = put(content, content.length);
    caching();
    assertThat(read(stored)).isEqualTo(content);
    assertThat(customer.progress().fetchedPieces()).isPositive();
    caching();
    for (Sim.Node node : nodes) {
      sim.stop(node);
    }
    assertThat(read(stored)).isEqualTo(content);
    assertThat(customer.progress().fetchedPieces()).isZero();
    customer.delete(stored);
    try (Stream<Path> left = Files.list(folder.resolve("customer/cache"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void dealsAreRenewedBeforeTheyEnd() throws Exception {
    byte[] content = bytes(300_000);
    Stored stored = put(content, content.length);
    for (int slot = 0; slot < 45; slot += 5) {
      sim.nextEpoch();
    }
    assertThat(customer.repair(false).lost()).isZero();
    for (int i = 0; i < 3; i++) {
      sim.nextEpoch();
    }
    Sim.Outcome outcome = sim.nextEpoch();
    for (Sim.Node node : nodes) {
      assertThat(proven(outcome, node)).isEqualTo(10);
    }
    assertThat(read(fresh(), stored)).isEqualTo(content);
  }

  @Test
  void packedCopiesAreProvenAndPaidAsAnythingAndCheckedAgainstThePlainOne() throws Exception {
    byte[] content = bytes(200_000);
    Passes passes = new Passes(1);
    Coding coding = new Coding(Optional.of(new Shape(1, 3)), Optional.of(passes));
    Stored stored = customer.put(new ByteArrayInputStream(content), content.length, coding);
    StripeRecord stripe =
        new Catalog(folder.resolve("customer"))
            .get(new Hash(stored.manifest()))
            .orElseThrow()
            .stripes()
            .getFirst();
    assertThat(stripe.pieces()).hasSize(3);
    sim.nextEpoch();
    Sim.Outcome outcome = sim.nextEpoch();
    for (PieceRecord piece : stripe.pieces()) {
      Sim.Node holder = nodes.get((int) piece.device().value() - 1);
      assertThat(outcome.of(holder).faults()).isEmpty();
      assertThat(proven(outcome, holder)).isEqualTo(5);
      byte[] held = Files.readAllBytes(data(holder).getFirst());
      PieceWithTree packed = tree(held);
      assertThat(packed.commitment()).isEqualTo(piece.commitment());
      PieceRecord.Packed how = piece.packed().orElseThrow();
      Packing packing =
          new Packing(
              sim.domain().deployment(), Sim.NETWORK, piece.device(), how.key(), how.passes());
      byte[] unpacked = held.clone();
      packing.apply(how.plain(), 0, unpacked);
      PackedProver prover =
          new PackedProver(
              packing, tree(unpacked).tree(), packed.tree(), ByteSource.of(Bytes.wrap(held)));
      for (long leaf : new long[] {0, 999, how.plain().leafCount() - 1}) {
        PackedProver.Answer answer = prover.prove(leaf);
        assertThat(
                packing.verify(
                    how.plain(), piece.commitment(), leaf, answer.plain(), answer.packed()))
            .isTrue();
      }
    }
    assertThat(read(fresh(), stored)).isEqualTo(content);
  }

  private static PieceWithTree tree(byte[] bytes) {
    return new CommP(CommP.Keep.TREE).update(bytes, 0, bytes.length).finishTree();
  }

  private void add(UnaryOperator<ProviderConfig> configure) throws IOException {
    Sim.Node node = sim.addProvider(folder, configure);
    nodes.add(node);
    sim.reserve(payer.account(), node, 1L << 50);
  }

  private void restart(Sim.Node node, UnaryOperator<ProviderConfig> change) throws IOException {
    sim.restart(node, change);
  }

  private static ProviderConfig capacity(ProviderConfig config, long bytes) {
    return config.with(new ProviderConfig.Room(bytes, 0, config.room().maxPieceBytes(), 16));
  }

  private StorageCustomer customer(CustomerSettings settings, byte[] master) throws IOException {
    return customer(folder.resolve("customer"), settings, master, payer);
  }

  private StorageCustomer customer(Path where, CustomerSettings settings, byte[] master, Payer by)
      throws IOException {
    return new StorageCustomer(
        where, settings, master, sim, Sim.NETWORK, by, sim, new SecureRandom());
  }

  /** The same customer after a restart: it remembers nothing but its folder. */
  private StorageCustomer fresh() throws IOException {
    customer.close();
    customer = customer(SETTINGS, MASTER);
    return customer;
  }

  private Stored put(byte[] content, long length) throws Exception {
    return customer.put(new ByteArrayInputStream(content), length);
  }

  private byte[] read(Stored stored) throws Exception {
    return read(customer, stored);
  }

  private static byte[] read(StorageCustomer by, Stored stored) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    by.read(stored, 0, stored.length(), out);
    return out.toByteArray();
  }

  private byte[] read(Stored stored, long offset, long length) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    customer.read(stored, offset, length, out);
    return out.toByteArray();
  }

  private byte[] bytes(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }

  private static List<Path> data(Sim.Node node) throws IOException {
    try (Stream<Path> files = Files.list(node.folder.resolve("storage/pieces"))) {
      return files.filter(file -> file.toString().endsWith(".data")).sorted().toList();
    }
  }

  private static void flip(Sim.Node node) throws IOException {
    for (Path file : data(node)) {
      byte[] content = Files.readAllBytes(file);
      for (int i = 0; i < content.length; i += 300) {
        content[i] ^= 4;
      }
      Files.write(file, content);
    }
  }

  /** In a provider's place: something that takes connections and never answers. */
  private ServerSocket hang(Sim.Node node) throws IOException {
    int port = node.provider().port();
    sim.stop(node);
    return new ServerSocket(port);
  }

  private static long proven(Sim.Outcome outcome, Sim.Node node) {
    DeviceId id = node.id;
    return outcome.scores().stream()
        .filter(score -> score.device().equals(id))
        .map(Score::entitlement)
        .filter(Entitlement.Proven.class::isInstance)
        .mapToLong(proven -> ((Entitlement.Proven) proven).slots())
        .sum();
  }
}
