package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SlotNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromiseLogTest {
  @TempDir private Path folder;
  private final Scene scene = new Scene();

  @Test
  void whatAGatewayPromisedCanBeFoundWhileTheOutboxIsInUseAndAfterwards() throws Exception {
    Outbox.Sent sent;
    try (Outbox outbox = new Outbox(folder, scene.identity(), Scene.SCHEDULE, scene, scene)) {
      outbox.start();
      outbox.submit(Bytes.of((byte) 1), Outbox.Lifetime.PROMISED).get(10, TimeUnit.SECONDS);
      sent = outbox.submit(Bytes.of((byte) 2), Outbox.Lifetime.EPOCH).get(10, TimeUnit.SECONDS);
      assertThat(PromiseLog.find(folder, sent.sequence())).contains(sent.promise());
    }
    assertThat(PromiseLog.find(folder, sent.sequence())).contains(sent.promise());
    assertThat(PromiseLog.find(folder, Sequence.of(new EpochNumber(9), 0))).isEmpty();
    assertThatThrownBy(() -> PromiseLog.find(folder.resolve("other"), sent.sequence()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No device has kept promises");
  }

  @Test
  void theOldestPromisesAreForgotten() throws Exception {
    long many = 2L * PromiseLog.MIN_KEPT;
    try (PromiseLog log = PromiseLog.open(folder)) {
      log.append(sent(0, many - 1));
      assertThat(find(0)).isTrue();
      log.append(sent(many - 1, many + 1));
      assertThat(find(many - PromiseLog.MIN_KEPT)).isFalse();
      assertThat(find(many + 1 - PromiseLog.MIN_KEPT)).isTrue();
      log.append(sent(many + 1, many + 2));
    }
    try (PromiseLog log = PromiseLog.open(folder)) {
      log.append(sent(many + 2, many + 3));
    }
    for (long counter = many - 1; counter < many + 3; counter++) {
      assertThat(find(counter)).as("promise %d", counter).isTrue();
    }
  }

  private boolean find(long counter) throws IOException {
    return PromiseLog.find(folder, Sequence.of(EpochNumber.FIRST, counter))
        .filter(promise -> promise.slot().value() == counter)
        .isPresent();
  }

  private List<Outbox.Sent> sent(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(counter ->
            new Outbox.Sent(
                new Promise(
                    scene.payer.account(),
                    new SlotNumber(counter),
                    Hash.ZERO,
                    0,
                    1,
                    List.of(),
                    Bytes.wrap(new byte[65])),
                Sequence.of(EpochNumber.FIRST, counter)))
        .toList();
  }
}
