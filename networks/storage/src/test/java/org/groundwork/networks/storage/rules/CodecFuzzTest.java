package org.groundwork.networks.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Carry;
import org.junit.jupiter.api.Test;

/** What a decoder accepts, its encoder writes again; the rest it refuses with Malformed alone. */
class CodecFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 5_000;

  @FuzzTest
  void reportsAreReadCanonically(byte[] input) {
    checkReport(input);
  }

  @FuzzTest
  void carriesAreReadCanonically(byte[] input) {
    checkCarry(input);
  }

  @FuzzTest
  void parametersAreReadCanonically(byte[] input) {
    checkParameters(input);
  }

  @FuzzTest
  void factsAreReadCanonically(byte[] input) {
    try {
      assertThat(StorageFact.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
    } catch (Malformed refused) {
      return;
    }
  }

  @Test
  void mutatedReportsAreReadCanonically() {
    World world = new World();
    PieceCommitment piece = world.piece(new Random(SEED), 3000);
    StorageReport deal = World.opened(world.deal(piece));
    world.report(deal).next();
    List<StorageReport> good =
        List.of(
            deal,
            new StorageReport.Proof(world.answer(world.slot(0))),
            World.egress(World.voucher(1, 5), World.PAYER),
            World.ended(world.deal(piece).id(), World.PAYER));
    for (StorageReport report : good) {
      assertThat(mutate(report.encode(), CodecFuzzTest::checkReport)).isPositive();
    }
  }

  @Test
  void mutatedCarriesAreReadCanonically() {
    World world = new World();
    Random random = new Random(SEED);
    for (int i = 0; i < 3; i++) {
      world.report(World.opened(world.deal(world.piece(random, 3000))));
    }
    world.next();
    world.report(World.ended(world.holding(world.slot(0)).deals().get(1).id(), World.PAYER)).next();
    assertThat(mutate(world.carry.content(), CodecFuzzTest::checkCarry)).isPositive();
  }

  @Test
  void mutatedParametersAreReadCanonically() {
    assertThat(mutate(StorageParameters.DEFAULT.encode(), CodecFuzzTest::checkParameters))
        .isPositive();
  }

  private static boolean checkReport(byte[] input) {
    try {
      assertThat(StorageReport.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean checkCarry(byte[] input) {
    try {
      Carry carry = new Carry(Bytes.of(input));
      StorageCarry read = StorageCarry.decode(World.NETWORK, World.DEVICE.id(), carry);
      assertThat(read.encode()).isEqualTo(carry);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean checkParameters(byte[] input) {
    try {
      assertThat(StorageParameters.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private interface Check {
    boolean accepts(byte[] input);
  }

  private static int mutate(Bytes good, Check check) {
    Random random = new Random(SEED);
    int accepted = check.accepts(good.toArray()) ? 1 : 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = good.toArray();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        input = change(input, random);
      }
      accepted += check.accepts(input) ? 1 : 0;
    }
    return accepted;
  }

  private static byte[] change(byte[] input, Random random) {
    if (input.length == 0) {
      return new byte[1];
    }
    int at = random.nextInt(input.length);
    byte[] changed = input.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(input, at);
      }
      case 1 -> {
        return Arrays.copyOf(input, input.length + 1);
      }
      case 2 -> changed[at] = (byte) random.nextInt();
      default -> changed[at] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }
}
