package org.groundwork.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.networks.storage.rules.Holding;
import org.groundwork.networks.storage.rules.SlotAnswer;
import org.groundwork.networks.storage.rules.StorageNetwork;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.networks.storage.wire.ByteSource;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceProver;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Voucher;

/**
 * Two epochs of a storage network: devices take deals, then prove some slots, miss one, prove one
 * wrongly, and are paid for traffic.
 */
final class StorageScene {
  private static final String PAYER = "alice";
  private static final StorageParameters PARAMETERS =
      new StorageParameters(2, 4, Credits.of(1), 10, Credits.of(1));
  private static final int DEVICES = 5;
  private static final int SLOTS = 4;

  /** One of each device, the first of device 1. */
  private final List<Deal> deals = new ArrayList<>();

  private final Scene opening = new Scene();

  StorageScene() {
    StorageNetwork storage = new StorageNetwork();
    Bytes parameters = PARAMETERS.encode();
    opening.network =
        Optional.of(
            new PlannedNetwork(
                Samples.NETWORK,
                storage.kind(),
                parameters,
                storage.newest().hash(storage.kind(), parameters),
                BootstrapBudget.NONE));
    for (long device = 1; device <= DEVICES; device++) {
      opening.register(device).hello(device);
      ReservationId reservation = opening.reserve(PAYER, device, 10_000, 5_000);
      Deal deal = deal(device, reservation, piece(device));
      deals.add(deal);
      StorageReport report = new StorageReport.DealOpened(Scene.sign(PAYER, deal));
      opening.send(device, 1, report.encode());
    }
  }

  /** The epoch of the deals. */
  Scene opening() {
    return opening;
  }

  /** The epoch after it. */
  Scene proving(EpochResult opened) throws IOException, Malformed {
    Scene scene = opening.after(opened);
    EpochPlan plan = scene.plan(List.of());
    for (long device = 1; device <= DEVICES; device++) {
      for (int slot = 0; slot < SLOTS; slot++) {
        boolean missed = device == 2 && slot == 2;
        boolean wrong = device == 3 && slot == 1;
        if (!missed) {
          SlotAnswer answer = answer(plan, device, scene.slotNumber(slot), wrong);
          scene.send(device, slot, new StorageReport.Proof(answer).encode());
        }
      }
      ReservationId reservation = deal(device).reservation();
      Voucher voucher = scene.voucher(PAYER, device, reservation, "traffic", 7 * device);
      Bytes signature = Samples.key(PAYER).sign(Samples.DOMAIN.digest(voucher.structHash()));
      StorageReport egress = new StorageReport.Egress(new SignedVoucher(voucher, signature));
      scene.send(device, 3, egress.encode());
    }
    return scene;
  }

  private Deal deal(long device) {
    return deals.get((int) device - 1);
  }

  private static byte[] content(long device) {
    byte[] content = new byte[1000 * (int) device];
    Arrays.fill(content, (byte) device);
    return content;
  }

  private static PieceWithTree piece(long device) {
    byte[] content = content(device);
    return new CommP(CommP.Keep.TREE).update(content, 0, content.length).finishTree();
  }

  private Deal deal(long device, ReservationId reservation, PieceWithTree piece) {
    return new Deal(
        Samples.DOMAIN.deployment(),
        Samples.NETWORK,
        new DeviceId(device),
        Samples.key(PAYER).account(),
        Scene.owner(device),
        reservation,
        Credits.of(3),
        Credits.of(3000),
        Scene.SCHEDULE.firstSlot(opening.epoch),
        Scene.SCHEDULE.firstSlot(new EpochNumber(500)),
        piece.commitment().encode());
  }

  /** With proofs from the device's piece, or from data that are not the piece's. */
  private SlotAnswer answer(EpochPlan plan, long device, SlotNumber slot, boolean wrong)
      throws IOException, Malformed {
    Holding holding = Holding.at(slot, List.of(HeldDeal.of(deal(device))));
    byte[] content = content(device);
    if (wrong) {
      Arrays.fill(content, (byte) 99);
    }
    PieceProver prover = new PieceProver(piece(device).tree(), ByteSource.of(Bytes.wrap(content)));
    List<SlotAnswer.Entry> entries = new ArrayList<>();
    for (Holding.LeafChallenge challenge :
        holding.challenges(
            plan.seed(Samples.NETWORK, slot),
            new DeviceId(device),
            PARAMETERS.challengesPerSlot())) {
      entries.add(new SlotAnswer.Entry.Shown(prover.prove(challenge.leaf()).proof()));
    }
    return new SlotAnswer(slot, holding.hash(), entries);
  }
}
