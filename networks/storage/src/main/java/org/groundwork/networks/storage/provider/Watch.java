package org.groundwork.networks.storage.provider;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.agent.Outbox;
import org.groundwork.networks.storage.rules.StorageParameters;
import org.groundwork.protocol.EpochSchedule;

/** Finds what costs pay or soon will, and says what to do: before it is in the results. */
final class Watch {
  private static final int RECENT_SLOTS = 20;
  private static final int MANY_REPORTS = 100;
  private static final int FULL_PARTS = 20;

  private final ProviderConfig config;
  private final StorageParameters parameters;
  private final EpochSchedule schedule;
  private final PieceStore store;
  private final SlotHistory history;
  private final Scores scores;
  private final Outbox outbox;
  private final Defence defence;

  Watch(
      ProviderConfig config,
      StorageParameters parameters,
      EpochSchedule schedule,
      PieceStore store,
      SlotHistory history,
      Scores scores,
      Outbox outbox,
      Defence defence) {
    this.config = config;
    this.parameters = parameters;
    this.schedule = schedule;
    this.store = store;
    this.history = history;
    this.scores = scores;
    this.outbox = outbox;
    this.defence = defence;
  }

  List<Warning> warnings() {
    List<Warning> found = new ArrayList<>();
    disks(found);
    slots(found);
    reports(found);
    court(found);
    return List.copyOf(found);
  }

  private void disks(List<Warning> found) {
    for (Disk disk : store.disks()) {
      long pieces = store.count(disk);
      switch (disk.condition()) {
        case ONLINE -> {}
        case READ_ONLY ->
            found.add(
                new Warning(
                    "disk.read-only",
                    disk + " takes no writes; " + pieces + " pieces on it are still served.",
                    "Check the disk and its mount options; drain it if it is failing."));
        case GONE ->
            found.add(
                new Warning(
                    "disk.gone",
                    disk + " is gone with " + pieces + " pieces: slots that ask for them fail.",
                    "Mount it again; if it is lost, customers have to store these pieces anew."));
      }
      if (disk.isDraining()) {
        found.add(
            new Warning(
                pieces == 0 ? "disk.drained" : "disk.draining",
                disk + " is being drained; " + pieces + " pieces are left on it.",
                pieces == 0 ? "Take it out of the configuration." : "Leave it mounted."));
      }
    }
    long onDisks = store.disks().stream().mapToLong(Disk::capacity).sum();
    long capacity = Math.min(config.room().capacityBytes(), onDisks);
    if (store.freeBytes() < capacity / FULL_PARTS) {
      found.add(
          new Warning(
              "storage.nearly-full",
              store.freeBytes() + " of " + capacity + " bytes are free.",
              "Add a disk or raise the capacity, to be offered more."));
    }
    if (!store.damaged().isEmpty()) {
      found.add(
          new Warning(
              "piece.damaged",
              store.damaged().size() + " pieces are damaged; a slot that asks for one is not paid.",
              "Run fsck and check the disk; customers' repair stores such pieces anew."));
    }
  }

  private void slots(List<Warning> found) {
    long missed = history.count(SlotHistory.Outcome.MISSED);
    if (missed > 0) {
      String why =
          history.lines().stream()
              .filter(line -> line.outcome() == SlotHistory.Outcome.MISSED)
              .reduce((_, second) -> second)
              .map(SlotHistory.Line::why)
              .orElse("");
      found.add(
          new Warning(
              "slots.missed",
              missed + " slots were not answered, the last because " + why + ".",
              "Keep the provider running, its chain and gateways reachable, its clock right."));
    }
    long flawed = history.count(SlotHistory.Outcome.FLAWED);
    if (flawed > 0) {
      found.add(
          new Warning(
              "slots.flawed",
              flawed + " slots were answered with pieces that are lost or damaged.",
              "See the damaged pieces and the disks."));
    }
    long allowed = (parameters.answerSlots() + 1) * schedule.slotSeconds();
    long lag = history.worstLag(RECENT_SLOTS);
    if (lag * 2 > allowed && allowed > 2) {
      found.add(
          new Warning(
              "answers.slow",
              "An answer took " + lag + " s of the " + allowed + " s that are allowed.",
              "Look at the disk's load and the chain's answers before slots are missed."));
    }
    long proven = scores.lines().stream().mapToLong(Scores.Line::proven).sum();
    long faulty = scores.lines().stream().mapToLong(Scores.Line::faulty).sum();
    if (faulty > 0) {
      found.add(
          new Warning(
              "results.faults",
              "Results count " + faulty + " faulty slots beside " + proven + " proven ones.",
              "groundwork why DEVICE says which and why."));
    }
  }

  private void reports(List<Warning> found) {
    if (outbox.waiting() > MANY_REPORTS) {
      found.add(
          new Warning(
              "reports.waiting",
              outbox.waiting() + " reports wait for a gateway's promise.",
              "Check the connection to the gateways: answers count only in time."));
    }
    if (outbox.dropped() > 0) {
      found.add(
          new Warning(
              "reports.dropped",
              outbox.dropped() + " reports were never promised and are dropped.",
              "Check the connection to the gateways."));
    }
  }

  private void court(List<Warning> found) {
    for (Defence.Line line : defence.lines()) {
      CourtFeed.Summons summons = line.summons();
      if (summons.state() == CourtFeed.State.FAULT) {
        found.add(
            new Warning(
                "court.fault",
                "The court recorded a fault: summons " + summons.id() + " was not answered.",
                "Look at the disks; customers see it and may choose others."));
      } else if (!line.why().isEmpty()) {
        found.add(
            new Warning(
                "court.unanswered",
                "Summons "
                    + summons.id()
                    + until(summons)
                    + " is not answered: "
                    + line.why()
                    + ".",
                "Name an account in court.json, or answer it with \"groundwork dispute possession"
                    + " answer\"; bring the piece back if it is lost."));
      }
    }
  }

  private static String until(CourtFeed.Summons summons) {
    return summons.state() == CourtFeed.State.DRAWN ? ", until " + summons.deadline() + "," : "";
  }
}
