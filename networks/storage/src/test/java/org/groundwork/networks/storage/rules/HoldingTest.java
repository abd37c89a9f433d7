package org.groundwork.networks.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.Keccak256;
import org.junit.jupiter.api.Test;

class HoldingTest {
  private static final SlotNumber SLOT = new SlotNumber(7);

  /** As PDPVerifier derives challenges, with the pieces counted through one by one. */
  @Test
  void challengesAreTheLeavesThatSeedAndDeviceDraw() throws Malformed {
    World world = new World();
    Random random = new Random(5);
    List<HeldDeal> deals = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      PieceCommitment piece = piece(1 + random.nextInt(5000));
      deals.add(HeldDeal.of(world.deal(piece, SLOT, SLOT.plus(1 + i))));
    }
    Seed seed = World.seed(SLOT);
    Holding holding = Holding.at(SLOT, deals);
    List<Holding.LeafChallenge> challenges = holding.challenges(seed, World.DEVICE.id(), 64);
    assertThat(challenges).hasSize(64);
    for (int i = 0; i < 64; i++) {
      assertThat(challenges.get(i)).isEqualTo(drawn(seed, deals, i));
    }
  }

  @Test
  void theHashNamesTheDealsInTheirOrder() throws Malformed {
    World world = new World();
    HeldDeal a = HeldDeal.of(world.deal(piece(100), SLOT, SLOT.plus(5)));
    HeldDeal b = HeldDeal.of(world.deal(piece(200), SLOT, SLOT.plus(5)));
    assertThat(
            List.of(
                Holding.at(SLOT, List.of(a)).hash(),
                Holding.at(SLOT, List.of(b)).hash(),
                Holding.at(SLOT, List.of(a, b)).hash(),
                Holding.at(SLOT, List.of(b, a)).hash()))
        .doesNotHaveDuplicates();
    assertThat(Holding.at(SLOT.plus(5), List.of(a, b)).isEmpty()).isTrue();
  }

  private static Holding.LeafChallenge drawn(Seed seed, List<HeldDeal> deals, int index) {
    long total = deals.stream().mapToLong(deal -> deal.piece().leafCount()).sum();
    byte[] message =
        ByteBuffer.allocate(72)
            .put(seed.value().toArray())
            .putLong(56, World.DEVICE.id().value())
            .putLong(64, index)
            .array();
    long leaf =
        new BigInteger(1, Keccak256.hash(message).toArray())
            .mod(BigInteger.valueOf(total))
            .longValueExact();
    for (HeldDeal deal : deals) {
      if (leaf < deal.piece().leafCount()) {
        return new Holding.LeafChallenge(deal, leaf);
      }
      leaf -= deal.piece().leafCount();
    }
    throw new AssertionError("no leaf " + leaf);
  }

  private static PieceCommitment piece(int size) {
    return new PieceCommitment(size, PieceCommitment.heightFor(size), Hash.ZERO);
  }
}
