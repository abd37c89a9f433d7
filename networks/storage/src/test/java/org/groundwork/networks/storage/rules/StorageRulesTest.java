package org.groundwork.networks.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceProof;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Fault;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StorageRulesTest {
  private final World world = new World();
  private final Random random = new Random(17);
  private final PieceCommitment piece = world.piece(random, 5000);

  @Test
  void aDealCountsFromTheEpochAfterItsReport() {
    DeviceResult first = world.report(World.opened(world.deal(piece))).next();
    assertThat(reasons(first)).containsExactly("ok");
    assertThat(first.faults()).isEmpty();
    assertThat(first.claims()).isEmpty();

    DeviceResult second = world.answerAll().next();
    assertThat(reasons(second)).hasSize(10).containsOnly("ok");
    assertThat(second.faults()).isEmpty();
    assertThat(scores(second)).containsExactly("proven 10");
  }

  @Test
  void slotsThatAreNotAnsweredAreFaultsAndNotClaimed() {
    hold(piece);
    world.report(new StorageReport.Proof(world.answer(world.slot(4))), world.slot(4));
    DeviceResult result = world.next();
    assertThat(result.faults()).hasSize(9);
    assertThat(result.faults()).extracting(Fault::reason).containsOnly(StorageReason.NO_ANSWER);
    assertThat(scores(result)).containsExactly("proven 1");
    assertThat(carry().provenSlots()).isEqualTo(1);
    assertThat(carry().faultySlots()).isEqualTo(9);
  }

  @Tag("A17")
  @Test
  void anAnswerCountsUpToTheLastAllowedSlotAndNotLater() {
    hold(piece);
    world.report(new StorageReport.Proof(world.answer(world.slot(0))), world.slot(2));
    world.report(new StorageReport.Proof(world.answer(world.slot(1))), world.slot(4));
    world.report(new StorageReport.Proof(world.answer(world.slot(9))), world.slot(11));
    DeviceResult result = world.judge();
    assertThat(reasons(result)).containsExactly("ok", "storage.late-answer", "ok");
    assertThat(fault(result, world.slot(1)).reason()).isEqualTo(StorageReason.LATE_ANSWER);
    assertThat(fault(result, world.slot(1)).evidence())
        .contains("answered in slot " + world.slot(4))
        .contains("allowed until slot " + world.slot(3));
  }

  @Test
  void flippedBytesOnDiskAreAFaultThatNamesPieceAndRoots() {
    hold(piece);
    byte[] content = java.util.Objects.requireNonNull(world.data.get(piece));
    for (int i = 0; i < content.length; i++) {
      content[i] ^= 1;
    }
    DeviceResult result = world.answerAll().judge();
    assertThat(reasons(result)).hasSize(10).containsOnly("storage.proof-wrong");
    assertThat(result.faults()).hasSize(10);
    assertThat(result.faults().getFirst().evidence())
        .contains("of piece " + piece.pieceCidV2())
        .contains("leads to")
        .contains("expected " + piece.root());
    assertThat(result.claims()).isEmpty();
  }

  @Test
  void aProofOfAnotherLeafOrOfAnotherHeightIsWrong() {
    hold(piece);
    tamper(
        0, entry -> proof(entry, p -> new PieceProof(p.leafIndex() ^ 1, p.leaf(), p.siblings())));
    tamper(
        1,
        entry ->
            proof(
                entry,
                p -> {
                  List<Hash> siblings = new ArrayList<>(p.siblings());
                  siblings.add(Hash.ZERO);
                  return new PieceProof(p.leafIndex(), p.leaf(), siblings);
                }));
    DeviceResult result = world.judge();
    assertThat(reasons(result)).containsOnly("storage.proof-wrong");
    assertThat(fault(result, world.slot(0)).evidence()).contains("the proof is of leaf");
    assertThat(fault(result, world.slot(1)).evidence()).contains("steps");
  }

  @Test
  void aPieceThatTheDeviceReportsLostIsAFaultOfItsOwn() {
    hold(piece);
    tamper(3, _ -> new SlotAnswer.Entry.Lost());
    assertThat(reasons(world.judge())).containsExactly("storage.piece-lost");
  }

  @Test
  void tooFewOrTooManyProofsAreWrong() {
    hold(piece);
    SlotAnswer good = world.answer(world.slot(0));
    world.report(proofOf(good, good.entries().subList(0, 3)));
    List<SlotAnswer.Entry> more = new ArrayList<>(good.entries());
    more.add(new SlotAnswer.Entry.Lost());
    world.report(proofOf(good, more));
    assertThat(reasons(world.judge()))
        .containsExactly("storage.proof-wrong", "storage.proof-wrong");
  }

  @Test
  void anAnswerForAnotherHoldingIsNotLookedAtFurther() {
    hold(piece);
    SlotAnswer good = world.answer(world.slot(0));
    world.report(new StorageReport.Proof(new SlotAnswer(good.slot(), Hash.ZERO, good.entries())));
    assertThat(reasons(world.judge())).containsExactly("storage.holding-differs");
  }

  @Test
  void aSlotIsProvenOnceAndAWrongAnswerDoesNotSpoilARightOne() {
    hold(piece);
    SlotAnswer good = world.answer(world.slot(0));
    world.report(new StorageReport.Proof(new SlotAnswer(good.slot(), Hash.ZERO, good.entries())));
    world.report(new StorageReport.Proof(good));
    world.report(new StorageReport.Proof(good));
    DeviceResult result = world.judge();
    assertThat(reasons(result))
        .containsExactly("storage.holding-differs", "ok", "storage.answered-already");
    assertThat(scores(result)).containsExactly("proven 1");
    assertThat(result.faults()).hasSize(9);
  }

  @Test
  void answersBelongToTheEpochOfTheirSlot() {
    hold(piece);
    SlotAnswer old = world.answer(world.slot(9));
    world.next();
    world.report(new StorageReport.Proof(old), world.slot(0));
    assertThat(reasons(world.judge())).containsExactly("storage.other-epoch");
  }

  /** One device's report must not stop the rules, and with them every verifier. */
  @Tag("A1")
  @Test
  void anAnswerToASlotBeyondAllEpochsIsOfAnotherEpoch() {
    hold(piece);
    SlotAnswer good = world.answer(world.slot(0));
    SlotAnswer far = new SlotAnswer(new SlotNumber(Long.MAX_VALUE), good.holding(), good.entries());
    world.report(new StorageReport.Proof(far));
    assertThat(reasons(world.judge())).containsExactly("storage.other-epoch");
  }

  @Test
  void aDeviceThatHoldsNothingIsNotChallenged() {
    world.report(
        new StorageReport.Proof(
            new SlotAnswer(world.slot(0), Hash.ZERO, List.of(new SlotAnswer.Entry.Lost()))));
    DeviceResult result = world.judge();
    assertThat(reasons(result)).containsExactly("storage.not-challenged");
    assertThat(result.faults()).isEmpty();
    assertThat(result.carry()).isEqualTo(Carry.NONE);
  }

  @Test
  void aDealIsOwedFromItsFirstSlotToTheLastBeforeItsEnd() {
    world.report(World.opened(world.deal(piece, world.slot(13), world.slot(16)))).next();
    DeviceResult result = world.judge();
    assertThat(result.faults())
        .extracting(Fault::slot)
        .containsExactly(world.slot(3), world.slot(4), world.slot(5));
    assertThat(result.carry()).isNotEqualTo(Carry.NONE);
    world.next();
    assertThat(carry().deals()).isEmpty();
  }

  @Test
  void anEndedDealIsOwedToTheEndOfItsEpochAndNeverComesBack() {
    Deal deal = world.deal(piece);
    hold(piece);
    world.answerAll().report(World.ended(deal(piece).id(), World.PAYER));
    assertThat(deal.id()).isNotEqualTo(Hash.ZERO);
    DeviceResult ending = world.next();
    assertThat(reasons(ending)).hasSize(11).containsOnly("ok");
    assertThat(scores(ending)).containsExactly("proven 10");

    DeviceResult after =
        world
            .report(new StorageReport.DealOpened(World.sign(deal(piece), World.PAYER)))
            .report(World.ended(deal(piece).id(), World.PAYER))
            .next();
    assertThat(reasons(after)).containsExactly("storage.deal-known", "storage.deal-ended");
    assertThat(after.faults()).isEmpty();
    assertThat(carry().deals()).isEmpty();
    assertThat(carry().ended()).containsOnlyKeys(deal(piece).id());

    world.epoch = new EpochNumber(World.SCHEDULE.epochOf(deal(piece).endSlot()).value());
    world.next();
    assertThat(carry().ended()).isEmpty();
  }

  @Test
  void onlyThePayerEndsADealAndOnlyOneThatIsThere() {
    hold(piece);
    world.report(World.ended(deal(piece).id(), World.OWNER));
    world.report(World.ended(Hash.ZERO, World.PAYER));
    world.report(World.ended(deal(piece).id(), World.PAYER));
    world.report(World.ended(deal(piece).id(), World.PAYER));
    assertThat(reasons(world.judge()))
        .containsExactly(
            "storage.deal-end-unsigned", "storage.deal-unknown", "ok", "storage.deal-ended");
  }

  @Test
  void aDealThatIsReportedTwiceCountsOnce() {
    Deal deal = world.deal(piece);
    world.report(World.opened(deal)).report(World.opened(deal));
    assertThat(reasons(world.next())).containsExactly("ok", "storage.deal-known");
    assertThat(reasons(world.report(World.opened(deal)).next()))
        .containsExactly("storage.deal-known");
    assertThat(carry().deals()).hasSize(1);
  }

  @Test
  void dealsThatAreNotThisDevicesOrNotWhatTheySayAreRejectedWithTheirReason() {
    assertDeal("ok", d -> d);
    assertDeal("storage.deal-other-deployment", d -> new DealChange(d).deployment());
    assertDeal("storage.deal-other-network", d -> new DealChange(d).network());
    assertDeal("storage.deal-other-device", d -> new DealChange(d).device());
    assertDeal("storage.deal-other-seller", d -> new DealChange(d).seller());
    assertDeal("storage.no-reservation", d -> new DealChange(d).reservation());
    assertDeal("storage.no-reservation", d -> new DealChange(d).payer(World.STRANGER));
    assertDeal("storage.deal-above-reservation", d -> new DealChange(d).cap(World.CREDITS + 1));
    assertDeal("ok", d -> new DealChange(d).cap(World.CREDITS));
    assertDeal("storage.deal-terms", d -> new DealChange(d).terms(Bytes.of((byte) 1)));
    assertDeal(
        "storage.deal-terms",
        d -> new DealChange(d).terms(new PieceCommitment(100, 5, Hash.ZERO).encode()));
    assertDeal(
        "storage.deal-terms",
        d ->
            new DealChange(d)
                .terms(
                    new PieceCommitment(
                            PieceCommitment.capacity(HeldDeal.MAX_PIECE_HEIGHT + 1),
                            HeldDeal.MAX_PIECE_HEIGHT + 1,
                            Hash.ZERO)
                        .encode()));
    assertDeal("storage.deal-over", d -> new DealChange(d).end(world.slot(10)));
    assertDeal("ok", d -> new DealChange(d).end(world.slot(11)));
  }

  @Test
  void aDealWithAnotherSignatureIsRejected() {
    Deal deal = world.deal(piece);
    world.report(new StorageReport.DealOpened(World.sign(deal, World.OWNER)));
    world.report(
        new StorageReport.DealOpened(
            new org.groundwork.protocol.SignedDeal(deal, Bytes.wrap(new byte[65]))));
    assertThat(reasons(world.judge()))
        .containsExactly("storage.deal-unsigned", "storage.deal-unsigned");
  }

  @Test
  void noMoreDealsThanTheNetworkAllows() {
    for (int i = 0; i <= 10; i++) {
      world.report(World.opened(world.deal(world.piece(random, 200 + i))));
    }
    assertThat(reasons(world.judge())).hasSize(11).last().isEqualTo("storage.too-many-deals");
  }

  @Test
  void countsVouchersThatASessionKeyOfThePayerSigned() {
    world.report(World.egress(World.voucher(1, 5), World.SESSION));
    assertThat(scores(world.judge())).containsExactly("paid 5 by key");
  }

  @Test
  void evidenceOfAReservationThatIsOverIsRejected() {
    world.lastEpoch = new EpochNumber(4);
    world.report(World.opened(world.deal(piece)));
    world.report(World.egress(World.voucher(1, 5), World.PAYER));
    assertThat(reasons(world.judge()))
        .containsExactly("storage.reservation-over", "storage.reservation-over");
  }

  @Test
  void theHighestVoucherOfASessionIsPaidAndTheOthersAreReplays() {
    world.report(World.egress(World.voucher(1, 5), World.PAYER));
    world.report(World.egress(World.voucher(1, 9), World.PAYER));
    world.report(World.egress(World.voucher(1, 9), World.PAYER));
    world.report(World.egress(World.voucher(2, 7), World.PAYER));
    DeviceResult result = world.judge();
    assertThat(reasons(result)).containsOnly("ok");
    assertThat(scores(result)).containsExactlyInAnyOrder("paid 9", "paid 7");
    GroupResult session = reconcile(result.claims().subList(0, 3));
    assertThat(session.amendments())
        .extracting(amendment -> amendment.record().sequence().counter())
        .containsExactly(0L, 2L);
    assertThat(session.amendments())
        .extracting(amendment -> amendment.verdict().reason())
        .containsOnly(StorageReason.VOUCHER_REPLAYED);
  }

  @Test
  void vouchersThatAreNotThisSellersAreRejectedWithTheirReason() {
    assertVoucher("ok", voucher(World.CREDITS), World.PAYER);
    assertVoucher("storage.voucher-above-reservation", voucher(World.CREDITS + 1), World.PAYER);
    assertVoucher("storage.voucher-unsigned", voucher(5), World.OWNER);
    Voucher v = voucher(5);
    assertVoucher(
        "storage.voucher-other-deployment",
        new Voucher(
            new DeploymentId(Hash.ZERO),
            v.network(),
            v.payer(),
            v.seller(),
            v.reservation(),
            v.session(),
            v.cumulative()),
        World.PAYER);
    assertVoucher(
        "storage.voucher-other-network",
        new Voucher(
            v.deployment(),
            new NetworkId(9),
            v.payer(),
            v.seller(),
            v.reservation(),
            v.session(),
            v.cumulative()),
        World.PAYER);
    assertVoucher(
        "storage.voucher-other-seller",
        new Voucher(
            v.deployment(),
            v.network(),
            v.payer(),
            World.STRANGER.account(),
            v.reservation(),
            v.session(),
            v.cumulative()),
        World.PAYER);
    assertVoucher(
        "storage.no-reservation",
        new Voucher(
            v.deployment(),
            v.network(),
            v.payer(),
            v.seller(),
            new ReservationId(Hash.ZERO),
            v.session(),
            v.cumulative()),
        World.PAYER);
  }

  @Test
  void bytesThatAreNoReportAreRejected() {
    world.report(Bytes.of((byte) 9), world.slot(0));
    world.report(Bytes.of((byte) 1, (byte) 2), world.slot(0));
    Bytes whole = World.opened(world.deal(piece)).encode();
    world.report(whole.slice(0, whole.size() - 1), world.slot(0));
    assertThat(reasons(world.judge()))
        .containsExactly("report.unknown-type", "report.malformed", "report.malformed");
    assertThat(CommonReason.UNKNOWN_TYPE.code()).isEqualTo("report.unknown-type");
  }

  @Tag("A18")
  @Test
  void agentAndVerifierAreAskedForTheSameLeaves() {
    hold(piece);
    SlotNumber slot = world.slot(3);
    Holding holding = world.holding(slot);
    assertThat(world.rules.challenges(World.seed(slot), World.DEVICE, world.carry))
        .containsExactly(
            holding.challenge(slot, holding.challenges(World.seed(slot), World.DEVICE.id(), 4)));
    assertThat(world.rules.challenges(World.seed(slot), World.DEVICE, Carry.NONE)).isEmpty();
  }

  private Deal deal(PieceCommitment held) {
    return World.SCHEDULE.firstSlot(new EpochNumber(5)).equals(world.slot(0))
        ? world.deal(held)
        : world.deal(
            held,
            World.SCHEDULE.firstSlot(new EpochNumber(5)),
            World.SCHEDULE.firstSlot(new EpochNumber(5)).plus(1000));
  }

  private void hold(PieceCommitment held) {
    assertThat(reasons(world.report(World.opened(world.deal(held))).next())).containsOnly("ok");
  }

  private StorageCarry carry() {
    try {
      return StorageCarry.decode(World.NETWORK, World.DEVICE.id(), world.carry);
    } catch (org.groundwork.protocol.Malformed e) {
      throw new AssertionError(e);
    }
  }

  private void tamper(int slot, UnaryOperator<SlotAnswer.Entry> change) {
    SlotAnswer good = world.answer(world.slot(slot));
    List<SlotAnswer.Entry> entries = new ArrayList<>(good.entries());
    entries.set(2, change.apply(entries.get(2)));
    world.report(proofOf(good, entries), world.slot(slot));
  }

  private static SlotAnswer.Entry proof(SlotAnswer.Entry entry, UnaryOperator<PieceProof> change) {
    return entry instanceof SlotAnswer.Entry.Shown(PieceProof proof)
        ? new SlotAnswer.Entry.Shown(change.apply(proof))
        : entry;
  }

  private static StorageReport proofOf(SlotAnswer answer, List<SlotAnswer.Entry> entries) {
    return new StorageReport.Proof(new SlotAnswer(answer.slot(), answer.holding(), entries));
  }

  private void assertDeal(String expected, UnaryOperator<Deal> change) {
    world.records.clear();
    world.report(World.opened(change.apply(world.deal(piece))));
    assertThat(reasons(world.judge())).containsExactly(expected);
  }

  private void assertVoucher(String expected, Voucher voucher, AccountKey signer) {
    world.records.clear();
    world.report(World.egress(voucher, signer));
    assertThat(reasons(world.judge())).containsExactly(expected);
  }

  private static Voucher voucher(long cumulative) {
    return World.voucher(1, cumulative);
  }

  private static Fault fault(DeviceResult result, SlotNumber slot) {
    return result.faults().stream().filter(f -> f.slot().equals(slot)).findFirst().orElseThrow();
  }

  private static List<String> reasons(DeviceResult result) {
    return result.verdicts().stream()
        .map(verdict ->
            switch (verdict) {
              case Verdict.Accepted _ -> "ok";
              case Verdict.Rejected rejected -> rejected.reason().code();
            })
        .toList();
  }

  private GroupResult reconcile(List<Claim> claims) {
    return world.rules.reconcile(
        new GroupInput(
            world.facts(),
            claims.getFirst().group(),
            claims.stream().sorted().toList(),
            Carry.NONE));
  }

  private List<String> scores(DeviceResult result) {
    return result.claims().stream()
        .map(Claim::group)
        .distinct()
        .flatMap(group ->
            reconcile(result.claims().stream().filter(c -> c.group().equals(group)).toList())
                .scores()
                .stream())
        .map(score ->
            switch (score.entitlement()) {
              case Entitlement.Proven(Deal _, long slots) -> "proven " + slots;
              case Entitlement.Paid(Voucher voucher, AccountId signer) ->
                  "paid "
                      + voucher.cumulative()
                      + (signer.equals(World.PAYER.account()) ? "" : " by key");
              case Entitlement.Scope scope -> "scope " + scope.weight();
            })
        .toList();
  }

  /** A deal with one thing changed. */
  private record DealChange(Deal deal) {
    Deal deployment() {
      return of(new DeploymentId(Hash.ZERO), deal.network(), deal.device());
    }

    Deal network() {
      return of(deal.deployment(), new NetworkId(9), deal.device());
    }

    Deal device() {
      return of(deal.deployment(), deal.network(), new DeviceId(9));
    }

    private Deal of(DeploymentId deployment, NetworkId network, DeviceId device) {
      return new Deal(
          deployment,
          network,
          device,
          deal.payer(),
          deal.seller(),
          deal.reservation(),
          deal.rate(),
          deal.cap(),
          deal.startSlot(),
          deal.endSlot(),
          deal.terms());
    }

    Deal seller() {
      return of(deal.payer(), World.STRANGER, deal.reservation(), deal.cap(), deal.endSlot());
    }

    Deal payer(AccountKey payer) {
      return of(payer.account(), World.OWNER, deal.reservation(), deal.cap(), deal.endSlot());
    }

    Deal reservation() {
      return of(
          deal.payer(), World.OWNER, new ReservationId(Hash.ZERO), deal.cap(), deal.endSlot());
    }

    Deal cap(long cap) {
      return of(deal.payer(), World.OWNER, deal.reservation(), Credits.of(cap), deal.endSlot());
    }

    Deal end(SlotNumber end) {
      return of(deal.payer(), World.OWNER, deal.reservation(), deal.cap(), end);
    }

    private Deal of(
        org.groundwork.protocol.AccountId payer,
        AccountKey seller,
        ReservationId reservation,
        Credits cap,
        SlotNumber end) {
      return new Deal(
          deal.deployment(),
          deal.network(),
          deal.device(),
          payer,
          seller.account(),
          reservation,
          deal.rate(),
          cap,
          deal.startSlot(),
          end,
          deal.terms());
    }

    Deal terms(Bytes terms) {
      return new Deal(
          deal.deployment(),
          deal.network(),
          deal.device(),
          deal.payer(),
          deal.seller(),
          deal.reservation(),
          deal.rate(),
          deal.cap(),
          deal.startSlot(),
          deal.endSlot(),
          terms);
    }
  }
}
