package org.groundwork.agent;

import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.groundwork.protocol.Bytes;

/**
 * Makes the state folder of an agent that died with two promised and two waiting reports. At a
 * release, run it in a new folder, zip that, and add it to the test's resources.
 */
final class PreviousOutbox {
  static final int PROMISED = 2;
  static final int WAITING = 2;

  private PreviousOutbox() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Scene scene = new Scene();
    Outbox outbox = new Outbox(folder, scene.identity(), Scene.SCHEDULE, scene, scene);
    outbox.start();
    for (int i = 1; i <= PROMISED; i++) {
      Future<Outbox.Sent> sent = outbox.submit(Bytes.of((byte) i), Outbox.Lifetime.PROMISED);
      System.out.println(sent.get(10, TimeUnit.SECONDS).sequence());
    }
    scene.reachable = false;
    for (int i = 1; i <= WAITING; i++) {
      Future<Outbox.Sent> waiting =
          outbox.submit(Bytes.of((byte) (PROMISED + i)), Outbox.Lifetime.PROMISED);
      System.out.println(waiting.isDone());
    }
    Thread.sleep(1000);
    Runtime.getRuntime().halt(0);
  }
}
