package org.groundwork.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeyOwnersTest {
  private static final DeviceKey SHARED = Samples.deviceKey(KeyType.P256, "shared");
  private static final DeviceKey OTHER = Samples.deviceKey(KeyType.P256, "other");
  private static final Map<String, Long> ACCEPTED = Map.of("accepted", 1L);
  private static final Map<String, Long> TAKEN = Map.of("device.key-taken", 1L);

  @Test
  void givesAKeyToTheDeviceWhoseHelloArrivedFirst() {
    Scene scene = both();
    hello(scene, 1, 2);
    hello(scene, 2, 1);
    assertThat(verdicts(scene.run())).containsExactly(TAKEN, ACCEPTED);
  }

  @Test
  void givesAKeyToTheLowerNumberInTheSameSlot() {
    Scene scene = both();
    hello(scene, 1, 1);
    hello(scene, 2, 1);
    assertThat(verdicts(scene.run())).containsExactly(ACCEPTED, TAKEN);
  }

  @Test
  void countsTheEarliestOfSeveralHellos() {
    Scene scene = both();
    hello(scene, 1, 3);
    scene.send(0, scene.report(1, 10, new Hello(Scene.owner(1), 2).encode(), SHARED));
    hello(scene, 2, 1);
    assertThat(verdicts(scene.run())).containsExactly(Map.of("accepted", 2L), TAKEN);
  }

  @Tag("A4")
  @Test
  void takesAKeyFromNobodyWhoHoldsIt() {
    Scene first = both();
    hello(first, 2, 3);
    Scene second = first.after(first.run());
    hello(second, 1, 0);
    hello(second, 2, 3);
    assertThat(verdicts(second.run())).containsExactly(TAKEN, ACCEPTED);
  }

  @Tag("A6")
  @Test
  void keepsAKeyForADeviceThatWasSoldUntilTheBuyerSaysHello() {
    Scene first = both();
    hello(first, 2, 3);
    Scene second = first.after(first.run());
    second.register(2, Samples.account("buyer"), SHARED.publicKey());
    hello(second, 1, 0);
    assertThat(verdicts(second.run())).containsExactly(TAKEN);
  }

  @Test
  void freesAKeyThatItsHolderGaveUp() {
    Scene first = both();
    hello(first, 2, 3);
    Scene second = first.after(first.run());
    second.register(2, Scene.owner(2), OTHER.publicKey());
    hello(second, 1, 0);
    assertThat(verdicts(second.run())).containsExactly(ACCEPTED);
  }

  @Test
  void doesNotLetADeviceComeBackToAKeyThatAnotherTookMeanwhile() {
    Scene first = both();
    hello(first, 1, 0);
    Scene second = first.after(first.run());
    second.register(1, Scene.owner(1), OTHER.publicKey());
    hello(second, 2, 0);
    Scene third = second.after(second.run());
    third.register(1, Scene.owner(1), SHARED.publicKey());
    third.send(0, third.report(1, 1, CounterNetwork.reading(1), SHARED));
    hello(third, 2, 3);
    assertThat(verdicts(third.run())).containsExactly(Map.of("device.inactive", 1L), ACCEPTED);
  }

  /** Devices 1 and 2 registered with one key. */
  private static Scene both() {
    return new Scene()
        .register(1, Scene.owner(1), SHARED.publicKey())
        .register(2, Scene.owner(2), SHARED.publicKey());
  }

  private static void hello(Scene scene, long device, int slot) {
    scene.send(slot, scene.report(device, 9, new Hello(Scene.owner(device), 1).encode(), SHARED));
  }

  private static List<Map<String, Long>> verdicts(EpochResult result) {
    return result.devices().stream()
        .map(DeviceSummary::verdicts)
        .map(verdicts -> (Map<String, Long>) verdicts)
        .toList();
  }
}
