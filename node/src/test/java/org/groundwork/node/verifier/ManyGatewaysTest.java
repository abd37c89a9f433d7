package org.groundwork.node.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.Reasons;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.audit.Audit;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.engine.audit.ReportWay;
import org.groundwork.engine.audit.Why;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.node.Retention;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.store.S3Server;
import org.groundwork.node.store.StoreUrl;
import org.groundwork.node.testing.AlteredCounter;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimNetwork;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Reason;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that is paid sends through two gateways; verifiers over real HTTP judge it. */
class ManyGatewaysTest {
  private static final EpochNumber FIRST = EpochNumber.FIRST;
  private static final AccountKey PAYER = Reporter.account("payer");
  private static final String ONE = "gateway one";
  private static final String TWO = "gateway two";

  private final Path folder;
  private final SimNetwork network;
  private final Reporter reporter;
  private final List<Report> reports = new ArrayList<>();

  ManyGatewaysTest(@TempDir Path folder) {
    this.folder = folder;
    network = new SimNetwork(folder);
    reporter = network.register(1);
  }

  @BeforeEach
  void agree() {
    AccountId owner = reporter.device().owner();
    ReservationId id = new ReservationId(Hash.wrap(new byte[Hash.SIZE]));
    BigInteger unit = BigInteger.TEN.pow(18);
    network.chain.addReservation(
        new Reservation(
            id,
            PAYER.account(),
            Reporter.NETWORK,
            owner,
            new Credits(unit.multiply(BigInteger.valueOf(100))),
            new TokenAmount(unit.multiply(BigInteger.valueOf(50))),
            new EpochNumber(1000)));
    Deal deal =
        new Deal(
            Reporter.DOMAIN.deployment(),
            Reporter.NETWORK,
            reporter.device().id(),
            PAYER.account(),
            owner,
            id,
            new Credits(unit),
            new Credits(unit.multiply(BigInteger.valueOf(100))),
            new SlotNumber(0),
            new SlotNumber(1_000),
            Bytes.EMPTY);
    Bytes signature = PAYER.sign(Reporter.DOMAIN.digest(deal.id()));
    add(new Hello(owner, 1).encode());
    add(CounterNetwork.deal(new SignedDeal(deal, signature)));
    for (int i = 0; i < 3; i++) {
      add(CounterNetwork.reading(i));
    }
  }

  private void add(Bytes payload) {
    reports.add(Report.sign(reporter.body(FIRST, payload.toArray()), reporter.key()));
  }

  @AfterEach
  void stop() {
    network.close();
  }

  private void startVerifiers() throws Exception {
    for (int i = 0; i < 4; i++) {
      network.startVerifier(i);
    }
  }

  private void admit(Gateway gateway, List<Report> some) throws Exception {
    assertThat(gateway.admit(some)).allMatch(Answer.Promised.class::isInstance);
  }

  private void toSlot(int slot) {
    network.clock.set(SimNetwork.SCHEDULE.slotStart(new SlotNumber(slot)) + 1);
  }

  /** Goes to a slot in which so many segments with the first reading come to all verifiers. */
  private void arrive(int slot, int segments) throws Exception {
    toSlot(slot);
    Sequence reading = Sequence.of(FIRST, 2);
    for (int i = 0; i < 4; i++) {
      NodeClient verifier = network.client("verifier " + i);
      network.await(
          "they arrive",
          () -> verifier.holding(reporter.device().id(), reading).size() == segments);
    }
  }

  private void settle(int indexes) throws Exception {
    network.clock.set(SimNetwork.SCHEDULE.close(FIRST) + 25);
    network.await("the indexes are posted", () -> network.chain.posted(FIRST).size() >= indexes);
    network.goToDeadline(FIRST);
    network.awaitSettled(FIRST);
  }

  private PublishedResult published() throws Exception {
    HttpPublicFiles files = new HttpPublicFiles(List.of(network.client("verifier 0")));
    network.await("it is published", () -> files.result(FIRST).isPresent());
    return files.result(FIRST).orElseThrow();
  }

  private static List<AccountId> carriers(PublishedResult result) {
    return result.economy().stream()
        .filter(line -> line.cause() == EconomyLine.Cause.GATEWAY)
        .map(EconomyLine::account)
        .toList();
  }

