package org.groundwork.node.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SavedState;
import org.groundwork.node.testing.SimNetwork;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folder that a verifier of the version before left opens with this one: what it signed and
 * published is there, others who have nothing catch up from it and find the same, and the network
 * goes on. Made by {@link PreviousVerifier}.
 */
class VerifierUpgradeTest {
  private static final String BEFORE = "verifier-0.zip";
  private static final EpochNumber FIRST = EpochNumber.FIRST;

  @TempDir private Path folder;

  @Test
  void theNetworkGoesOnFromWhatTheVersionBeforeKept() throws Exception {
    SavedState.unpack(VerifierUpgradeTest.class, BEFORE, folder.resolve("verifier-0"));
    try (SimNetwork network = new SimNetwork(folder)) {
      network.register(1);
      for (int i = 0; i < PreviousVerifier.VERIFIERS; i++) {
        network.chain.addVerifier(SimNetwork.verifierKey(i).account(), 10, "");
      }
      network.chain.addGateway(SimNetwork.gatewayKey().account(), "");
      network.goToClose(FIRST);
      Verifier before = network.startVerifier(0);
      EpochStatement statement = before.statement(FIRST).orElseThrow().statement();
      acceptAgain(network, before, statement);
      assertThat(accepted(before)).isEqualTo(PreviousVerifier.READINGS + 1);

      for (int i = 1; i < PreviousVerifier.VERIFIERS; i++) {
        network.startVerifier(i);
      }
      EpochNumber second = FIRST.next();
      network.goToDeadline(second);
      network.awaitSettled(second);
      for (int i = 1; i < PreviousVerifier.VERIFIERS; i++) {
        Verifier fresh = (Verifier) network.part("verifier " + i);
        network.await("it caught up", () -> fresh.publication().has(FIRST, 0));
        assertThat(fresh.publication().result(FIRST).orElseThrow().statement())
            .isEqualTo(statement);
      }
    }
  }

  /** Tells a new chain what the old one knew. */
  private static void acceptAgain(SimNetwork network, Verifier before, EpochStatement statement)
      throws Exception {
    Hash index = before.reception().certificates(FIRST).getFirst().index();
    AccountId gateway = SimNetwork.gatewayKey().account();
    SortedMap<AccountId, Bytes> certificates = new TreeMap<>();
    SortedMap<AccountId, Bytes> signatures = new TreeMap<>();
    for (int i = 0; i < PreviousVerifier.VERIFIERS; i++) {
      AccountKey key = SimNetwork.verifierKey(i);
      certificates.put(
          key.account(),
          IndexCertificate.sign(Reporter.DOMAIN, FIRST, gateway, index, key).signature());
      signatures.put(
          key.account(), SignedStatement.sign(statement, Reporter.DOMAIN, key).signature());
    }
    network.chain.commitIndex(FIRST, gateway, index, certificates);
    network.goToDeadline(FIRST);
    network.chain.submit(statement, signatures);
  }

  /** The records that the verifier accepted, each of whose segments is there. */
  private static int accepted(Verifier verifier) throws Exception {
    PublishedResult result = verifier.publication().result(FIRST).orElseThrow();
    int accepted = 0;
    for (SegmentVerdicts verdicts : result.segments()) {
      assertThat(verifier.readSegment(verdicts.segment())).isPresent();
      for (int i = 0; i < verdicts.reasons().size(); i++) {
        accepted += verdicts.reason(i) == SegmentVerdicts.ACCEPTED ? 1 : 0;
      }
    }
    return accepted;
  }
}
