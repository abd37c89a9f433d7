package org.groundwork.node.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.Inputs;
import org.groundwork.node.testing.ManualClock;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimChain;
import org.groundwork.node.testing.SimNetwork;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Sha256;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContradictionsTest {
  private static final AccountKey LIAR = SimNetwork.verifierKey(3);

  private final ManualClock clock = new ManualClock(SimNetwork.SCHEDULE.genesis());
  private final SimChain chain = new SimChain(SimNetwork.SCHEDULE, clock);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Contradictions watch = new Contradictions(chain, clock, meters);

  @Test
  @Tag("A41")
  void whoTellsOneVerifierTwoResultsIsProved() throws IOException {
    watch.hear(said(0, 0, 1));
    watch.hear(said(0, 0, 1));
    watch.step();
    assertThat(chain.equivocators()).isEmpty();
    watch.hear(said(0, 0, 2));
    watch.step();
    assertThat(chain.equivocators()).containsExactly(LIAR.account());
    assertThat(proofs()).isOne();
  }

  @Test
  @Tag("A41")
  void whoTellsOneVerifierWhatItDidNotSignForTheAcceptedResultIsProved() throws IOException {
    watch.hear(said(0, 0, 2));
    watch.step();
    accept(said(0, 0, 1));
    assertThat(chain.equivocators()).isEmpty();
    watch.step();
    assertThat(chain.equivocators()).containsExactly(LIAR.account());
  }

  @Test
  void whoFoundAnotherResultWithoutSigningTheAcceptedOneIsLeftAlone() throws IOException {
    watch.hear(said(0, 0, 2));
    for (int i = 0; i < 4; i++) {
      chain.addVerifier(SimNetwork.verifierKey(i).account(), i == 3 ? 1 : 10, "");
    }
    submit(said(0, 0, 1).statement(), 3);
    watch.step();
    assertThat(chain.equivocators()).isEmpty();
  }

  @Test
  void resultsOfTwoAttemptsOrCloseBlocksContradictNothing() throws IOException {
    watch.hear(said(0, 0, 1));
    watch.hear(said(0, 1, 2));
    watch.hear(said(1, 0, 3));
    watch.step();
    assertThat(chain.equivocators()).isEmpty();
  }

  @Test
  void aProofIsGivenAgainUntilTheChainKeepsIt() throws IOException {
    watch.hear(said(0, 0, 1));
    watch.hear(said(0, 0, 2));
    watch.step();
    chain.forgetEquivocators();
    watch.step();
    assertThat(chain.equivocators()).isEmpty();
    pass();
    watch.step();
    assertThat(chain.equivocators()).containsExactly(LIAR.account());
    pass();
    watch.step();
    chain.forgetEquivocators();
    pass();
    watch.step();
    assertThat(chain.equivocators()).isEmpty();
    assertThat(proofs()).isEqualTo(2);
  }

  @Test
  void whatWasHeardIsKeptOfTheNewestSubjectsAlone() throws IOException {
    for (int epoch = 0; epoch <= Contradictions.MAX_SUBJECTS; epoch++) {
      watch.hear(said(epoch, 0, 1));
    }
    watch.hear(said(0, 0, 2));
    watch.step();
    assertThat(chain.equivocators()).isEmpty();
    watch.hear(said(1, 0, 2));
    watch.step();
    assertThat(chain.equivocators()).containsExactly(LIAR.account());
  }

  private void pass() {
    clock.set(clock.millis() / 1000 + Contradictions.PATIENCE.toSeconds());
  }

  private double proofs() {
    return meters.counter("groundwork.equivocations.proved").count();
  }

  private void accept(SignedStatement signed) throws IOException {
    for (int i = 0; i < 4; i++) {
      chain.addVerifier(SimNetwork.verifierKey(i).account(), 10, "");
    }
    submit(signed.statement(), 4);
  }

  /** Submits a statement with the signatures of so many verifiers. */
  private void submit(EpochStatement statement, int signers) throws IOException {
    SortedMap<AccountId, Bytes> signatures = new TreeMap<>();
    for (int i = 0; i < signers; i++) {
      AccountKey key = SimNetwork.verifierKey(i);
      signatures.put(
          key.account(), SignedStatement.sign(statement, Reporter.DOMAIN, key).signature());
    }
    chain.submit(statement, signatures);
    assertThat(chain.result(statement.epoch())).isPresent();
  }

  private static SignedStatement said(int epoch, int attempt, int what) {
    return SignedStatement.sign(
        new EpochStatement(
            Reporter.DOMAIN.deployment(),
            new EpochNumber(epoch),
            attempt,
            hash(epoch),
            Hash.ZERO,
            Inputs.of(List.of()),
            hash(100),
            hash(101),
            hash(what),
            List.of()),
        Reporter.DOMAIN,
        LIAR);
  }

  private static Hash hash(int number) {
    return Sha256.hash(new byte[] {(byte) number});
  }
}
