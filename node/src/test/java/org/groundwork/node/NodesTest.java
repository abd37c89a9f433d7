package org.groundwork.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.audit.Audit;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.engine.local.LocalRunner;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.MoneyOutcome;
import org.groundwork.engine.segment.Segment;
import org.groundwork.node.chain.ContractChain;
import org.groundwork.node.testing.LocalNetwork;
import org.groundwork.node.testing.Meter;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.protocol.crypto.VerifyPool;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One gateway and four verifiers on a real local chain. */
class NodesTest {
  @TempDir Path folder;

  @Test
  void settlesEpochsThroughTheLossOfNodesAndLosesNoPromise() throws Exception {
    try (LocalNetwork local = new LocalNetwork(folder)) {
      for (int i = 0; i < 3; i++) {
        local.startVerifier(i);
      }
      local.startVerifierProcess(3);
      local.startGatewayProcess();
      AccountKey payer = Reporter.account("payer");
      local.fund(payer, LocalNetwork.tokens(1_000));
      try (Meter meter = new Meter(local, "meter")) {
        ReservationId reservation = local.reserve(payer, meter.owner().account(), 500, 250);
        AccountId pool = NetworkPool.of(local.deployment().domain().deployment(), local.network());
        ReservationId pooled = local.reserve(payer, pool, 500, 250);
        meter.start();
        EpochNumber first = local.epochNow();
        local.awaitSettled(first);
        meter.agree(payer, reservation, 1_000_000, 100);
        meter.sell(payer, pooled, 10, 100);

        EpochNumber paid = awaitPaid(local);
        everyVerifierFoundTheSame(local, paid);
        anybodyFindsTheSame(local, paid);
        saysWhy(local, meter, paid);
        paysTheOwnerForTheScope(local, meter, paid);

        local.killVerifier(3);
        local.killGateway();
        local.startGatewayProcess();
        local.awaitSettled(local.epochNow());

        local.stopVerifier(2);
        local.await("two verifiers say that they wait", () -> waits(local.verifier(0)));
        EpochNumber stuck = local.nextEpoch();
        local.awaitSecond(local.deployment().schedule().commitDeadline(stuck.next()));
        assertThat(local.nextEpoch()).isEqualTo(stuck);

        local.startVerifier(2);
        local.startVerifierProcess(3);
        EpochNumber together = local.epochNow().next();
        local.awaitSecond(local.deployment().schedule().close(together));
        meter.stop();
        EpochNumber end = local.epochNow();
        local.awaitSettled(end);
        everyVerifierFoundTheSame(local, together);
        assertThat(judged(local, end)).containsAll(meter.promised());
        for (long epoch = paid.value(); epoch <= end.value(); epoch++) {
          anybodyFindsTheSame(local, new EpochNumber(epoch));
        }
        whoSignsTwoResultsIsProvedByTheAcceptedOne(local, paid);
      }
    }
  }

  /** The first epoch in which something was paid. */
  private static EpochNumber awaitPaid(LocalNetwork local) throws IOException {
    EpochNumber epoch = local.nextEpoch();
    for (int i = 0; i < 20; i++) {
      local.awaitSettled(epoch);
      if (accepted(local, epoch).totals().stream()
          .anyMatch(total -> total.kind() == MoneyKind.PAYMENT)) {
        return epoch;
      }
      epoch = epoch.next();
    }
    throw new AssertionError("nothing was paid until epoch " + epoch);
  }

  /** The contract took a result in which a reservation for all of the network pays one owner. */
  private static void paysTheOwnerForTheScope(LocalNetwork local, Meter meter, EpochNumber first)
      throws IOException {
    HttpPublicFiles files = new HttpPublicFiles(local.verifiers());
    for (EpochNumber epoch = first; epoch.value() < first.value() + 3; epoch = epoch.next()) {
      local.awaitSettled(epoch);
      List<ChargeLine> scopes =
          files.result(epoch).orElseThrow().charges().stream()
              .filter(line -> line.kind() == ChargeLine.Kind.SCOPE)
              .toList();
      if (!scopes.isEmpty()) {
        ChargeLine line = scopes.getFirst();
        assertThat(line.outcome()).isEqualTo(MoneyOutcome.CHARGED);
        assertThat(line.charged()).isEqualTo(LocalNetwork.credits(10));
        assertThat(line.seller()).isEqualTo(meter.owner().account());
        assertThat(line.paid().isZero()).isFalse();
        return;
      }
    }
    throw new AssertionError("no scope was charged in epoch " + first + " or soon after");
  }

  private static ChainEvent.ResultAccepted accepted(LocalNetwork local, EpochNumber epoch)
      throws IOException {
    return local.reader().stateNow().result(epoch).orElseThrow();
  }

  private static void everyVerifierFoundTheSame(LocalNetwork local, EpochNumber epoch)
      throws IOException {
    Hash result = accepted(local, epoch).resultHash();
    for (NodeClient verifier : local.verifiers()) {
      HttpPublicFiles files = new HttpPublicFiles(List.of(verifier));
      local.await(verifier.base() + " has epoch " + epoch, () -> files.result(epoch).isPresent());
      assertThat(files.result(epoch).orElseThrow().statement().structHash()).isEqualTo(result);
    }
  }

