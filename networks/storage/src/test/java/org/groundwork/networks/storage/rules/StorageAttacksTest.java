package org.groundwork.networks.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.Score;
import org.groundwork.rules.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The storage lines of the catalogue's attacks on work, mounted. */
class StorageAttacksTest {
  private static final int SLOTS = 3;

  /** Data that is fetched or made again takes time; so much is allowed, and not a slot more. */
  @Tag("A17")
  @Test
  void anAnswerMadeOnDemandThatComesOneSlotTooLateProvesNothing() {
    Holder holder = new Holder(1, StorageParameters.DEFAULT, 10, 2032);
    int allowed = StorageParameters.DEFAULT.answerSlots();
    SlotNumber slot = holder.slot(0);
    SlotAnswer answer = holder.answer(slot);
    assertThat(provenSlots(holder.judge(List.of(holder.admitted(answer, slot.plus(allowed))))))
        .isEqualTo(1);
    DeviceResult late = holder.judge(List.of(holder.admitted(answer, slot.plus(allowed + 1))));
    assertThat(provenSlots(late)).isZero();
    assertThat(reason(late)).isEqualTo("storage.late-answer");
  }

  /** The seed of a slot is not known before it: what was prepared for another one is worthless. */
  @Tag("A18")
  @Test
  void anAnswerPreparedForAnotherSeedProvesNothing() {
    Holder holder = new Holder(1, StorageParameters.DEFAULT, 10, 2032);
    Holder other = new Holder(2, StorageParameters.DEFAULT, 0, 2032);
    for (int i = 0; i < SLOTS; i++) {
      SlotNumber slot = holder.slot(i);
      assertThat(holder.holding().challenges(holder.seed(slot), World.DEVICE.id(), 20))
          .isNotEqualTo(holder.holding().challenges(other.seed(slot), World.DEVICE.id(), 20));
      SlotAnswer guessed =
          new SlotAnswer(slot, holder.holding().hash(), holder.answer(slot.plus(1)).entries());
      DeviceResult result = holder.judge(List.of(holder.admitted(guessed, slot)));
      assertThat(reason(result)).isEqualTo("storage.proof-wrong");
      assertThat(provenSlots(result)).isZero();
    }
  }

  /** Two providers with the same pieces are asked for other leaves in every slot. */
  @Tag("A19")
  @Test
  void anAnswerCopiedFromAnotherProviderProvesNothing() {
    Holder honest = new Holder(1, StorageParameters.DEFAULT, 0, 2032);
    Holder lazy = new Holder(2, StorageParameters.DEFAULT, 0, 2032);
    Random random = new Random(3);
    for (int i = 0; i < 10; i++) {
      byte[] content = new byte[2032];
      random.nextBytes(content);
      honest.add(content);
      lazy.add(content);
    }
    SlotNumber slot = lazy.slot(0);
    SlotAnswer copied = new SlotAnswer(slot, lazy.holding().hash(), honest.answer(slot).entries());
    DeviceResult result = lazy.judge(List.of(lazy.admitted(copied, slot)));
    assertThat(reason(result)).isEqualTo("storage.proof-wrong");
    assertThat(provenSlots(result)).isZero();
  }

  /** A friend signs for traffic that never was: it is his own money, once, and no more of it. */
  @Tag("A20")
  @Test
  void inflatedTrafficChargesAFriendOnceWithinWhatHeReserved() {
    World world = new World();
    for (int i = 1; i <= 30; i++) {
      world.report(World.egress(World.voucher(1, 10L * i), World.PAYER));
    }
    world.report(World.egress(World.voucher(1, World.CREDITS + 1), World.PAYER));
    DeviceResult result = world.judge();
    assertThat(result.verdicts().getLast())
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            it -> assertThat(it.reason()).isEqualTo(StorageReason.VOUCHER_ABOVE_RESERVATION));
    List<Score> scores = scores(world, result);
    assertThat(scores).hasSize(1);
    assertThat(scores.getFirst().entitlement())
        .isInstanceOfSatisfying(
            Entitlement.Paid.class,
            paid -> assertThat(paid.voucher().cumulative()).isEqualTo(Credits.of(300)));
  }

  /** Who stores with himself gets back less than he burned, whatever the deal says. */
  @Tag("A21")
  @Test
  void whoStoresWithHimselfLosesTheBurnedShare() {
    World world = new World();
    PieceCommitment piece = world.piece(new Random(1), 3000);
    world.report(World.opened(world.deal(piece))).next();
    DeviceResult result = world.answerAll().judge();
    List<Score> scores = scores(world, result);
    assertThat(scores).hasSize(1);
    TokenAmount back = TokenAmount.ZERO;
    for (Score score : scores) {
      assertThat(score.entitlement()).isInstanceOf(Entitlement.Proven.class);
      if (score.entitlement() instanceof Entitlement.Proven(var deal, long slots)) {
        Credits charge =
            new Credits(deal.rate().value().multiply(java.math.BigInteger.valueOf(slots)));
        TokenAmount burned =
            PaymentRule.basisConsumed(
                Credits.of(World.CREDITS), TokenAmount.of(World.CREDITS), charge);
        TokenAmount paid =
            PaymentRule.payment(burned, charge, Price.of(100_000_000), new BasisPoints(500));
        assertThat(paid).isLessThan(burned);
        back = back.plus(paid);
      }
    }
    assertThat(back).isGreaterThan(TokenAmount.ZERO);
  }

  private static List<Score> scores(World world, DeviceResult result) {
    List<Score> scores = new ArrayList<>();
    result.claims().stream()
        .map(Claim::group)
        .distinct()
        .forEach(group ->
            scores.addAll(
                world
                    .rules
                    .reconcile(
                        new GroupInput(
                            world.facts(),
                            group,
                            result.claims().stream()
                                .filter(claim -> claim.group().equals(group))
                                .sorted()
                                .toList(),
                            Carry.NONE))
                    .scores()));
    return scores;
  }

  private static long provenSlots(DeviceResult result) {
    long proven = 0;
    for (Claim claim : result.claims()) {
      try {
        if (StorageFact.decode(claim.fact()) instanceof StorageFact.ProvenSlots slots) {
          proven = Math.max(proven, slots.slots());
        }
      } catch (org.groundwork.protocol.Malformed e) {
        throw new AssertionError(e);
      }
    }
    return proven;
  }

  private static String reason(DeviceResult result) {
    return result.verdicts().getFirst() instanceof Verdict.Rejected rejected
        ? rejected.reason().code()
        : "ok";
  }
}
