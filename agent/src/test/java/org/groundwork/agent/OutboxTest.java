package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  @TempDir private Path folder;
  private final Scene scene = new Scene();

  @Test
  void sendsInOrderWithSignaturesThatVerify() throws Exception {
    try (Outbox outbox = open()) {
      outbox.start();
      List<Future<Outbox.Sent>> promises = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        promises.add(outbox.submit(Bytes.of((byte) i), Outbox.Lifetime.PROMISED));
      }
      for (Future<Outbox.Sent> promise : promises) {
        promise.get(10, TimeUnit.SECONDS);
      }
    }
    assertThat(payloads()).hasSize(20).isSorted();
    for (Report report : scene.received()) {
      assertThat(
              SignatureVerifiers.best()
                  .verify(
                      scene.device.publicKey(),
                      ReportBody.signingMessage(report.body()),
                      report.signature()))
          .isTrue();
    }
  }

  @Test
  void keepsOverARestartWhatWasNotPromised() throws Exception {
    scene.reachable = false;
    Outbox first = open();
    first.start();
    Future<Outbox.Sent> never = first.submit(Bytes.of((byte) 5), Outbox.Lifetime.PROMISED);
    first.close();
    assertThatThrownBy(never::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("waits on disk");

    scene.reachable = true;
    try (Outbox second = open()) {
      assertThat(second.waiting()).isEqualTo(1);
      second.start();
      awaitEmpty(second);
    }
    assertThat(payloads()).containsExactly(Bytes.of((byte) 5));
    try (Outbox third = open()) {
      assertThat(third.waiting()).isZero();
    }
  }

  @Test
  void leavesToItsCallerWhatHeKeeps() throws Exception {
    scene.reachable = false;
    Outbox first = open();
    first.start();
    var _ = first.submitKept(Bytes.of((byte) 5));
    assertThat(first.waiting()).isEqualTo(1);
    first.close();

    scene.reachable = true;
    try (Outbox second = open()) {
      assertThat(second.waiting()).isZero();
      second.start();
      second.submitKept(Bytes.of((byte) 6)).get(10, TimeUnit.SECONDS);
    }
    assertThat(payloads()).containsExactly(Bytes.of((byte) 6));
    try (Outbox third = open()) {
      assertThat(third.waiting()).isZero();
    }
  }

  @Test
  void dropsAnAnswerWhoseEpochIsOver() throws Exception {
    try (Outbox outbox = open()) {
      Future<Outbox.Sent> late = outbox.submit(Bytes.of((byte) 1), Outbox.Lifetime.EPOCH);
      scene.now = 1010;
      outbox.start();
      assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("came too late");
      assertThat(outbox.dropped()).isEqualTo(1);
    }
    assertThat(scene.received()).isEmpty();
  }

  @Test
  void signsADealAnewUnderTheEpochInWhichItIsSent() throws Exception {
    scene.reachable = false;
    try (Outbox outbox = open()) {
      outbox.start();
      Future<Outbox.Sent> promise = outbox.submit(Bytes.of((byte) 1), Outbox.Lifetime.PROMISED);
      assertThat(scene.failed.await(10, TimeUnit.SECONDS)).isTrue();
      scene.now = 1025;
      scene.reachable = true;
      assertThat(promise.get(10, TimeUnit.SECONDS).sequence().epoch())
          .isEqualTo(new EpochNumber(2));
    }
    Sequence sequence = scene.received().getFirst().parse().sequence();
    assertThat(sequence.epoch()).isEqualTo(new EpochNumber(2));
  }

  @Test
  void givesUpWhatAGatewayRefusesForGood() throws Exception {
    scene.refusal = Optional.of(new Gateways.Answer.Refused("refused.malformed", "no", false));
    try (Outbox outbox = open()) {
      outbox.start();
      Future<Outbox.Sent> refused = outbox.submit(Bytes.of((byte) 1), Outbox.Lifetime.PROMISED);
      assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
          .hasMessageContaining("refused.malformed");
      assertThat(outbox.waiting()).isZero();
    }
  }

  private Outbox open() throws IOException {
    return new Outbox(folder, scene.identity(), Scene.SCHEDULE, scene, scene);
  }

  private List<Bytes> payloads() throws Malformed {
    List<Bytes> out = new ArrayList<>();
    for (Report report : scene.received()) {
      out.add(report.parse().payload());
    }
    return out;
  }

  private static void awaitEmpty(Outbox outbox) throws InterruptedException {
    for (int i = 0; i < 1000 && outbox.waiting() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(outbox.waiting()).isZero();
  }
}
