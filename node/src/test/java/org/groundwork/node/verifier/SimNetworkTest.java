package org.groundwork.node.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.audit.AuditFailure;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.PromiseInquiry;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.testing.AlteredCounter;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimNetwork;
import org.groundwork.node.wire.BrokenPromise;
import org.groundwork.node.wire.HttpPeers;
import org.groundwork.node.wire.PeerException;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.rules.Carry;
import org.groundwork.rules.DeviceResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifiers and a gateway over real HTTP on a simulated chain and clock. */
class SimNetworkTest {
  private static final EpochNumber FIRST = EpochNumber.FIRST;

  private final SimNetwork network;
  private final Path folder;
  private final Reporter reporter;

  SimNetworkTest(@TempDir Path folder) {
    this.folder = folder;
    network = new SimNetwork(folder);
    reporter = network.register(1);
  }

  @BeforeEach
  void startVerifiers() throws Exception {
    for (int i = 0; i < 4; i++) {
      network.startVerifier(i);
    }
  }

  @AfterEach
  void stop() {
    network.close();
  }

  @Test
  void settlesWithAllAndCountsEachReport() throws Exception {
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 5);
    network.goToClose(FIRST);
    network.await("the index is posted", () -> !network.chain.posted(FIRST).isEmpty());
    network.goToDeadline(FIRST);
    network.awaitSettled(FIRST);
    assertThat(accepted(0, FIRST)).isEqualTo(6);
    network.await("all know it", () -> differing() == 0 && published(3, FIRST));
  }

  @Test
  void aVerifierPostsTheIndexOfAGatewayThatDied() throws Exception {
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    // One second before the close nothing of the epoch's end has happened.
    network.clock.set(SimNetwork.SCHEDULE.close(FIRST) - 1);
    network.await("all hold the segments", () -> arrivals(FIRST) == 4);
    network.goToClose(FIRST);
    network.await("an index is certified", () -> certified(FIRST) == 4);
    network.stopGateway();
    network.clock.set(SimNetwork.SCHEDULE.commitDeadline(FIRST) - 1);
    network.await("the index is posted", () -> !network.chain.posted(FIRST).isEmpty());
    network.goToDeadline(FIRST);
    network.awaitSettled(FIRST);
    assertThat(accepted(0, FIRST)).isEqualTo(4);
  }

  @Test
  void aVerifierThatWasAwayFetchesWhatItMissed() throws Exception {
    network.stopVerifier(3);
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    settle(FIRST);
    network.stopGateway();
    Verifier back = network.startVerifier(3);
    network.await("it has judged the epoch", () -> back.publication().has(FIRST, 0));
    assertThat(accepted(3, FIRST)).isEqualTo(4);
  }

  @Test
  void aVerifierThatLostItsDataGoesOnFromTheAcceptedCarry() throws Exception {
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    settle(FIRST);
    network.stopVerifier(3);
    Verifier fresh = network.startVerifier(3, folder.resolve("fresh"), SimNetwork.networks());
    EpochNumber second = FIRST.next();
    network.goToDeadline(second);
    network.await("the second settles", () -> network.chain.result(second).isPresent());
    network.await("it signed the second", () -> fresh.publication().has(second, 0));
    assertThat(fresh.publication().result(second).orElseThrow().statement().structHash())
        .isEqualTo(network.chain.result(second).orElseThrow().resultHash());
  }

  @Test
  void oneThatFindsSomethingElseIsCountedAndLeftAside() throws Exception {
    network.stopVerifier(3);
    network.startVerifier(3, folder.resolve("odd"), new Networks(List.of(odd())));
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    settle(FIRST);
    assertThat(accepted(0, FIRST)).isEqualTo(4);
    network.await("somebody noticed", () -> differing() + differingResults() > 0);
  }

  @Test
  void twoAgainstTwoSettleNothing() throws Exception {
    for (int i = 2; i < 4; i++) {
      network.stopVerifier(i);
      network.startVerifier(i, folder.resolve("odd-" + i), new Networks(List.of(odd())));
    }
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    network.goToClose(FIRST);
    network.await("the index is posted", () -> !network.chain.posted(FIRST).isEmpty());
    network.goToDeadline(FIRST);
    // Each of the four sees that two others differ.
    network.await("all noticed", () -> differing() == 8);
    assertThat(network.chain.result(FIRST)).isEmpty();
  }

  @Test
  void anEpochWithoutReportsSettlesToo() throws Exception {
    network.goToDeadline(FIRST);
    network.awaitSettled(FIRST);
    assertThat(network.chain.posted(FIRST)).isEmpty();
  }

  @Test
  void aVoidResultIsTakenBackAndJudgedAgainUnderTheNextAttempt() throws Exception {
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    settle(FIRST);
    AcceptedResult before = network.chain.result(FIRST).orElseThrow();
    network.chain.voidFrom(FIRST);
    network.await(
        "it settles again",
        () -> network.chain.result(FIRST).filter(r -> r.attempt() == 1).isPresent());
    AcceptedResult after = network.chain.result(FIRST).orElseThrow();
    assertThat(after.carryRoot()).isEqualTo(before.carryRoot());
    assertThat(after.moneyRoot()).isEqualTo(before.moneyRoot());
    assertThat(after.resultHash()).isNotEqualTo(before.resultHash());
    network.await("all publish it", () -> attempts(FIRST).equals(List.of(1, 1, 1, 1)));
    assertThat(accepted(0, FIRST)).isEqualTo(4);
  }

  @Test
  void descendantsOfAVoidResultFollowFromTheCarryOfItsParent() throws Exception {
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    settle(FIRST);
    AcceptedResult parent = network.chain.result(FIRST).orElseThrow();
    EpochNumber second = FIRST.next();
    EpochNumber third = second.next();
    network.goToDeadline(second);
    network.awaitSettled(second);
    network.goToDeadline(third);
    network.awaitSettled(third);
    network.chain.voidFrom(second);
    network.await(
        "both settle again",
        () -> network.chain.result(third).filter(r -> r.attempt() == 1).isPresent());
    assertThat(network.chain.result(FIRST)).contains(parent);
    // So late, those who judged the second first may give it up; the third's result covers it then.
    assertThat(network.chain.result(second).map(AcceptedResult::attempt).orElse(1)).isEqualTo(1);
    assertThat(network.chain.result(second).isPresent())
        .isNotEqualTo(network.chain.isSkipped(second));
  }

  @Test
  void aResultBecomesFinalWhenNobodyDisputesIt() throws Exception {
    settleNothing(FIRST);
    assertThat(network.chain.finalised()).isEmpty();
    network.clock.set(SimNetwork.SCHEDULE.commitDeadline(FIRST) + 60);
    network.await("it is final", () -> network.chain.finalised().equals(Optional.of(FIRST)));
  }

  @Test
  void thoseWhoAreLeftGiveEpochsUpUntilTheyAreAQuorumAndNothingIsLost() throws Exception {
    Gateway gateway = network.startGateway();
    admit(gateway, FIRST, 3);
    network.stopVerifier(2);
    network.stopVerifier(3);
    network.clock.set(SimNetwork.SCHEDULE.close(FIRST) + 25);
    network.await("the index is posted", () -> !network.chain.posted(FIRST).isEmpty());
    EpochNumber epoch = FIRST;
    while (!isQuorum(epoch)) {
      EpochNumber overdue = epoch;
      giveUp(overdue);
      epoch = epoch.next();
    }
    // Two absences of two of four that weigh the same: 20 of 24.
    assertThat(network.chain.verifiers(epoch).total().intValueExact()).isEqualTo(24);
    network.clock.set(
        Math.max(network.clock.millis() / 1000, SimNetwork.SCHEDULE.commitDeadline(epoch)) + 1);
    network.awaitSettled(epoch);
    PublishedResult result =
        new org.groundwork.node.HttpPublicFiles(List.of(network.client("verifier 0")))
            .result(FIRST)
            .orElseThrow();
    assertThat(result.first()).isEqualTo(FIRST);
    assertThat(result.statement().epoch()).isEqualTo(epoch);
    assertThat(accepted(0, FIRST)).isEqualTo(4);
  }

  @Test
  void noEpochIsGivenUpWhileAQuorumIsThere() throws Exception {
    network.stopVerifier(3);
    settleNothing(FIRST);
    network.clock.set(network.chain.skippableAt(FIRST));
    network.awaitSettled(FIRST.next());
    assertThat(network.chain.isSkipped(FIRST)).isFalse();
    assertThat(network.client("verifier 0").presence(FIRST)).isEmpty();
  }

  @Test
  void verifiersSignThatAPromiseWasBrokenAfterTheDeadlineOnly() throws Exception {
    Gateway gateway = network.startGateway();
    Promise promise = promise(gateway);
    // Before its slot is over nothing was sealed: the report dies with the gateway.
    network.stopGateway();
    assertThatThrownBy(() -> network.client("verifier 0").brokenPromise(promise))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("not ready");
    network.goToDeadline(FIRST);
    for (int i = 0; i < 4; i++) {
      BrokenPromise word = network.client("verifier " + i).brokenPromise(promise);
      assertThat(word.isGenuine(Reporter.DOMAIN)).isTrue();
      assertThat(word.report()).isEqualTo(promise.report());
      assertThat(word.gateway()).isEqualTo(SimNetwork.gatewayKey().account());
    }
  }

  @Test
  void verifiersDoNotSignAgainstAPromiseThatWasKeptOrNeverGiven() throws Exception {
    Gateway gateway = network.startGateway();
    Promise promise = promise(gateway);
    settle(FIRST);
    assertThatThrownBy(() -> network.client("verifier 0").brokenPromise(promise))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("stands in an input");
    Promise forged =
        new Promise(
            promise.gateway(),
            promise.slot(),
            Hash.ZERO,
            promise.index(),
            promise.size(),
            promise.path(),
            promise.signature());
    assertThatThrownBy(() -> network.client("verifier 0").brokenPromise(forged))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("did not give");
  }

  @Test
  void aPromiseIsProvedBrokenByMoreThanTwoThirdsOfTheWeightAlone() throws Exception {
    Gateway gateway = network.startGateway();
    Promise promise = promise(gateway);
    network.stopGateway();
    network.goToDeadline(FIRST);
    try (HttpPeers peers = new HttpPeers(Duration.ofSeconds(10))) {
      PromiseInquiry inquiry = new PromiseInquiry(network.chain, peers);
      network.stopVerifier(3);
      PromiseInquiry.Outcome three = inquiry.ask(promise);
      assertThat(three.isProved()).isTrue();
      assertThat(three.signatures()).hasSize(3);
      assertThat(three.said())
          .hasSize(4)
          .filteredOn(said -> said.answer() instanceof PromiseInquiry.Answer.Unknown)
          .hasSize(1);
      network.stopVerifier(2);
      PromiseInquiry.Outcome two = inquiry.ask(promise);
      assertThat(two.isProved()).isFalse();
      assertThat(two.signatures()).hasSize(2);
    }
  }

  private Promise promise(Gateway gateway) throws Exception {
    Report hello = sign(FIRST, new Hello(reporter.device().owner(), 1).encode());
    Answer answer = gateway.admit(List.of(hello)).getFirst();
    return ((Answer.Promised) answer).promise();
  }

  /** Goes to the middle of the wait, where presence is posted, then to its end. */
  private void giveUp(EpochNumber epoch) throws Exception {
    long deadline = SimNetwork.SCHEDULE.commitDeadline(epoch);
    long end = network.chain.skippableAt(epoch);
    awaitCreeping(
        Math.max(network.clock.millis() / 1000, (deadline + end) / 2 + 1),
        () -> network.chain.present(epoch).size() == 2);
    awaitCreeping(end, () -> network.chain.isSkipped(epoch));
  }

  /** A second passes now and then, so that others get their turn when the leader is away. */
  private void awaitCreeping(long from, SimNetwork.Condition condition) throws Exception {
    AtomicInteger polls = new AtomicInteger();
    network.await(
        "time passes from " + from,
        () -> {
          network.clock.set(from + Math.min(polls.getAndIncrement() / 50, 10));
          return condition.holds();
        });
  }

  private boolean isQuorum(EpochNumber epoch) {
    return network
        .chain
        .verifiers(epoch)
        .isMoreThanTwoThirds(
            List.of(SimNetwork.verifierKey(0).account(), SimNetwork.verifierKey(1).account()));
  }

  /** What each verifier publishes; -1 for one that is just replacing it. */
  private List<Integer> attempts(EpochNumber epoch) throws Exception {
    List<Integer> attempts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      try {
        attempts.add(
            new org.groundwork.node.HttpPublicFiles(List.of(network.client("verifier " + i)))
                .result(epoch)
                .orElseThrow()
                .statement()
                .attempt());
      } catch (AuditFailure replaced) {
        attempts.add(-1);
      }
    }
    return attempts;
  }

  /** Settles an epoch for which nobody reported anything. */
  private void settleNothing(EpochNumber epoch) throws Exception {
    network.goToDeadline(epoch);
    network.awaitSettled(epoch);
  }

  private void settle(EpochNumber epoch) throws Exception {
    // Past the quarter of the time in which the index waits for a verifier that is away.
    network.clock.set(SimNetwork.SCHEDULE.close(epoch) + 25);
    network.await("the index is posted", () -> !network.chain.posted(epoch).isEmpty());
    network.goToDeadline(epoch);
    network.awaitSettled(epoch);
  }

  /** A Hello and so many readings. */
  private void admit(Gateway gateway, EpochNumber epoch, int readings) throws Exception {
    List<Report> reports = new ArrayList<>();
    reports.add(sign(epoch, new Hello(reporter.device().owner(), 1).encode()));
    for (int i = 0; i < readings; i++) {
      reports.add(sign(epoch, CounterNetwork.reading(i)));
    }
    assertThat(gateway.admit(reports)).allMatch(Answer.Promised.class::isInstance);
  }

  private Report sign(EpochNumber epoch, Bytes payload) {
    return Report.sign(reporter.body(epoch, payload.toArray()), reporter.key());
  }

  private boolean published(int verifier, EpochNumber epoch) throws Exception {
    return network.client("verifier " + verifier).file(epoch, "manifest.json").isPresent();
  }

  /** The records that a verifier accepted. */
  private int accepted(int verifier, EpochNumber epoch) throws Exception {
    network.await("it is published", () -> published(verifier, epoch));
    PublishedResult result =
        new org.groundwork.node.HttpPublicFiles(List.of(network.client("verifier " + verifier)))
            .result(epoch)
            .orElseThrow();
    int accepted = 0;
    for (SegmentVerdicts verdicts : result.segments()) {
      for (int i = 0; i < verdicts.reasons().size(); i++) {
        accepted += verdicts.reason(i) == SegmentVerdicts.ACCEPTED ? 1 : 0;
      }
    }
    return accepted;
  }

  private int arrivals(EpochNumber epoch) throws Exception {
    int found = 0;
    for (int i = 0; i < 4; i++) {
      Path log =
          folder.resolve("verifier-" + i + "/arrivals/epoch-%010d.log".formatted(epoch.value()));
      found += java.nio.file.Files.exists(log) && java.nio.file.Files.size(log) > 0 ? 1 : 0;
    }
    return found;
  }

  private int certified(EpochNumber epoch) throws Exception {
    int found = 0;
    for (int i = 0; i < 4; i++) {
      found += network.client("verifier " + i).certificates(epoch).size();
    }
    return found;
  }

  private double differingResults() {
    return network.meters.counter("groundwork.results.differing").count();
  }

  private double differing() {
    return network.meters.counter("groundwork.statements.differing").count();
  }

  /** A counter that keeps something else about each device than others do. */
  private static AlteredCounter odd() {
    return new AlteredCounter(result ->
        new DeviceResult(
            result.verdicts(), result.faults(), result.claims(), new Carry(Bytes.of((byte) 1))));
  }
}