  private static void anybodyFindsTheSame(LocalNetwork local, EpochNumber epoch) throws Exception {
    ResultPlan plan = local.plans().plan(epoch).orElseThrow();
    ChainEvent.ResultAccepted accepted = accepted(local, epoch);
    Hash carryBefore =
        epoch.value() == 0
            ? Hash.ZERO
            : local
                .reader()
                .state()
                .result(new EpochNumber(epoch.value() - 1))
                .map(ChainEvent.ResultAccepted::carryRoot)
                .orElse(Hash.ZERO);
    try (VerifyPool pool = new VerifyPool(SignatureVerifiers.best(), 1)) {
      LocalRunner runner = new LocalRunner(LocalNetwork.networks(), SignatureVerifiers.best(), 1);
      AuditReport report =
          new Audit(LocalNetwork.networks(), runner, pool)
              .audit(
                  plan,
                  carryBefore,
                  statement(local, accepted),
                  new HttpPublicFiles(local.verifiers()));
      assertThat(report.differences()).isEmpty();
      assertThat(report.recomputed().statement().structHash()).isEqualTo(accepted.resultHash());
    }
  }

  private static EpochStatement statement(LocalNetwork local, ChainEvent.ResultAccepted accepted) {
    return new EpochStatement(
        local.deployment().domain().deployment(),
        accepted.epoch(),
        accepted.attempt(),
        accepted.closeBlock(),
        accepted.parent(),
        accepted.inputs(),
        accepted.rules(),
        accepted.carryRoot(),
        accepted.moneyRoot(),
        accepted.totals());
  }

  /** The signatures are read from the transaction that submitted the result. */
  private static void whoSignsTwoResultsIsProvedByTheAcceptedOne(
      LocalNetwork local, EpochNumber epoch) throws IOException {
    AccountKey anybody = Reporter.account("anybody");
    local.fund(anybody, LocalNetwork.tokens(1));
    ContractChain chain = new ContractChain(local.reader(), local.wallet(anybody));
    List<SignedStatement> signatures = chain.signatures(epoch);
    assertThat(signatures)
        .allMatch(signed -> signed.isGenuine(chain.domain()))
        .extracting(SignedStatement::signer)
        .containsExactlyInAnyOrderElementsOf(accepted(local, epoch).signers());
    // Three of four are enough, whichever they are.
    SignedStatement first = signatures.getFirst();
    AccountKey signer = local.verifierKey(first.signer());
    SignedStatement second =
        SignedStatement.sign(withoutMoney(first.statement()), chain.domain(), signer);
    assertThat(chain.proveEquivocation(first, second)).isTrue();
    assertThat(chain.proveEquivocation(first, second)).isFalse();
    assertThat(local.reader().stateNow().operators(ChainState.VERIFIER))
        .filteredOn(operator -> operator.signer().equals(signer.account()))
        .allMatch(operator -> operator.stake().isZero());
  }

  private static EpochStatement withoutMoney(EpochStatement statement) {
    return new EpochStatement(
        statement.deployment(),
        statement.epoch(),
        statement.attempt(),
        statement.closeBlock(),
        statement.parent(),
        statement.inputs(),
        statement.rules(),
        statement.carryRoot(),
        Hash.ZERO,
        List.of());
  }

  private static void saysWhy(LocalNetwork local, Meter meter, EpochNumber epoch)
      throws IOException {
    JsonNode why =
        local.verifier(0).json("/v1/devices/" + meter.id() + "/why?epoch=" + epoch).orElseThrow();
    assertThat(why.get("device").longValue()).isEqualTo(meter.id().value());
    assertThat(why.get("verdicts").get(0).get("code").textValue()).isEqualTo("accepted");
    assertThat(why.get("charges").get(0).get("outcome").textValue()).isEqualTo("money.charged");
  }

  /** Whether a verifier says that it waits for others. */
  private static boolean waits(NodeClient verifier) throws IOException {
    JsonNode health = verifier.json("/healthz").orElseThrow();
    for (JsonNode trouble : health.get("troubles")) {
      if (trouble.textValue().contains("2 of 4 verifiers found the same result")) {
        return true;
      }
    }
    return false;
  }

  /** The reports in all segments that counted until an epoch. */
  private static Set<Hash> judged(LocalNetwork local, EpochNumber end) throws IOException {
    Set<Hash> found = new HashSet<>();
    HttpPublicFiles files = new HttpPublicFiles(local.verifiers());
    for (long epoch = 0; epoch <= end.value(); epoch++) {
      if (local.reader().state().result(new EpochNumber(epoch)).isEmpty()) {
        continue;
      }
      PublishedResult result = files.result(new EpochNumber(epoch)).orElseThrow();
      for (SegmentVerdicts verdicts : result.segments()) {
        Segment segment = files.segment(verdicts.segment()).orElseThrow();
        for (int i = 0; i < segment.count(); i++) {
          assertThat(found.add(Reporter.hash(segment.report(i)))).isTrue();
        }
      }
    }
    return found;
  }
}
