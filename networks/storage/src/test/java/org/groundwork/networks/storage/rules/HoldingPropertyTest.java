package org.groundwork.networks.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random holdings over some epochs, with answers that are right, wrong, late, missing or double.
 */
class HoldingPropertyTest {
  private static final int EPOCHS = 4;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSlotIsProvenExactlyIfARightAnswerCameInTime(long seed) {
    Random random = new Random(seed);
    World world =
        new World(
            new StorageParameters(
                random.nextInt(3), 1 + random.nextInt(8), Credits.of(1), 40, Credits.of(1)));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      changeDeals(world, random);
      Expected expected = answer(world, random);
      DeviceResult result = world.next();
      assertThat(result.faults()).as("seed %d", seed).hasSize(expected.owed - expected.proven);
      assertThat(slots(result)).as("seed %d", seed).isEqualTo(expected.dealSlots);
      assertThat(result.verdicts().stream().filter(v -> v.equals(Verdict.ACCEPTED)).count())
          .as("seed %d", seed)
          .isEqualTo(expected.accepted);
    }
  }

  private static final class Expected {
    int owed;
    int proven;
    long dealSlots;
    long accepted;
  }

  private static long slots(DeviceResult result) {
    return result.claims().stream()
        .mapToLong(claim -> {
          try {
            return StorageFact.decode(claim.fact())
                    instanceof StorageFact.ProvenSlots(Deal _, long slots)
                ? slots
                : 0;
          } catch (org.groundwork.protocol.Malformed e) {
            throw new AssertionError(e);
          }
        })
        .sum();
  }

  private static void changeDeals(World world, Random random) {
    for (int i = random.nextInt(5); i >= 0; i--) {
      PieceCommitment piece = world.piece(random, 1 + random.nextInt(20_000));
      long start = random.nextInt(25);
      world.report(
          World.opened(
              world.deal(piece, world.slot(start), world.slot(start + 11 + random.nextInt(30)))));
    }
    List<HeldDeal> held = new ArrayList<>(decode(world).deals());
    if (!held.isEmpty() && random.nextBoolean()) {
      world.report(World.ended(held.get(random.nextInt(held.size())).id(), World.PAYER));
    }
  }

  private static Expected answer(World world, Random random) {
    Expected expected = new Expected();
    expected.accepted = world.records.size();
    int allowed = world.parameters.answerSlots();
    for (int i = 0; i < World.SCHEDULE.slotsPerEpoch(); i++) {
      Holding holding = world.holding(world.slot(i));
      if (holding.isEmpty()) {
        continue;
      }
      expected.owed++;
      StorageReport right = new StorageReport.Proof(world.answer(world.slot(i)));
      boolean proven = true;
      switch (random.nextInt(6)) {
        case 0 -> proven = false;
        case 1 -> {
          world.report(right, world.slot(i + allowed + 1L));
          proven = false;
        }
        case 2 -> {
          world.report(wrong(world.answer(world.slot(i)), random), world.slot(i));
          proven = false;
        }
        case 3 -> world.report(right, world.slot(i)).report(right, world.slot(i));
        case 4 ->
            world
                .report(wrong(world.answer(world.slot(i)), random), world.slot(i))
                .report(right, world.slot(i + allowed));
        default -> world.report(right, world.slot(i + random.nextInt(allowed + 1)));
      }
      if (proven) {
        expected.proven++;
        expected.accepted++;
        expected.dealSlots += holding.deals().size();
      }
    }
    return expected;
  }

  /** One byte of one proof is another. */
  private static StorageReport wrong(SlotAnswer good, Random random) {
    List<SlotAnswer.Entry> entries = new ArrayList<>(good.entries());
    int at = random.nextInt(entries.size());
    if (entries.get(at) instanceof SlotAnswer.Entry.Shown(var proof)) {
      byte[] bytes = proof.encode().toArray();
      bytes[9 + random.nextInt(bytes.length - 9)] ^= (byte) (1 << random.nextInt(6));
      entries.set(
          at,
          new SlotAnswer.Entry.Shown(
              org.groundwork.networks.storage.wire.PieceProof.decode(
                  org.groundwork.protocol.Bytes.wrap(bytes))));
    }
    return new StorageReport.Proof(new SlotAnswer(good.slot(), good.holding(), entries));
  }

  private static StorageCarry decode(World world) {
    try {
      return StorageCarry.decode(World.NETWORK, World.DEVICE.id(), world.carry);
    } catch (org.groundwork.protocol.Malformed e) {
      throw new AssertionError(e);
    }
  }
}
