package org.groundwork.networks.storage.rules;

import java.util.List;
import java.util.Random;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Device;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.testkit.network.NetworkContract;
import org.groundwork.testkit.network.Sample;
import org.groundwork.testkit.network.SampleFacts;

class StorageNetworkTest extends NetworkContract {
  /** Another device of the same owner. */
  private static final Device OTHER =
      new Device(new DeviceId(8), World.NETWORK, World.OWNER.account(), World.DEVICE.key(), 0);

  @Override
  protected ResourceNetwork network() {
    return new StorageNetwork();
  }

  /** Deals opened, refused, proven, missed, ended; vouchers good, replayed, forged. */
  @Override
  protected List<Sample> samples() {
    World world = new World();
    Random random = new Random(11);
    PieceCommitment first = world.piece(random, 5000);
    PieceCommitment second = world.piece(random, 300);
    Deal deal = world.deal(first);
    world.report(World.opened(deal)).report(World.opened(world.deal(second)));
    world.report(World.opened(deal));
    world.report(new StorageReport.DealOpened(World.sign(deal, World.STRANGER)));
    world.report(World.ended(Hash.ZERO, World.PAYER)).report(Bytes.of((byte) 9), world.slot(1));
    Sample.Epoch opening = epoch(world);

    world.answerAll();
    world.records.remove(6);
    world.report(new StorageReport.Proof(world.answer(world.slot(6))), world.slot(9));
    world.report(World.egress(World.voucher(1, 5), World.PAYER), world.slot(2));
    world.report(World.egress(World.voucher(1, 9), World.SESSION), world.slot(3));
    world.report(World.egress(World.voucher(1, 7), World.STRANGER), world.slot(3));
    fromOther(world, World.egress(World.voucher(1, 8), World.PAYER).encode());
    fromOther(world, World.egress(World.voucher(2, 8), World.PAYER).encode());
    Sample.Epoch serving = epoch(world);

    world.answerAll().report(World.ended(deal.id(), World.PAYER), world.slot(1));
    for (int i = 0; i < 4; i++) {
      world.records.remove(2);
    }
    Sample.Epoch ending = epoch(world);
    world.answerAll();
    return List.of(
        new Sample(
            1,
            "deals",
            world.parameters.encode(),
            List.of(opening, serving, ending, epoch(world), epoch(world))));
  }

  private static void fromOther(World world, Bytes payload) {
    Sequence sequence = Sequence.of(world.epoch, world.records.size());
    RecordRef ref = new RecordRef(OTHER.id(), sequence, Sha256.hash(payload.toArray()));
    world.records.add(new Admitted(ref, world.slot(4), payload));
  }

  /** What was reported; the world goes on as the rules say. */
  private static Sample.Epoch epoch(World world) {
    SampleFacts facts =
        new SampleFacts(
            World.DOMAIN,
            World.NETWORK,
            world.epoch,
            World.SCHEDULE,
            World::seed,
            world.facts().reservation(World.RESERVATION).stream().toList(),
            world.facts().sessionKey(World.PAYER.account(), World.SESSION.account()).stream()
                .toList());
    Sample.Epoch epoch =
        new Sample.Epoch(facts, List.of(World.DEVICE, OTHER), List.copyOf(world.records));
    world.records.removeIf(record -> !record.ref().device().equals(World.DEVICE.id()));
    world.next();
    return epoch;
  }
}
