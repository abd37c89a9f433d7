package org.groundwork.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Sequence;
import org.junit.jupiter.api.Test;

class WhyTest {
  private static final DeviceId DEVICE = new DeviceId(1);
  private final Why why = new Why(Scene.NETWORKS, Map.of(Samples.NETWORK, CounterNetwork.KIND));
  private final Scene scene = Scene.withDevices(1, 2);

  WhyTest() {
    var reservation = scene.reserve("payer", 1, 15, 500);
    scene.agree("payer", scene.deal("payer", 1, reservation, 10, 1000)).readings(1, 0, 1);
    scene.send(1, 3, CounterNetwork.reading(5000));
    scene.readings(2, 0, 1);
  }

  @Test
  void explainsVerdictsFaultsAndCharges() throws IOException {
    Explanation explained = device(1);
    assertThat(explained.verdicts())
        .containsExactly(
            new Why.Count("accepted", 4, "It counts.", "Nothing to do."),
            new Why.Count(
                "counter.too-high", 1, "The reading is above the limit.", "Check the meter."));
    assertThat(explained.faults()).extracting(Why.Count::code).containsExactly("counter.silent");
    assertThat(explained.firstFaults()).hasSize(2);
    assertThat(explained.charges())
        .singleElement()
        .satisfies(line -> assertThat(line.outcome().code()).isEqualTo("money.above-reservation"));
    assertThat(explained.records())
        .singleElement()
        .satisfies(line -> assertThat(line.evidence()).isEqualTo("5000 above 1000"))
        .satisfies(line -> assertThat(line.slot()).isEqualTo(scene.slotNumber(3)))
        .satisfies(line -> assertThat(line.payload()).isEqualTo("reading"));
  }

  @Test
  void explainsOneReport() throws IOException {
    Scene.Files files = scene.files(new Cut(0, 1));
    Explanation explained =
        why.report(
            scene.run().published(),
            DEVICE,
            Sequence.of(scene.epoch, 1),
            hash -> Optional.ofNullable(files.segments().get(hash)));
    assertThat(explained.records())
        .singleElement()
        .satisfies(line -> assertThat(line.payload()).isEqualTo("Hello"))
        .satisfies(line -> assertThat(line.code()).isEqualTo("accepted"));
  }

  @Test
  void hasNothingToSayOfStrangers() throws IOException {
    Explanation explained = device(77);
    assertThat(explained.verdicts()).isEmpty();
    assertThat(explained.records()).isEmpty();
  }

  @Test
  void saysHowMuchCannotBeShownAnyMore() throws IOException {
    PublishedResult result = scene.run().published();
    Explanation explained = why.device(result, DEVICE, _ -> Optional.empty());
    assertThat(explained.records()).isEmpty();
    assertThat(explained.segmentsGone()).isEqualTo(result.segments().size()).isPositive();
    assertThat(explained.verdicts()).hasSize(2);
  }

  private Explanation device(long id) throws IOException {
    Scene.Files files = scene.files(new Cut(0, 1));
    return why.device(
        scene.run().published(),
        new DeviceId(id),
        hash -> Optional.ofNullable(files.segments().get(hash)));
  }
}
