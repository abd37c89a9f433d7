package org.groundwork.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VerifyPoolTest {
  private static final DeviceKey KEY = DeviceKey.fromSecret(KeyType.ED25519, new byte[32]);

  /** Accepts signatures whose only byte is 1: what a pool does needs no cryptography. */
  private static final SignatureVerifier ONE = (_, _, signature) -> signature.get(0) == 1;

  private static SignedMessage message(boolean good) {
    Bytes signature = Bytes.of((byte) (good ? 1 : 0));
    return new SignedMessage(KEY.publicKey(), Bytes.EMPTY, signature);
  }

  private static List<SignedMessage> batch(BitSet good, int size) {
    List<SignedMessage> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      batch.add(message(good.get(i)));
    }
    return batch;
  }

  private static BitSet everyThird(int size) {
    BitSet bits = new BitSet();
    for (int i = 0; i < size; i += 3) {
      bits.set(i);
    }
    return bits;
  }

  @Test
  void saysWhichOfABatchAreGood() throws InterruptedException {
    try (VerifyPool pool = new VerifyPool(ONE, 3)) {
      for (int size : new int[] {0, 1, 15, 16, 17, 32, 33, 1000, 20_000}) {
        BitSet good = everyThird(size);
        assertThat(pool.verify(batch(good, size))).isEqualTo(good);
      }
    }
  }

  @Test
  void verifiesRealSignatures() throws InterruptedException {
    List<SignedMessage> batch = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] message = {(byte) i};
      byte[] signed = {(byte) (i == 42 ? 0 : i)};
      batch.add(new SignedMessage(KEY.publicKey(), Bytes.of(message), KEY.sign(signed)));
    }
    try (VerifyPool pool = new VerifyPool(SignatureVerifiers.best(), 2)) {
      BitSet good = pool.verify(batch);
      assertThat(good.cardinality()).isEqualTo(99);
      assertThat(good.get(42)).isFalse();
    }
  }

  @Test
  void servesManyCallersAtOnce() throws Exception {
    try (VerifyPool pool = new VerifyPool(ONE, 2);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BitSet>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int size = 5 * i;
        answers.add(callers.submit(() -> pool.verify(batch(everyThird(size), size))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(everyThird(5 * i));
      }
    }
  }

  @Test
  void holdsABoundedNumberOfPieces() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    SignatureVerifier stuck =
        (_, _, _) -> {
          try {
            open.await();
            return true;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    int more = (VerifyPool.PIECES_PER_THREAD + 3) * VerifyPool.PIECE;
    try (VerifyPool pool = new VerifyPool(stuck, 1);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<BitSet> answer = callers.submit(() -> pool.verify(batch(new BitSet(), more)));
      while (pool.waitingCallers() == 0) {
        Thread.onSpinWait();
      }
      assertThat(answer.isDone()).isFalse();
      open.countDown();
      assertThat(answer.get().cardinality()).isEqualTo(more);
    }
  }

  @Test
  void tellsTheCallerOfABugAndGoesOn() throws InterruptedException {
    SignatureVerifier broken =
        (_, message, signature) -> {
          if (message.length > 0) {
            throw new IllegalArgumentException("a bug");
          }
          return signature.get(0) == 1;
        };
    SignedMessage bad = new SignedMessage(KEY.publicKey(), Bytes.of((byte) 1), Bytes.EMPTY);
    try (VerifyPool pool = new VerifyPool(broken, 1)) {
      for (int i = 0; i < 2 * VerifyPool.PIECES_PER_THREAD; i++) {
        assertThatThrownBy(() -> pool.verify(List.of(message(true), bad)))
            .isInstanceOf(IllegalStateException.class)
            .hasRootCauseMessage("a bug");
      }
      assertThat(pool.verify(List.of(message(true))).cardinality()).isEqualTo(1);
    }
  }

  @Test
  void refusesBatchesOnceClosed() {
    VerifyPool pool = new VerifyPool(ONE, 1);
    pool.close();
    for (int i = 0; i < 2 * VerifyPool.PIECES_PER_THREAD; i++) {
      assertThatThrownBy(() -> pool.verify(List.of(message(true))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }
}
