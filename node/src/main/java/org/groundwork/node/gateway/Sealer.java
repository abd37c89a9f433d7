package org.groundwork.node.gateway;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.engine.segment.SegmentWriter;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SlotNumber;

/**
 * Turns what was promised for a slot into segments once the slot is over. The journal is read, the
 * segments are durable, then the slot is noted as sealed; a crash in between seals it again.
 */
final class Sealer {
  /** Canonical bytes after which a slot goes on in another segment. */
  private static final int TARGET_BYTES = 16 << 20;

  private static final int TARGET_RECORDS = 200_000;

  /** Bits of a segment's number below its slot. */
  private static final int PART_BITS = 20;

  private final DeploymentId deployment;
  private final AccountId gateway;
  private final EpochSchedule schedule;
  private final InstantSource clock;
  private final Intake intake;
  private final SegmentStore store;
  private final SealedLog sealed;

  Sealer(
      DeploymentId deployment,
      AccountId gateway,
      EpochSchedule schedule,
      InstantSource clock,
      Intake intake,
      SegmentStore store,
      SealedLog sealed) {
    this.deployment = deployment;
    this.gateway = gateway;
    this.schedule = schedule;
    this.clock = clock;
    this.intake = intake;
    this.store = store;
    this.sealed = sealed;
  }

  /**
   * How long after its end a slot still takes reports of an epoch that has just ended: a quarter of
   * a slot, a second at most.
   */
  static Duration grace(EpochSchedule schedule) {
    return Duration.ofMillis(Math.min(1000, schedule.slotSeconds() * 250));
  }

  /** Seals every slot that is over; returns the new segments. */
  List<SealedSegment> sealDue() throws IOException {
    Instant due = clock.instant().minus(grace(schedule));
    long through = schedule.slotAt(due.getEpochSecond()).value() - 1;
    if (through <= sealed.through()) {
      return List.of();
    }
    SlotNumber last = new SlotNumber(through);
    List<SealedSegment> fresh = new ArrayList<>();
    for (SlotNumber slot : intake.closeThrough(last)) {
      if (slot.value() > sealed.through()) {
        seal(slot, fresh);
      }
    }
    sealed.append(last, fresh);
    intake.forgetBefore(schedule.epochOf(last.plus(1)));
    return List.copyOf(fresh);
  }

  private void seal(SlotNumber slot, List<SealedSegment> fresh) throws IOException {
    Filling filling = new Filling(slot, fresh);
    intake.read(slot, filling::add);
    filling.finish();
  }

  /** The segments of one slot, filled one after the other. */
  private final class Filling {
    private final SlotNumber slot;
    private final List<SealedSegment> fresh;
    private int part;
    private SegmentWriter writer;

    Filling(SlotNumber slot, List<SealedSegment> fresh) {
      this.slot = slot;
      this.fresh = fresh;
      writer = next();
    }

    void add(List<Report> reports) throws IOException {
      for (Report report : reports) {
        if (writer.size() >= TARGET_BYTES || writer.count() >= TARGET_RECORDS) {
          finish();
        }
        try {
          writer.add(report);
        } catch (Malformed e) {
          throw new IllegalStateException("the journal holds what was admitted", e);
        }
      }
    }

    void finish() throws IOException {
      if (writer.isEmpty()) {
        return;
      }
      Segment segment = writer.seal();
      store.put(segment);
      fresh.add(
          new SealedSegment(slot, segment.hash(), segment.canonical().size(), segment.count()));
      writer = next();
    }

    private SegmentWriter next() {
      EpochNumber epoch = schedule.epochOf(slot);
      long inEpoch = slot.value() - schedule.firstSlot(epoch).value();
      long number = inEpoch << PART_BITS | part++;
      return new SegmentWriter(new SegmentHeader(deployment, gateway, epoch, number));
    }
  }
}
