package org.groundwork.networks.storage.provider;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.networks.storage.rules.StorageCarry;
import org.groundwork.protocol.SlotNumber;

/** The parts of a provider's status that say how it is paid and how its disks are. */
final class StatusView {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_SHOWN = 100;

  private final PieceStore store;
  private final SlotHistory history;
  private final Scores scores;
  private final Watch watch;
  private final Defence defence;

  StatusView(PieceStore store, SlotHistory history, Scores scores, Watch watch, Defence defence) {
    this.store = store;
    this.history = history;
    this.scores = scores;
    this.watch = watch;
    this.defence = defence;
  }

  void writeTo(ObjectNode status, int deals, Optional<SlotNumber> leaves) {
    disks(status.putArray("disks"));
    slots(status.putObject("slots"));
    scores.last().map(HoldingForecast.Base::carry).ifPresent(carry -> score(status, carry));
    leaves.ifPresent(slot ->
        status
            .putObject("leaving")
            .put("slot", slot.value())
            .put("dealsLeft", deals)
            .put("mayStop", deals == 0));
    court(status.putArray("summonses"));
    ArrayNode warnings = status.putArray("warnings");
    for (Warning warning : watch.warnings()) {
      warnings
          .addObject()
          .put("code", warning.code())
          .put("happened", warning.happened())
          .put("remedy", warning.remedy());
    }
    ObjectNode damaged = status.putObject("damaged");
    new TreeMap<>(store.damaged())
        .entrySet().stream()
            .limit(MAX_SHOWN)
            .forEach(entry -> damaged.put(entry.getKey(), entry.getValue()));
  }

  private void disks(ArrayNode disks) {
    for (Disk disk : store.disks()) {
      disks
          .addObject()
          .put("folder", disk.folder().toString())
          .put("condition", disk.condition().name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .put("draining", disk.isDraining())
          .put("pieces", store.count(disk))
          .put("capacityBytes", disk.capacity())
          .put("usedBytes", disk.used())
          .put("trashBytes", disk.trashed());
    }
  }

  /** What the court asked of the device. */
  private void court(ArrayNode summonses) {
    for (Defence.Line line : defence.lines()) {
      CourtFeed.Summons summons = line.summons();
      ObjectNode shown =
          summonses
              .addObject()
              .put("summons", summons.id())
              .put("deal", summons.deal().toString())
              .put("state", summons.state().name().toLowerCase(Locale.ROOT))
              .put("why", line.why());
      if (summons.state() == CourtFeed.State.DRAWN) {
        shown.put("deadline", summons.deadline().toString());
      }
    }
  }

  /** The last slots as the device saw them, before any result speaks of them. */
  private void slots(ObjectNode slots) {
    slots
        .put("answered", history.count(SlotHistory.Outcome.ANSWERED))
        .put("flawed", history.count(SlotHistory.Outcome.FLAWED))
        .put("missed", history.count(SlotHistory.Outcome.MISSED))
        .put("worstLagSeconds", history.worstLag(SlotHistory.KEPT));
    ArrayNode failed = slots.putArray("failed");
    history.lines().reversed().stream()
        .filter(line -> line.outcome() != SlotHistory.Outcome.ANSWERED)
        .limit(MAX_SHOWN)
        .forEach(line ->
            failed.add(
                JSON.createObjectNode()
                    .put("slot", line.slot().value())
                    .put("outcome", line.outcome().name().toLowerCase(Locale.ROOT))
                    .put("why", line.why())));
  }

  /** What results say, of all time and of the last of them. */
  private void score(ObjectNode status, StorageCarry carry) {
    ObjectNode score =
        status
            .putObject("score")
            .put("provenSlots", carry.provenSlots())
            .put("faultySlots", carry.faultySlots())
            .put("share", share(carry.provenSlots(), carry.faultySlots()));
    ArrayNode epochs = score.putArray("epochs");
    for (Scores.Line line : scores.lines()) {
      epochs
          .addObject()
          .put("epoch", line.epoch().value())
          .put("proven", line.proven())
          .put("faulty", line.faulty());
    }
  }

  private static double share(long proven, long faulty) {
    return proven + faulty == 0 ? 1 : (double) proven / (proven + faulty);
  }
}