  @Test
  void ofCopiesThroughTwoGatewaysOneCountsAndTheFirstCarrierGetsTheShare() throws Exception {
    startVerifiers();
    Gateway one = network.startGateway(ONE);
    Gateway two = network.startGateway(TWO);
    admit(two, reports.subList(0, 4));
    arrive(1, 1);
    // The other one repeats them all, and brings a single one first.
    admit(one, reports);
    arrive(2, 2);
    settle(2);
    PublishedResult result = published();
    var device = result.devices().getFirst();
    assertThat(device.verdicts())
        .containsEntry("accepted", 5L)
        .containsEntry("report.duplicate", 4L);
    assertThat(device.charged()).as("%s", result.charges()).isNotEqualTo(Credits.ZERO);
    assertThat(carriers(result)).containsExactly(Reporter.account(TWO).account());
  }

  @Test
  void whatADeadGatewayTookCountsThroughTheOther() throws Exception {
    startVerifiers();
    Gateway one = network.startGateway(ONE);
    Gateway two = network.startGateway(TWO);
    admit(one, reports);
    arrive(1, 1);
    admit(two, reports);
    arrive(2, 2);
    // Its segments are at the verifiers; it dies before it has an index of them.
    network.clock.set(SimNetwork.SCHEDULE.close(FIRST) - 1);
    network.stop(ONE);
    settle(1);
    PublishedResult result = published();
    assertThat(result.devices().getFirst().verdicts()).containsOnlyKeys("accepted");
    assertThat(carriers(result)).containsExactly(Reporter.account(TWO).account());
    assertThat(network.chain.posted(FIRST)).hasSize(1);
  }

  @Test
  void everythingIsInABucketAndAStrangerAuditsIt() throws Exception {
    try (S3Server server = S3Server.start("an-id", "a-secret")) {
      StoreUrl url =
          StoreUrl.parse("s3://" + S3Server.BUCKET + "/net?endpoint=" + server.endpoint());
      var keys =
          java.util.Map.of("AWS_ACCESS_KEY_ID", "an-id", "AWS_SECRET_ACCESS_KEY", "a-secret");
      network.keep(
          data -> url.open(String.valueOf(data.getFileName()).replace(' ', '-'), keys).store(),
          Retention.DEFAULT);
      startVerifiers();
      Gateway one = network.startGateway(ONE);
      admit(one, reports);
      arrive(1, 1);
      settle(1);
      assertThat(published().devices().getFirst().verdicts()).containsOnlyKeys("accepted");
      assertThat(folder.resolve("verifier-0/segments")).doesNotExist();
      AuditReport report = audit(clients("verifier 0", "verifier 1", ONE));
      assertThat(report.differences()).isEmpty();
      assertThat(report.published()).isTrue();
      network.stopVerifier(0);
      Verifier again = network.startVerifier(0);
      assertThat(again.publication().result(FIRST)).isPresent();
    }
  }

  /** Three of four verifiers have rules that leave a reading out. */
  @Test
  void aDishonestResultIsNamedByLeafDeviceAndRecord() throws Exception {
    network.startVerifier(0);
    for (int i = 1; i < 4; i++) {
      network.startVerifier(i, folder.resolve("false-" + i), new Networks(List.of(leavesOut())));
    }
    Gateway one = network.startGateway(ONE);
    admit(one, reports);
    arrive(1, 1);
    settle(1);
    AuditReport report = audit(clients("verifier 0", "verifier 1", ONE));
    assertThat(report.published()).isTrue();
    assertThat(report.differences())
        .extracting(AuditReport.Difference::where)
        .contains("money root", "money leaf CHARGE of network 1 for " + Hash.ZERO, "device 1")
        .anySatisfy(where -> assertThat(where).endsWith("record 2, report 1:0/2"));
    assertThat(report.differences())
        .anySatisfy(difference -> {
          assertThat(difference.where()).endsWith("report 1:0/2");
          assertThat(difference.computed()).isEqualTo("accepted");
          assertThat(difference.found()).isEqualTo("counter.too-high left out");
        });
  }

