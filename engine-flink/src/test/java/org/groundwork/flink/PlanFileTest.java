package org.groundwork.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.RandomScene;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.SessionKey;
import org.junit.jupiter.api.Test;

class PlanFileTest {
  @Test
  void keepsEverythingOfAPlan() throws Malformed {
    for (int seed = 0; seed < 20; seed++) {
      EpochPlan plan = plan(seed);
      assertThat(PlanFile.decode(PlanFile.encode(plan))).isEqualTo(plan);
    }
  }

  @Test
  void refusesEveryCut() {
    var encoded = PlanFile.encode(plan(1));
    for (int size = 0; size < encoded.size(); size += 7) {
      var cut = encoded.slice(0, size);
      assertThatThrownBy(() -> PlanFile.decode(cut)).isInstanceOf(Malformed.class);
    }
  }

  private static EpochPlan plan(int seed) {
    Scene scene = RandomScene.of(new Random(seed)).stake(1, 100).stake(3, 7);
    scene.sessionKeys.add(
        new SessionKey(
            Samples.account("a"), Samples.account("key"), Samples.NETWORK, Credits.of(12)));
    if (seed % 2 == 0) {
      scene.priceHigh = Optional.empty();
    }
    return scene.plan(seed % 3 == 0 ? List.of() : scene.files(new Scene.Cut(1, 2)).plan().posted());
  }
}
