package org.groundwork.node.verifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.node.wire.Peers;
import org.groundwork.node.wire.SignedPresence;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.EpochNumber;

/** Asks many peers at once and takes what comes in a short time. */
final class Poll {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Poll() {}

  /** What these verifiers signed for an epoch; one statement of each at most, its own. */
  static List<SignedStatement> statements(
      Peers peers, List<Operator> verifiers, EpochNumber epoch) {
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
  static List<IndexCertificate> certificates(
      Peers peers, List<Operator> verifiers, EpochNumber epoch) {
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
  static List<SignedPresence> presences(Peers peers, List<Operator> verifiers, EpochNumber epoch) {
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

  private static <T> List<T> ask(List<Callable<List<T>>> questions) {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<T>> answer :
          threads.invokeAll(questions, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        if (answer.state() == Future.State.SUCCESS) {
          answers.addAll(answer.resultNow());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answers;
  }
}
