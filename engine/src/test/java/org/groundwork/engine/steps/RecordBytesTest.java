package org.groundwork.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.groundwork.engine.RandomScene;
import org.groundwork.engine.Scene;
import org.groundwork.engine.Scene.Cut;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.rules.Device;
import org.junit.jupiter.api.Test;

/** Records that travelled as bytes are judged as those that lie among their facts. */
class RecordBytesTest {
  private static final int SEEDS = 10;

  @Test
  void areJudgedAsTheRecordsThatTheyAreOf() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Scene scene = RandomScene.of(new Random(seed));
      scene.keysKnownOnArrival = seed % 2 == 0;
      Judged placed = new Judged(scene, false);
      Judged travelled = new Judged(scene, true);
      assertThat(travelled.outcomes).as("seed %s", seed).isEqualTo(placed.outcomes);
      assertThat(travelled.verdicts).as("seed %s", seed).isEqualTo(placed.verdicts);
      assertThat(travelled.encoded).as("records of seed %s", seed).isNotEmpty().isSorted();
    }
  }

  /** All devices of a scene after the first phase, everything encoded and decoded again. */
  private static final class Judged {
    private final List<JudgedDevice> outcomes = new ArrayList<>();
    private final List<RecordVerdict> verdicts = new ArrayList<>();
    private final List<Bytes> encoded = new ArrayList<>();

    Judged(Scene scene, boolean travel) throws Exception {
      Scene.Files files = scene.files(new Cut(1, 2));
      EpochInputs inputs = EpochInputs.gather(files.plan(), files::index, files::facts);
      EpochSteps steps = new EpochSteps(files.plan(), Scene.NETWORKS, SignatureVerifiers.best());
      KeyOwners owners = steps.keyOwners(CarrySnapshot.EMPTY, inputs);
      DevicePhase phase = steps.devices();
      for (Device device : files.plan().devices()) {
        long id = device.id().value();
        Iterator<Placed> placed = new RecordMerge(inputs, id, id + 1).of(id);
        JudgedDevice judged =
            phase.judge(
                KnownDevice.of(device, CarrySnapshot.EMPTY, owners),
                travel ? travel(placed, inputs).iterator() : placed,
                verdict -> verdicts.add(RecordVerdict.decode(verdict.encode())));
        outcomes.add(
            new JudgedDevice(
                DeviceOutcome.decode(judged.outcome().encode(), steps), judged.claims()));
      }
    }

    private List<RecordBytes> travel(Iterator<Placed> placed, EpochInputs inputs) {
      List<RecordBytes> records = new ArrayList<>();
      placed.forEachRemaining(next -> {
        Bytes bytes = RecordBytes.encode(next);
        encoded.add(bytes);
        records.add(RecordBytes.decode(bytes, inputs.segments()));
      });
      return records;
    }
  }
}
