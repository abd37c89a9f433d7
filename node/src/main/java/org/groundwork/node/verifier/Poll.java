package org.groundwork.node.verifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.run.Tasks;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.node.wire.Peers;
import org.groundwork.node.wire.SignedPresence;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.EpochNumber;

/** Asks many peers at once and takes what comes in a short time. */
final class Poll {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Peers peers;
  private final Tasks tasks;

  Poll(Peers peers, Tasks tasks) {
    this.peers = peers;
    this.tasks = tasks;
  }

  /** What these verifiers signed for an epoch; one statement of each at most, its own. */
  List<SignedStatement> statements(List<Operator> verifiers, EpochNumber epoch) {
    List<Callable<List<SignedStatement>>> questions = new ArrayList<>();
    for (Operator verifier : verifiers) {
      questions.add(() -> {
        Optional<SignedStatement> answer = peers.at(verifier.endpoint()).statement(epoch);
        return answer.stream()
            .filter(signed -> signed.signer().equals(verifier.signer()))
            .filter(signed -> signed.statement().epoch().equals(epoch))
            .toList();
      });
    }
    return ask(questions);
  }

  /** The certificates that these verifiers gave in an epoch, each its own. */
  List<IndexCertificate> certificates(List<Operator> verifiers, EpochNumber epoch) {
    List<Callable<List<IndexCertificate>>> questions = new ArrayList<>();
    for (Operator verifier : verifiers) {
      questions.add(() ->
          peers.at(verifier.endpoint()).certificates(epoch).stream()
              .filter(certificate -> certificate.verifier().equals(verifier.signer()))
              .toList());
    }
    return ask(questions);
  }

  /** Which of these verifiers say that they are here in an epoch without a result. */
  List<SignedPresence> presences(List<Operator> verifiers, EpochNumber epoch) {
    List<Callable<List<SignedPresence>>> questions = new ArrayList<>();
    for (Operator verifier : verifiers) {
      questions.add(() ->
          peers.at(verifier.endpoint()).presence(epoch).stream()
              .filter(presence -> presence.verifier().equals(verifier.signer()))
              .filter(presence -> presence.epoch().equals(epoch))
              .toList());
    }
    return ask(questions);
  }

  private <T> List<T> ask(List<Callable<List<T>>> questions) {
    try {
      return tasks.ask(questions, PATIENCE).stream().flatMap(List::stream).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
