package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.ReportBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreeterTest {
  @TempDir private Path folder;
  private final Scene scene = new Scene();
  private final AccountId owner = scene.seller.account();
  private Optional<EpochNumber> activeIn = Optional.empty();
  private Outbox outbox;
  private Greeter greeter;

  @BeforeEach
  void open() throws IOException {
    outbox = new Outbox(folder, scene.identity(), Scene.SCHEDULE, scene, scene);
    outbox.start();
    greeter =
        new Greeter(
            outbox,
            Scene.SCHEDULE,
            owner,
            since -> activeIn.filter(epoch -> epoch.compareTo(since) >= 0).isPresent(),
            scene);
  }

  @AfterEach
  void close() throws IOException {
    outbox.close();
  }

  @Test
  void saysHelloOnceInEachEpochUntilAResultShowsTheDeviceActive() throws Exception {
    greeter.step();
    greeter.step();
    assertThat(hellos()).hasSize(1);

    scene.now = 1010;
    greeter.step();
    greeter.step();
    assertThat(hellos()).hasSize(2).allMatch(hello -> hello.owner().equals(owner));

    activeIn = Optional.of(new EpochNumber(0));
    scene.now = 1020;
    greeter.step();
    assertThat(hellos()).hasSize(2);
  }

  @Test
  void doesNotTakeAnEarlierResultForItsOwn() throws Exception {
    activeIn = Optional.of(new EpochNumber(0));
    scene.now = 1010;
    greeter.step();
    scene.now = 1020;
    greeter.step();
    assertThat(hellos()).hasSize(2);
  }

  @Test
  void triesAgainWhatWasRefused() throws Exception {
    scene.refusal = Optional.of(new Gateways.Answer.Refused("UNKNOWN_DEVICE", "Not yet.", false));
    assertThatThrownBy(greeter::step).isInstanceOf(IOException.class);
    scene.refusal = Optional.empty();
    greeter.step();
    assertThat(hellos()).hasSize(1);
  }

  private List<Hello> hellos() throws Exception {
    List<Hello> hellos = new ArrayList<>();
    for (var report : scene.received()) {
      hellos.add(Hello.decode(ReportBody.decode(report.body()).payload()));
    }
    return hellos;
  }
}
