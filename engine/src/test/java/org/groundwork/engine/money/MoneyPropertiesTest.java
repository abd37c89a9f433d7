package org.groundwork.engine.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.RandomScene;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.rules.Reservation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds of money whatever is reported, over runs of several epochs. */
class MoneyPropertiesTest {
  private static final int SEEDS = 25;
  private static final int EPOCHS = 4;

  @Tag("A21")
  @Tag("A23")
  @Test
  void neverPaysMoreThanItsShareOfTheBasisNorChargesMoreThanWasReserved() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Scene scene = RandomScene.of(random);
      Map<MoneyKind, BigInteger> sums = new HashMap<>();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        EpochResult result = scene.run();
        checkEpoch(scene, result);
        result.statement().totals().forEach(t -> sums.merge(t.kind(), t.amount(), BigInteger::add));
        checkSums(sums, result);
        scene = RandomScene.next(random, scene, result);
        scene.priceHigh = Optional.of(Price.of(1 + random.nextLong(1L << random.nextInt(40))));
      }
    }
  }

  private static void checkEpoch(Scene scene, EpochResult result) {
    TokenAmount basis = new TokenAmount(total(result, MoneyKind.BASIS));
    TokenAmount paid = new TokenAmount(total(result, MoneyKind.PAYMENT));
    TokenAmount most = PaymentRule.paymentLimit(basis, scene.margin);
    assertThat(paid).isLessThanOrEqualTo(most);
    assertThat(result.dust()).isEqualTo(most.minus(paid));
    for (MoneyLeaf leaf : result.leaves()) {
      if (leaf.kind() == MoneyKind.CHARGE) {
        Reservation reservation =
            scene.reservations.stream()
                .filter(r -> r.id().hash().equals(leaf.subject()))
                .findFirst()
                .orElseThrow();
        assertThat(new Credits(leaf.cumulative())).isLessThanOrEqualTo(reservation.credits());
      }
    }
    for (ChargeLine line : result.charges()) {
      assertThat(line.charged()).isLessThanOrEqualTo(line.asked());
      assertThat(line.paid()).isLessThanOrEqualTo(line.basis());
    }
  }

  /** The cumulative leaves are the sums of all totals: the tree owes what was authorised. */
  private static void checkSums(Map<MoneyKind, BigInteger> sums, EpochResult result) {
    for (MoneyKind kind : new MoneyKind[] {MoneyKind.PAYMENT, MoneyKind.CHARGE}) {
      BigInteger leaves =
          result.leaves().stream()
              .filter(leaf -> leaf.kind() == kind)
              .map(MoneyLeaf::cumulative)
              .reduce(BigInteger.ZERO, BigInteger::add);
      assertThat(leaves).isEqualTo(sums.getOrDefault(kind, BigInteger.ZERO));
    }
  }

  private static BigInteger total(EpochResult result, MoneyKind kind) {
    return result.statement().totals().stream()
        .filter(t -> t.kind() == kind && t.network().equals(Samples.NETWORK))
        .map(Total::amount)
        .findFirst()
        .orElse(BigInteger.ZERO);
  }
}