  @Test
  void aReportCanBeFollowedFromThePromiseToTheClaim() throws Exception {
    startVerifiers();
    Gateway one = network.startGateway(ONE);
    Sequence sequence = Sequence.of(FIRST, 3);
    assertThat(way(sequence)).containsExactly("promised unknown", "sealed waiting");
    admit(one, reports);
    toSlot(2);
    network.await("it is sealed", () -> way(sequence).contains("sealed done"));
    assertThat(way(sequence)).containsExactly("promised done", "sealed done", "indexed waiting");
    network.clock.set(SimNetwork.SCHEDULE.close(FIRST) + 25);
    network.await("it is indexed", () -> way(sequence).contains("indexed done"));
    assertThat(way(sequence))
        .containsExactly(
            "promised done", "sealed done", "slot done", "indexed done", "judged waiting");
    network.goToDeadline(FIRST);
    network.awaitSettled(FIRST);
    network.await("it is published", () -> way(sequence).contains("judged done"));
    assertThat(way(sequence))
        .containsExactly(
            "promised done",
            "sealed done",
            "slot done",
            "indexed done",
            "judged done",
            "paid done",
            "accepted done",
            "final waiting");
    network.clock.set(SimNetwork.SCHEDULE.commitDeadline(FIRST) + 60);
    network.await("it is final", () -> way(sequence).contains("final done"));
    assertThat(way(sequence)).endsWith("final done", "claimed waiting");
    assertThat(way(Sequence.of(FIRST, 99))).containsExactly("promised unknown", "sealed failed");
  }

  private List<String> way(Sequence sequence) throws Exception {
    HttpPublicFiles files = new HttpPublicFiles(clients("verifier 0", ONE));
    Why why =
        new Why(SimNetwork.networks(), java.util.Map.of(Reporter.NETWORK, CounterNetwork.KIND));
    return new ReportWay(new View(), files, files::holding, why)
        .of(reporter.device().id(), sequence, Optional.empty()).stream()
            .map(stage -> stage.name().code() + " " + stage.state().code())
            .toList();
  }

  private final class View implements ReportWay.View {
    @Override
    public SigningDomain domain() {
      return Reporter.DOMAIN;
    }

    @Override
    public EpochSchedule schedule() {
      return SimNetwork.SCHEDULE;
    }

    @Override
    public long now() {
      return network.clock.instant().getEpochSecond();
    }

    @Override
    public List<PostedIndex> posted(EpochNumber epoch) {
      return network.chain.posted(epoch);
    }

    @Override
    public SortedMap<AccountId, BigInteger> weights(EpochNumber epoch) {
      return new TreeMap<>(network.chain.verifiers(epoch).stakes());
    }

    @Override
    public Optional<ReportWay.Settled> settled(EpochNumber epoch) {
      return network
          .chain
          .result(epoch)
          .map(result ->
              new ReportWay.Settled(
                  epoch, result.resultHash(), network.chain.finalised().isPresent()));
    }

    @Override
    public BigInteger claimed(MoneyLeaf leaf) {
      return BigInteger.ZERO;
    }
  }

  private List<NodeClient> clients(String... names) throws Exception {
    List<NodeClient> clients = new ArrayList<>();
    for (String name : names) {
      clients.add(network.client(name));
    }
    return clients;
  }

  private AuditReport audit(List<NodeClient> nodes) throws Exception {
    network.await(
        "it is published",
        () ->
            new HttpPublicFiles(nodes)
                .result(FIRST, network.chain.statement(FIRST).structHash())
                .isPresent());
    ResultPlan plan = network.chain.plan(FIRST).orElseThrow();
    Networks networks = SimNetwork.networks();
    try (VerifyPool pool = new VerifyPool(SignatureVerifiers.best(), 1)) {
      LocalRunner runner = new LocalRunner(networks, SignatureVerifiers.best(), 1);
      return new Audit(networks, runner, pool)
          .audit(
              plan,
              CarrySnapshot.EMPTY.root(),
              network.chain.statement(FIRST),
              new HttpPublicFiles(nodes));
    }
  }

  /** A counter that rejects the first reading of each device, and takes nothing from the others. */
  private static AlteredCounter leavesOut() {
    Reason tooHigh =
        new Reasons(new CounterNetwork().vocabulary().reasons())
            .of("counter.too-high")
            .orElseThrow();
    return new AlteredCounter(result -> {
      List<Verdict> verdicts = new ArrayList<>(result.verdicts());
      // The Hello is judged by the common checks.
      verdicts.set(1, new Verdict.Rejected(tooHigh, "left out"));
      return new DeviceResult(verdicts, result.faults(), List.of(), result.carry());
    });
  }
}
